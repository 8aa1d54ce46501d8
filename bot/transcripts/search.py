"""Finding conversations by what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.engine import Connection, Engine, Row

from bot.database import for_reading
from bot.transcripts.feedback import feedback
from bot.transcripts.summary_tables import (
    conversation_messages,
    conversation_outcomes,
    conversation_steps,
    conversation_tags,
    conversations,
)

PER_PAGE = 50
LOW_CONFIDENCE = 0.5


@dataclass(frozen=True)
class ConversationFilters:
    """Which conversations to find; None or False asks for no filter.

    `since` and `until` (not included) look at the last message. `step` was reached, `stopped_at`
    was reached and nothing after it; `topic` was asked about.
    """

    channel: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    outcome: str | None = None
    program: str | None = None
    country: str | None = None
    step: str | None = None
    stopped_at: str | None = None
    topic: str | None = None
    tag: str | None = None
    asked_person: bool = False
    unanswered: bool = False
    thumbs_down: bool = False
    low_confidence: bool = False
    applied: bool | None = None
    reviewed: bool | None = None


@dataclass(frozen=True)
class Summary:
    """A conversation at a glance."""

    conversation_id: str
    channel: str
    started_at: datetime
    last_at: datetime
    turns: int
    unanswered: int
    lowest_confidence: float | None
    asked_person: bool
    applied: bool
    under_age: bool
    country: str | None
    reviewed_at: datetime | None
    reviewed_by: str | None
    thumbs_down: int
    outcomes: Mapping[str, str]
    tags: tuple[str, ...]


@dataclass(frozen=True)
class SummaryPage:
    """One page of the conversations found, the latest first, and how many there are in all."""

    rows: tuple[Summary, ...]
    total: int


def find_conversations(
    engine: Engine, filters: ConversationFilters, page: int = 1, per_page: int = PER_PAGE
) -> SummaryPage:
    """Return a page of the conversations that match.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    conditions = conditions_for(filters)
    count = select(func.count()).select_from(conversations).where(*conditions)
    query = (
        select(conversations, _downs().label("thumbs_down"))
        .where(*conditions)
        .order_by(conversations.c.last_at.desc(), conversations.c.conversation_id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    with for_reading(engine).begin() as connection:
        total = int(connection.execute(count).scalar_one())
        rows = connection.execute(query).all()
        return SummaryPage(_with_parts(connection, rows), total)


def find_conversation(engine: Engine, conversation_id: str) -> Summary | None:
    """Return the summary of one conversation, None if nothing of it is stored."""
    query = select(conversations, _downs().label("thumbs_down")).filter_by(
        conversation_id=conversation_id
    )
    with for_reading(engine).begin() as connection:
        found = _with_parts(connection, connection.execute(query).all())
    return found[0] if found else None


def channels_and_tags(engine: Engine) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the channels and the tags that occur, for a choice of filters."""
    with for_reading(engine).begin() as connection:
        channels = connection.execute(
            select(conversations.c.channel).distinct().order_by(conversations.c.channel)
        )
        tags = connection.execute(
            select(conversation_tags.c.tag).distinct().order_by(conversation_tags.c.tag)
        )
        return tuple(channels.scalars()), tuple(tags.scalars())


def conditions_for(filters: ConversationFilters) -> list[Any]:
    """Return the SQL conditions on `conversations` that `filters` ask for."""
    column = conversations.c
    wanted: list[Any] = [column.turns > 0]
    for name in ("channel", "country"):
        if value := getattr(filters, name):
            wanted.append(column[name] == value)
    if filters.since:
        wanted.append(column.last_at >= filters.since)
    if filters.until:
        wanted.append(column.last_at < filters.until)
    if filters.asked_person:
        wanted.append(column.asked_person.is_(True))
    if filters.unanswered:
        wanted.append(column.unanswered > 0)
    if filters.low_confidence:
        wanted.append(or_(column.unsure > 0, column.lowest_confidence < LOW_CONFIDENCE))
    if filters.thumbs_down:
        wanted.append(_has(feedback, feedback.c.verdict == "down"))
    if filters.applied is not None:
        wanted.append(column.applied.is_(filters.applied))
    if filters.reviewed is not None:
        unseen = column.reviewed_at.is_(None)
        wanted.append(~unseen if filters.reviewed else unseen)
    return wanted + _conditions_on_parts(filters)


def _conditions_on_parts(filters: ConversationFilters) -> list[Any]:
    wanted: list[Any] = []
    steps, outcomes = conversation_steps, conversation_outcomes
    of_program = []
    if filters.outcome:
        of_program.append(outcomes.c.outcome == filters.outcome)
    if filters.program:
        of_program.append(outcomes.c.program == filters.program)
    if of_program:
        wanted.append(_has(outcomes, *of_program))
    if filters.step:
        wanted.append(_has(steps, steps.c.step == filters.step))
    if filters.stopped_at:
        wanted += stopped_at(filters.stopped_at)
    if filters.topic:
        topic = conversation_messages.c.label == filters.topic
        wanted.append(_has(conversation_messages, asks_about(topic)))
    if filters.tag:
        wanted.append(_has(conversation_tags, conversation_tags.c.tag == filters.tag))
    return wanted


def stopped_at(step: str) -> list[Any]:
    """Return the conditions that a conversation reached `step` and no step after it."""
    reached = conversation_steps.alias()
    same = reached.c.conversation_id == conversations.c.conversation_id
    last = exists().where(same, reached.c.step == step, is_last(reached))
    return [last.correlate(conversations)]


def is_last(reached: Any) -> Any:
    """Return the condition that `reached`, an alias of the steps, is its conversation's last."""
    later = conversation_steps.alias()
    same = later.c.conversation_id == reached.c.conversation_id
    return ~exists().where(same, later.c.place > reached.c.place).correlate(reached)


def asks_about(topic: Any) -> Any:
    """Return the condition that a message was understood as a question about a topic."""
    zone = conversation_messages.c.zone
    return and_(topic, or_(zone.is_(None), zone == "sure"))


def _has(table: Any, *conditions: Any) -> Any:
    same = table.c.conversation_id == conversations.c.conversation_id
    return exists().where(same, *conditions).correlate(conversations)


def _downs() -> Any:
    return (
        select(func.count())
        .select_from(feedback)
        .where(
            feedback.c.conversation_id == conversations.c.conversation_id,
            feedback.c.verdict == "down",
        )
        .correlate(conversations)
        .scalar_subquery()
    )


def _with_parts(connection: Connection, rows: list[Row]) -> tuple[Summary, ...]:
    ids = [row.conversation_id for row in rows]
    outcomes: dict[str, dict[str, str]] = {}
    tags: dict[str, list[str]] = {}
    of_these = select(conversation_outcomes).where(conversation_outcomes.c.conversation_id.in_(ids))
    for row in connection.execute(of_these.order_by(conversation_outcomes.c.program)):
        outcomes.setdefault(row.conversation_id, {})[row.program] = row.outcome
    tagged = select(conversation_tags).where(conversation_tags.c.conversation_id.in_(ids))
    for row in connection.execute(tagged.order_by(conversation_tags.c.tag)):
        tags.setdefault(row.conversation_id, []).append(row.tag)
    plain = set(Summary.__dataclass_fields__) - {"outcomes", "tags"}
    return tuple(
        Summary(
            outcomes=outcomes.get(row.conversation_id, {}),
            tags=tuple(tags.get(row.conversation_id, ())),
            **{name: row._mapping[name] for name in plain},
        )
        for row in rows
    )
