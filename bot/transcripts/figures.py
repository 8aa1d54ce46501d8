"""What is counted over many conversations, for the dashboard.

Every figure counts conversations that fit a filter, so that the list with the same filter shows
exactly those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection, Engine

from bot.database import for_reading
from bot.transcripts.feedback import feedback
from bot.transcripts.search import ConversationFilters, asks_about, conditions_for, is_last
from bot.transcripts.summary_tables import (
    conversation_messages,
    conversation_outcomes,
    conversation_steps,
    conversations,
)


@dataclass(frozen=True)
class Totals:
    """Conversations by what became of them, and the messages in them."""

    conversations: int
    unanswered: int
    asked_person: int
    applied: int
    thumbs_down: int
    messages: int
    messages_unanswered: int


@dataclass(frozen=True)
class Step:
    """How many conversations reached a step, and for how many it was the last."""

    reached: int
    stopped: int


@dataclass(frozen=True)
class Figures:
    """Everything that the dashboard shows of the conversations."""

    totals: Totals
    days: Mapping[date, int]
    topics: Mapping[str, int]
    steps: Mapping[str, Step]
    outcomes: Mapping[tuple[str, str], int]
    countries: Mapping[str, int]
    channels: Mapping[str, int]


def read_figures(engine: Engine, filters: ConversationFilters, most: int = 12) -> Figures:
    """Return the figures of the conversations that match; of topics and countries the `most`.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    wanted = conditions_for(filters)
    with for_reading(engine).begin() as connection:
        return Figures(
            totals=_totals(connection, wanted),
            days=_days(connection, wanted),
            topics=_topics(connection, wanted, most),
            steps=_steps(connection, wanted),
            outcomes=_outcomes(connection, wanted),
            countries=_most(connection, conversations.c.country, wanted, most),
            channels=_most(connection, conversations.c.channel, wanted, most),
        )


def _totals(connection: Connection, wanted: list[Any]) -> Totals:
    column = conversations.c

    def those(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    downs = select(feedback.c.conversation_id).where(feedback.c.verdict == "down")
    query = select(
        func.count().label("conversations"),
        those(column.unanswered > 0).label("unanswered"),
        those(column.asked_person.is_(True)).label("asked_person"),
        those(column.applied.is_(True)).label("applied"),
        those(column.conversation_id.in_(downs)).label("thumbs_down"),
        func.coalesce(func.sum(column.turns), 0).label("messages"),
        func.coalesce(func.sum(column.unanswered), 0).label("messages_unanswered"),
    )
    row = connection.execute(query.where(*wanted)).one()
    return Totals(**{name: int(value) for name, value in row._mapping.items()})


def _days(connection: Connection, wanted: list[Any]) -> dict[date, int]:
    moment: Any = conversations.c.last_at
    if connection.dialect.name == "postgresql":
        moment = func.timezone("UTC", moment)
    day = func.date(moment)
    query = select(day, func.count()).where(*wanted).group_by(day).order_by(day)
    return {
        found if isinstance(found, date) else date.fromisoformat(found): int(number)
        for found, number in connection.execute(query)
    }


def _topics(connection: Connection, wanted: list[Any], most: int) -> dict[str, int]:
    message = conversation_messages.c
    number = func.count(message.conversation_id.distinct())
    query = (
        select(message.label, number)
        .join(conversations, conversations.c.conversation_id == message.conversation_id)
        .where(*wanted, asks_about(message.label.like("faq/%")))
        .group_by(message.label)
        .order_by(number.desc(), message.label)
        .limit(most)
    )
    return {label: int(count) for label, count in connection.execute(query)}


def _steps(connection: Connection, wanted: list[Any]) -> dict[str, Step]:
    reached = conversation_steps.alias()
    query = (
        select(reached.c.step, func.count())
        .join(conversations, conversations.c.conversation_id == reached.c.conversation_id)
        .where(*wanted)
        .group_by(reached.c.step)
    )
    all_who_reached = dict(connection.execute(query).all())
    stopped = dict(connection.execute(query.where(is_last(reached))).all())
    return {step: Step(n, stopped.get(step, 0)) for step, n in all_who_reached.items()}


def _outcomes(connection: Connection, wanted: list[Any]) -> dict[tuple[str, str], int]:
    found = conversation_outcomes.c
    query = (
        select(found.program, found.outcome, func.count())
        .join(conversations, conversations.c.conversation_id == found.conversation_id)
        .where(*wanted)
        .group_by(found.program, found.outcome)
        .order_by(found.program, found.outcome)
    )
    return {(program, outcome): n for program, outcome, n in connection.execute(query)}


def _most(connection: Connection, column: Any, wanted: list[Any], most: int) -> dict[str, int]:
    query = (
        select(column, func.count())
        .where(*wanted, column.is_not(None))
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(most)
    )
    return {value: int(number) for value, number in connection.execute(query)}
