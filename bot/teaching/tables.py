"""Messages that the assistant was unsure of, once each, and the conversations they stood in."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from bot.database import UtcDateTime
from bot.transcripts.events_table import events_metadata

riddles = Table(
    "riddles",
    events_metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("text", Text),
    Column("guess", String(120)),
    Column("confidence", Float),
    Column("decision", String(16)),
    Column("label", String(120)),
    Column("decided_by", String(120)),
    Column("decided_at", UtcDateTime),
    Column("last_at", UtcDateTime, nullable=False),
    Index("ix_riddles_decision", "decision", "last_at"),
)
"""`key` is the hash of the text in plain form, by which a decided message is known again when its
text is gone. `text` is masked. `decision` is empty until staff decide."""

riddle_sources = Table(
    "riddle_sources",
    events_metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("message_id", String(255), primary_key=True),
    Column("riddle_id", ForeignKey(riddles.c.id), nullable=False, index=True),
    Column("reason", String(16), nullable=False),
)

riddle_cursor = Table(
    "riddle_cursor",
    events_metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("last_event_id", Integer, nullable=False),
)
"""Up to which event a conversation was looked through."""
