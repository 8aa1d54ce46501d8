"""What is known of each conversation at a glance, kept in step with its events; and staff marks."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.database import UtcDateTime
from bot.transcripts.events_table import events_metadata

conversations = Table(
    "conversations",
    events_metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("unanswered", Integer, nullable=False),
    Column("unsure", Integer, nullable=False),
    Column("lowest_confidence", Float),
    Column("asked_person", Boolean, nullable=False),
    Column("applied", Boolean, nullable=False),
    Column("under_age", Boolean, nullable=False),
    Column("country", String(8)),
    Column("form", String(64)),
    Column("question", String(64)),
    Column("last_event_id", Integer, nullable=False),
    Column("reviewed_at", UtcDateTime),
    Column("reviewed_by", String(120)),
    Index("ix_conversations_last_at", "last_at"),
    Index("ix_conversations_started_at", "started_at"),
)

conversation_messages = Table(
    "conversation_messages",
    events_metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("message_id", String(255)),
    Column("at", UtcDateTime, nullable=False),
    Column("label", String(120)),
    Column("confidence", Float),
    Column("zone", String(16)),
    Column("question", String(64)),
    Column("unanswered", Boolean, nullable=False),
    Index("ix_conversation_messages_at_label", "at", "label"),
)

conversation_steps = Table(
    "conversation_steps",
    events_metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("step", String(80), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_conversation_steps_step", "step", "conversation_id"),
)
"""`place`: how many steps were reached before; moments may be the same."""

conversation_outcomes = Table(
    "conversation_outcomes",
    events_metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("program", String(64), primary_key=True),
    Column("outcome", String(32), nullable=False),
)

conversation_tags = Table(
    "conversation_tags",
    events_metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("tag", String(40), primary_key=True),
    Index("ix_conversation_tags_tag", "tag"),
)

conversation_notes = Table(
    "conversation_notes",
    events_metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("by", String(120), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("key", String(64), nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("conversation_id", "key"),
)
"""`key` makes the same form sent twice one note."""

DERIVED = (conversation_messages, conversation_steps, conversation_outcomes, conversations)
MARKS = (conversation_tags, conversation_notes)
