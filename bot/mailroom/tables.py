"""The tables of the mailroom; `conversation_id` finds everything that is about one person."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.database import UtcDateTime
from bot.encryption import EncryptedText

mailroom_metadata = MetaData()

inbox_messages = Table(
    "inbox_messages",
    mailroom_metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("message_id", String(255), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("reply", Text),
    Column("offered", Text),
    UniqueConstraint("conversation_id", "message_id"),
)

unanswered_messages = Table(
    "unanswered_messages",
    mailroom_metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("message_id", String(255), nullable=False),
    Column("address", EncryptedText, nullable=False),
    Column("text", EncryptedText, nullable=False),
    Column("notice", String(32)),
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("conversation_id", "message_id"),
)
"""What messengers delivered and nobody answered yet; a row ends with the answer."""

outbox_messages = Table(
    "outbox_messages",
    mailroom_metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("address", EncryptedText),
    Column("reply", EncryptedText),
    Column("status", String(16), nullable=False),
    Column("parts_sent", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("last_error", String(255)),
    Column("person_message_id", Integer, unique=True),
    Index("ix_outbox_messages_status_id", "status", "id"),
    Index("ix_outbox_messages_conversation_id", "conversation_id"),
)
"""Replies to messengers; words and address are removed when a row is closed.

`person_message_id` is the message of the team that a row carries, so that it is carried once.
"""

channel_addresses = Table(
    "channel_addresses",
    mailroom_metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("address", EncryptedText, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
"""Where a messenger finds a person; of WhatsApp the only place with the phone number."""
