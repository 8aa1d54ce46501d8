"""The table of requests for a person. It holds no words."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, text

from bot.database import UtcDateTime
from bot.transcripts.events_table import events_metadata

_IS_OPEN = text("state IN ('waiting', 'taken')")

handovers = Table(
    "handovers",
    events_metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("taken_by", String(120)),
    Column("taken_at", UtcDateTime),
    Column("hands_back_at", UtcDateTime),
    Column("noticed", Boolean, nullable=False, default=False),
    Column("closed_at", UtcDateTime),
    Column("closed_by", String(120)),
    Column("mailed_at", UtcDateTime),
    Column("next_mail_at", UtcDateTime, nullable=False),
    Index(
        "uq_handovers_open_conversation",
        "conversation_id",
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    ),
    Index("ix_handovers_state", "state", "requested_at"),
)
"""`noticed`: the visitor was told that a person has the conversation. `next_mail_at`: the mail to
the team is not tried again before."""
