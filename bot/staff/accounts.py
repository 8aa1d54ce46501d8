"""Accounts of staff: who exists, with which role, and their passwords."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.clock import Clock
from bot.database import for_reading
from bot.staff import tables
from bot.staff.attempts import begin_attempt, forget_attempt, forget_attempts
from bot.staff.errors import (
    AccountNotFound,
    AccountRefused,
    LastAdministrator,
    PasswordRefused,
)
from bot.staff.passwords import Passwords, check_password, one_time_password
from bot.staff.roles import Role

FIRST_ADMINISTRATOR = "admin"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")


@dataclass(frozen=True)
class Account:
    """A member of staff, as the pages show one."""

    id: int
    name: str
    role: Role
    must_change: bool
    created_at: datetime
    signed_in_at: datetime | None
    disabled_at: datetime | None


@dataclass(frozen=True)
class OneTimePassword:
    """A password that must be changed at the first sign-in; it is kept nowhere in this form."""

    account: str
    password: str = field(repr=False)


class Accounts:
    """All accounts. Every method raises SQLAlchemyError when the database fails."""

    def __init__(self, engine: Engine, clock: Clock, passwords: Passwords) -> None:
        self._engine = engine
        self._clock = clock
        self._passwords = passwords

    def all(self) -> tuple[Account, ...]:
        """Return every account, by name."""
        query = select(tables.accounts).order_by(tables.accounts.c.name)
        with for_reading(self._engine).begin() as connection:
            return tuple(account_of(row) for row in connection.execute(query))

    def add(self, name: str, role: Role) -> OneTimePassword:
        """Make an account with a one-time password.

        Raises:
            AccountRefused: the name cannot be used, or is taken.
        """
        name = normal_name(name)
        if not is_name(name):
            raise AccountRefused(
                "A name of 2 to 63 small letters, digits and . _ - is needed, such as eva.roth."
            )
        password = one_time_password()
        values = {
            "name": name,
            "role": role.value,
            "password_hash": self._passwords.hash(password),
            "must_change": True,
            "created_at": self._clock(),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(tables.accounts).values(**values))
        except IntegrityError:
            raise AccountRefused(f"There is an account {name} already.") from None
        return OneTimePassword(name, password)

    def first_administrator(self) -> OneTimePassword | None:
        """Make the first account when there is none; None when somebody has signed in already.

        Until then each call gives a new one-time password, so one that nobody read is no loss.
        """
        known = self.all()
        if not known:
            return self.add(FIRST_ADMINISTRATOR, Role.ADMINISTRATOR)
        untouched = len(known) == 1 and known[0].name == FIRST_ADMINISTRATOR
        if untouched and known[0].signed_in_at is None:
            return self.reset(FIRST_ADMINISTRATOR)
        return None

    def reset(self, name: str) -> OneTimePassword:
        """Give the account a new one-time password, end its sessions and lift a lock-out.

        Raises:
            AccountNotFound: there is no such account.
        """
        password = one_time_password()
        kept = self._passwords.hash(password)
        with self._engine.begin() as connection:
            account = locked(connection, name)
            _change(connection, account, password_hash=kept, must_change=True)
            _sign_out(connection, account)
            forget_attempts(connection, account.name)
        return OneTimePassword(account.name, password)

    def disable(self, name: str) -> Account:
        """Keep somebody out, at once.

        Raises:
            AccountNotFound: there is no such account.
            LastAdministrator: nobody else could manage accounts.
        """
        with self._engine.begin() as connection:
            administrators = _locked_administrators(connection)
            account = locked(connection, name)
            _check_not_last(account, administrators)
            _change(connection, account, disabled_at=account.disabled_at or self._clock())
            _sign_out(connection, account)
            return locked(connection, name)

    def enable(self, name: str) -> Account:
        """Let somebody in again.

        Raises:
            AccountNotFound: there is no such account.
        """
        with self._engine.begin() as connection:
            _change(connection, locked(connection, name), disabled_at=None)
            return locked(connection, name)

    def change_role(self, name: str, role: Role) -> Account:
        """Give somebody another role; it counts from the next click.

        Raises:
            AccountNotFound: there is no such account.
            LastAdministrator: nobody else could manage accounts.
        """
        with self._engine.begin() as connection:
            administrators = _locked_administrators(connection)
            account = locked(connection, name)
            if role is not Role.ADMINISTRATOR:
                _check_not_last(account, administrators)
            _change(connection, account, role=role.value)
            return locked(connection, name)

    def change_password(self, name: str, present: str, new: str) -> None:
        """Give the account the password that its owner chose, and end all its sessions.

        Raises:
            AccountNotFound: there is no such account.
            PasswordRefused: the present password is wrong, or the new one is too weak or the same;
                or there were too many tries, which count as tries to sign in.
        """
        name = normal_name(name)
        with self._engine.begin() as connection:
            attempt = begin_attempt(connection, name, f"inside as {name}", self._clock())
            kept = _hash_of(connection, name)
        if attempt is None:
            raise PasswordRefused("There were too many tries. Wait a while.")
        if not self._passwords.matches(kept, present):
            raise PasswordRefused("The present password is not right.")
        with self._engine.begin() as connection:
            forget_attempt(connection, attempt)
        if new == present:
            raise PasswordRefused("The new password is the present one.")
        check_password(new, name)
        new_hash = self._passwords.hash(new)
        with self._engine.begin() as connection:
            account = locked(connection, name)
            if _hash_of(connection, name) != kept:
                raise PasswordRefused("The password was changed meanwhile. Sign in again.")
            _change(connection, account, password_hash=new_hash, must_change=False)
            _sign_out(connection, account)


def normal_name(text: str) -> str:
    """Return the form in which names of accounts are kept and compared."""
    return text.strip().lower()


def is_name(text: str) -> bool:
    """Return whether an account can have this name."""
    return bool(_NAME.fullmatch(text))


def account_of(row: Any) -> Account:
    """Return the account that a row of its table holds."""
    return Account(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        must_change=row.must_change,
        created_at=row.created_at,
        signed_in_at=row.signed_in_at,
        disabled_at=row.disabled_at,
    )


def locked(connection: Connection, name: str) -> Account:
    """Return the account, its row locked until the transaction ends.

    Raises:
        AccountNotFound: there is no such account.
    """
    query = select(tables.accounts).filter_by(name=normal_name(name)).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None:
        raise AccountNotFound(normal_name(name))
    return account_of(row)


def _hash_of(connection: Connection, name: str) -> str:
    query = select(tables.accounts.c.password_hash).filter_by(name=name)
    kept = connection.execute(query).scalar_one_or_none()
    if kept is None:
        raise AccountNotFound(name)
    return str(kept)


def _change(connection: Connection, account: Account, **values: Any) -> None:
    connection.execute(update(tables.accounts).filter_by(id=account.id).values(**values))


def _sign_out(connection: Connection, account: Account) -> None:
    connection.execute(delete(tables.sessions).filter_by(account_id=account.id))


def _locked_administrators(connection: Connection) -> set[int]:
    """Lock all administrators, so that two who disable one another cannot both succeed."""
    query = (
        select(tables.accounts.c.id)
        .filter_by(role=Role.ADMINISTRATOR.value, disabled_at=None)
        .order_by(tables.accounts.c.id)
        .with_for_update()
    )
    return set(connection.execute(query).scalars())


def _check_not_last(account: Account, administrators: set[int]) -> None:
    if administrators == {account.id}:
        raise LastAdministrator(account.name)
