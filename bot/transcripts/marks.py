"""What staff put on a conversation: seen, tags, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.database import for_reading
from bot.transcripts.summary_tables import conversation_notes, conversation_tags, conversations

LONGEST_NOTE = 2_000
_TAG = re.compile(r"[a-z0-9][a-z0-9 _-]{0,39}")


class MarkError(ValueError):
    """The mark cannot be put there; the message says why, for people."""


@dataclass(frozen=True)
class Note:
    """What a member of staff wrote about a conversation."""

    by: str
    at: datetime
    text: str


def mark_reviewed(engine: Engine, conversation_id: str, by: str, at: datetime | None) -> None:
    """Note who has seen the conversation and when; None takes the mark off.

    Raises:
        MarkError: there is no such conversation.
    """
    seen = {"reviewed_at": at, "reviewed_by": by if at else None}
    this = update(conversations).filter_by(conversation_id=conversation_id)
    with engine.begin() as connection:
        if not connection.execute(this.values(**seen)).rowcount:
            raise MarkError("This conversation is no longer stored.")


def add_tag(engine: Engine, conversation_id: str, tag: str) -> None:
    """Put a tag on the conversation; a tag that is there already stays once.

    Raises:
        MarkError: the tag has other characters than letters, digits, spaces, _ and -.
    """
    tag = " ".join(tag.casefold().split())
    if not _TAG.fullmatch(tag):
        raise MarkError("A tag has 1 to 40 letters (a to z), digits, spaces, _ or -.")
    this = {"conversation_id": conversation_id, "tag": tag}
    with engine.begin() as connection:
        _check_there(connection, conversation_id)
        if connection.execute(select(conversation_tags).filter_by(**this)).first() is None:
            connection.execute(insert(conversation_tags).values(**this))


def remove_tag(engine: Engine, conversation_id: str, tag: str) -> None:
    """Take a tag off the conversation."""
    this = {"conversation_id": conversation_id, "tag": tag}
    with engine.begin() as connection:
        connection.execute(delete(conversation_tags).filter_by(**this))


def add_note(
    engine: Engine, conversation_id: str, by: str, at: datetime, text: str, key: str
) -> None:
    """Add a note; the same `key` again adds nothing.

    Raises:
        MarkError: the note is empty or too long, or there is no such conversation.
    """
    text = text.strip()
    if not 0 < len(text) <= LONGEST_NOTE:
        raise MarkError(f"A note has 1 to {LONGEST_NOTE:,} characters.")
    this = {"conversation_id": conversation_id, "key": key[:64]}
    with engine.begin() as connection:
        _check_there(connection, conversation_id)
        if connection.execute(select(conversation_notes).filter_by(**this)).first() is None:
            connection.execute(insert(conversation_notes).values(by=by, at=at, text=text, **this))


def notes_of(engine: Engine, conversation_id: str) -> tuple[Note, ...]:
    """Return the notes on a conversation, the oldest first."""
    query = select(conversation_notes).filter_by(conversation_id=conversation_id)
    with for_reading(engine).begin() as connection:
        rows = connection.execute(query.order_by(conversation_notes.c.id))
        return tuple(Note(row.by, row.at, row.text) for row in rows)


def _check_there(connection: Connection, conversation_id: str) -> None:
    there = select(conversations.c.conversation_id).filter_by(conversation_id=conversation_id)
    if connection.execute(there.with_for_update()).first() is None:
        raise MarkError("This conversation is no longer stored.")
