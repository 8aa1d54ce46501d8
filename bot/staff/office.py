"""Everything about staff on one database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Engine

from bot.clock import Clock, system_clock
from bot.database import create_tables
from bot.staff.accounts import Accounts
from bot.staff.passwords import Passwords
from bot.staff.sessions import Sessions
from bot.staff.sign_in import SignIn
from bot.staff.tables import staff_metadata


@dataclass(frozen=True)
class Office:
    """The accounts, the door, and who is inside."""

    accounts: Accounts
    sessions: Sessions
    sign_in: SignIn


def open_office(
    engine: Engine, clock: Clock = system_clock, passwords: Passwords | None = None
) -> Office:
    """Return the office on this database, its tables made if they are missing.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    create_tables(engine, staff_metadata)
    passwords = passwords or Passwords()
    return Office(
        Accounts(engine, clock, passwords),
        Sessions(engine, clock),
        SignIn(engine, clock, passwords),
    )
