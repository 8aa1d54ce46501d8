"""Sessions of signed-in staff: kept on the server, ended by time, by hand, or with the account."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.engine import Engine

from bot.clock import Clock
from bot.database import for_reading
from bot.staff import tables
from bot.staff.accounts import Account, account_of

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)
_SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last click is known; writing it down each time would cost more than it tells."""


@dataclass(frozen=True)
class Session:
    """One browser of one member of staff."""

    token: str = field(repr=False)
    account: Account
    started_at: datetime


class Sessions:
    """All sessions. Every method raises SQLAlchemyError when the database fails."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def start(self, account: Account, former: str | None = None) -> str:
        """Begin a session under a fresh token, in place of the `former` one, and return the token.

        Sessions of anybody that have run out are deleted on the way.
        """
        token = secrets.token_urlsafe(32)
        now = self._clock()
        over = or_(
            tables.sessions.c.seen_at <= now - IDLE,
            tables.sessions.c.started_at <= now - ABSOLUTE,
            tables.sessions.c.token_hash == _hash(former or ""),
        )
        values = {"account_id": account.id, "started_at": now, "seen_at": now, "notices": []}
        with self._engine.begin() as connection:
            connection.execute(delete(tables.sessions).where(over))
            connection.execute(insert(tables.sessions).values(token_hash=_hash(token), **values))
        return token

    def find(self, token: str) -> Session | None:
        """Return the session, and note that it is in use; None if it has ended or never was."""
        now = self._clock()
        query = (
            select(tables.accounts, tables.sessions.c.started_at, tables.sessions.c.seen_at)
            .join_from(tables.sessions, tables.accounts)
            .where(tables.sessions.c.token_hash == _hash(token))
            .where(tables.sessions.c.started_at > now - ABSOLUTE)
            .where(tables.sessions.c.seen_at > now - IDLE)
            .where(tables.accounts.c.disabled_at.is_(None))
        )
        with for_reading(self._engine).begin() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.seen_at <= now - _SEEN_EVERY:
            with self._engine.begin() as connection:
                connection.execute(_this(token).values(seen_at=now))
        return Session(token, account_of(row), row.started_at)

    def end(self, token: str) -> None:
        """End one session."""
        with self._engine.begin() as connection:
            connection.execute(delete(tables.sessions).filter_by(token_hash=_hash(token)))

    def leave_notice(self, token: str, kind: str, text: str) -> None:
        """Keep a sentence for the next page of this session."""
        with self._engine.begin() as connection:
            query = select(tables.sessions.c.notices).filter_by(token_hash=_hash(token))
            notices = connection.execute(query.with_for_update()).scalar_one_or_none() or []
            connection.execute(_this(token).values(notices=[*notices, [kind, text]]))

    def take_notices(self, token: str) -> list[tuple[str, str]]:
        """Return the sentences left for this session, each of them once."""
        query = select(tables.sessions.c.notices).filter_by(token_hash=_hash(token))
        with for_reading(self._engine).begin() as connection:
            if not connection.execute(query).scalar_one_or_none():
                return []
        with self._engine.begin() as connection:
            notices = connection.execute(query.with_for_update()).scalar_one_or_none()
            if notices:
                connection.execute(_this(token).values(notices=[]))
        return [(kind, text) for kind, text in notices or []]


def _this(token: str) -> update:
    return update(tables.sessions).filter_by(token_hash=_hash(token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
