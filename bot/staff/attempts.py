"""Attempts to sign in that failed, counted by account and by address."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection

from bot.staff import tables

LOCKED_FOR = timedelta(minutes=15)
PER_ACCOUNT = 5
PER_ADDRESS = 20
"""So many failures within `LOCKED_FOR` are allowed; then nobody gets in, right password or not."""


def begin_attempt(connection: Connection, name: str, address: str, now: datetime) -> int | None:
    """Write an attempt down as failed and return its id; None when too many have failed already."""
    if connection.dialect.name == "postgresql":
        # Two at once would not see one another's attempt; SQLite lets only one write anyway.
        connection.exec_driver_sql("LOCK TABLE staff_sign_in_attempt IN EXCLUSIVE MODE")
    known = tables.attempts.c
    connection.execute(delete(tables.attempts).where(known.at <= now - LOCKED_FOR))
    account, origin = _digest(name), _digest(address)
    written = connection.execute(
        insert(tables.attempts).values(account_hash=account, address_hash=origin, at=now)
    )
    attempt = int(written.inserted_primary_key[0])
    of_account = _count(connection, known.account_hash == account)
    of_address = _count(connection, known.address_hash == origin)
    if of_account > PER_ACCOUNT or of_address > PER_ADDRESS:
        connection.execute(delete(tables.attempts).filter_by(id=attempt))
        return None
    return attempt


def forget_attempt(connection: Connection, attempt: int | None) -> None:
    """Delete one attempt: it succeeded."""
    connection.execute(delete(tables.attempts).filter_by(id=attempt))


def forget_attempts(connection: Connection, name: str) -> None:
    """Delete all attempts with this name."""
    connection.execute(delete(tables.attempts).filter_by(account_hash=_digest(name)))


def _count(connection: Connection, condition: object) -> int:
    query = select(func.count()).select_from(tables.attempts).where(condition)
    return int(connection.execute(query).scalar_one())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
