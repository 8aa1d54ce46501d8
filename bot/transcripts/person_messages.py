"""What was said while a person had the conversation: by the visitor, by staff, and around it.

Kept apart from the assistant's events, whose dialogue knows nothing of it; the reader puts both
together in the order of time.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
)
from sqlalchemy.engine import Connection

from bot.database import UtcDateTime
from bot.transcripts.conversation import Speaker, Turn
from bot.transcripts.events_table import events_metadata

person_messages = Table(
    "person_messages",
    events_metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("message_id", String(255), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("speaker", String(16), nullable=False),
    Column("by", String(120)),
    Column("text", Text, nullable=False),
    UniqueConstraint("conversation_id", "message_id"),
    Index("ix_person_messages_conversation_id_id", "conversation_id", "id"),
)


def add_person_message(
    connection: Connection,
    conversation_id: str,
    message_id: str,
    at: datetime,
    speaker: Speaker,
    text: str,
    by: str | None = None,
) -> bool:
    """Keep what was said; False if the message was kept before."""
    this = {"conversation_id": conversation_id, "message_id": message_id}
    if connection.execute(select(person_messages.c.id).filter_by(**this)).first():
        return False
    connection.execute(
        insert(person_messages).values(at=at, speaker=speaker, text=text, by=by, **this)
    )
    return True


def person_turns(connection: Connection, conversation_id: str) -> list[Turn]:
    """Return what was said while a person had the conversation, the oldest first."""
    query = select(person_messages).filter_by(conversation_id=conversation_id)
    rows = connection.execute(query.order_by(person_messages.c.id))
    return [
        Turn(
            time=row.at,
            speaker=row.speaker,
            text=row.text,
            message_id=None if row.speaker == "assistant" else row.message_id,
            by=row.by,
        )
        for row in rows
    ]
