"""Signing in, with a lock-out after failures. What it answers never tells whether a name exists."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.clock import Clock
from bot.staff import tables
from bot.staff.accounts import Account, account_of, locked, normal_name
from bot.staff.attempts import begin_attempt, forget_attempt, forget_attempts
from bot.staff.passwords import LONGEST, Passwords


class SignIn:
    """The door. Every method raises SQLAlchemyError when the database fails."""

    def __init__(self, engine: Engine, clock: Clock, passwords: Passwords) -> None:
        self._engine = engine
        self._clock = clock
        self._passwords = passwords

    def attempt(self, name: str, password: str, address: str) -> Account | None:
        """Return the account if name and password are right and nothing is locked.

        The attempt counts as failed before the password is looked at, so that many at the same
        time cannot try more passwords than one after another.
        """
        name, now = normal_name(name), self._clock()
        with self._engine.begin() as connection:
            attempt = begin_attempt(connection, name, address, now)
            row = connection.execute(select(tables.accounts).filter_by(name=name)).one_or_none()
        may_enter = attempt is not None and row is not None and row.disabled_at is None
        kept = row.password_hash if row is not None and may_enter else None
        if not self._passwords.matches(kept, password[: LONGEST + 1]):
            return None
        with self._engine.begin() as connection:
            account = locked(connection, name)
            unchanged = select(tables.accounts).filter_by(
                id=account.id, password_hash=kept, disabled_at=None
            )
            if connection.execute(unchanged).one_or_none() is None:
                return None
            forget_attempt(connection, attempt)
            forget_attempts(connection, name)
            connection.execute(
                update(tables.accounts).filter_by(id=account.id).values(signed_in_at=now)
            )
        return account_of(row)
