"""The tables of the mailroom; `conversation_id` finds everything that is about one person."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table, Text, UniqueConstraint

mailroom_metadata = MetaData()

inbox_messages = Table(
    "inbox_messages",
    mailroom_metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("message_id", String(255), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("answered_at", DateTime(timezone=True)),
    Column("reply", Text),
    Column("offered", Text),
    UniqueConstraint("conversation_id", "message_id"),
)
