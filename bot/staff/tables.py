"""The tables of accounts, sessions and attempts to sign in."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
)

from bot.database import UtcDateTime

staff_metadata = MetaData()

accounts = Table(
    "staff_account",
    staff_metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("signed_in_at", UtcDateTime),
    Column("disabled_at", UtcDateTime),
)

sessions = Table(
    "staff_session",
    staff_metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey(accounts.c.id), nullable=False, index=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("notices", JSON, nullable=False),
)
"""Of the token only its hash is kept: who reads the database cannot take over a session."""

attempts = Table(
    "staff_sign_in_attempt",
    staff_metadata,
    Column("id", Integer, primary_key=True),
    Column("account_hash", String(64), nullable=False),
    Column("address_hash", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_staff_sign_in_attempt_account", "account_hash", "at"),
    Index("ix_staff_sign_in_attempt_address", "address_hash", "at"),
)
"""Attempts that did not succeed (yet)."""
