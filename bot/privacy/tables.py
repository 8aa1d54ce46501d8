"""Which lines of the erase ledger this database has carried out."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String, Table

from bot.database import UtcDateTime

privacy_metadata = MetaData()

erase_applied = Table(
    "erase_applied",
    privacy_metadata,
    Column("line", String(32), primary_key=True),
    Column("applied_at", UtcDateTime, nullable=False),
)
