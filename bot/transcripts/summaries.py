"""Keeps the summary of every conversation in step with its events, in the same transaction."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.database import for_reading
from bot.transcripts.course import Course, Progress, go_on
from bot.transcripts.events_table import events
from bot.transcripts.summary_tables import (
    DERIVED,
    MARKS,
    conversation_messages,
    conversation_outcomes,
    conversation_steps,
    conversations,
)

_COLUMNS = frozenset(Course.__dataclass_fields__) - {"outcomes"}


def note_events(
    connection: Connection,
    conversation_id: str,
    new: Iterable[Mapping[str, Any]],
    last_event_id: int,
) -> None:
    """Bring the summary up to `new`, the latest events of the conversation."""
    row = connection.execute(
        select(conversations).filter_by(conversation_id=conversation_id).with_for_update()
    ).one_or_none()
    before = Course(**{name: row._mapping[name] for name in _COLUMNS}) if row else Course()
    _store(connection, conversation_id, before, new, last_event_id, is_new=row is None)


def renew_summary(
    connection: Connection,
    conversation_id: str,
    everything: Iterable[Mapping[str, Any]],
    last_event_id: int,
) -> None:
    """Make the summary anew from all events; marks of staff are dropped too."""
    forget_summary(connection, conversation_id)
    _store(connection, conversation_id, Course(), everything, last_event_id, is_new=True)


def forget_summary(connection: Connection, conversation_id: str) -> None:
    """Delete everything kept here about a conversation, with tags and notes."""
    for table in (*DERIVED, *MARKS):
        connection.execute(delete(table).filter_by(conversation_id=conversation_id))


def catch_up(engine: Engine, at_once: int = 200) -> int:
    """Summarise the conversations that were stored before there were summaries; return how many.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    missing = (
        select(events.c.sender_id)
        .distinct()
        .where(events.c.sender_id.not_in(select(conversations.c.conversation_id)))
        .limit(at_once)
    )
    done = 0
    while True:
        with for_reading(engine).begin() as connection:
            found = list(connection.execute(missing).scalars())
        if not found:
            return done
        with engine.begin() as connection:
            for conversation_id in found:
                _summarise(connection, conversation_id)
        done += len(found)


def _summarise(connection: Connection, conversation_id: str) -> None:
    query = (
        select(events.c.id, events.c.data)
        .where(events.c.sender_id == conversation_id)
        .order_by(events.c.id)
    )
    rows = connection.execute(query).all()
    summary = select(func.count()).select_from(conversations)
    is_done = connection.execute(summary.filter_by(conversation_id=conversation_id)).scalar_one()
    if rows and not is_done:
        stored = [json.loads(row.data) for row in rows]
        _store(connection, conversation_id, Course(), stored, rows[-1].id, is_new=True)


def _store(
    connection: Connection,
    conversation_id: str,
    before: Course,
    new: Iterable[Mapping[str, Any]],
    last_event_id: int,
    *,
    is_new: bool,
) -> None:
    progress = go_on(before, new, channel=re.split("[-:]", conversation_id)[0])
    course = progress.course
    values = {name: getattr(course, name) for name in _COLUMNS} | {"last_event_id": last_event_id}
    if is_new:
        connection.execute(insert(conversations).values(conversation_id=conversation_id, **values))
    else:
        this = update(conversations).filter_by(conversation_id=conversation_id)
        connection.execute(this.values(**values))
    _store_parts(connection, conversation_id, progress)


def _store_parts(connection: Connection, conversation_id: str, progress: Progress) -> None:
    this = {"conversation_id": conversation_id}
    if progress.messages:
        rows = [vars(message) | this for message in progress.messages]
        connection.execute(insert(conversation_messages), rows)
    if progress.steps:
        known = set(
            connection.execute(select(conversation_steps.c.step).filter_by(**this)).scalars()
        )
        fresh = [(step, at) for step, at in progress.steps.items() if step not in known]
        reached = [
            this | {"step": step, "at": at, "place": len(known) + place}
            for place, (step, at) in enumerate(fresh)
        ]
        if reached:
            connection.execute(insert(conversation_steps), reached)
    if progress.course.outcomes:
        connection.execute(delete(conversation_outcomes).filter_by(**this))
        outcomes = progress.course.outcomes.items()
        connection.execute(
            insert(conversation_outcomes),
            [this | {"program": program, "outcome": outcome} for program, outcome in outcomes],
        )
