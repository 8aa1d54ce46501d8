"""Erasing a person from every room, and again after a restore."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine

from bot.clock import Clock, system_clock
from bot.database import create_tables, overwrite_deleted
from bot.keeping import Person, keepers_in
from bot.privacy.ledger import EraseLedger, known_in
from bot.privacy.people import everybody
from bot.privacy.tables import erase_applied, privacy_metadata
from bot.settings import Settings

Account = Mapping[str, int]
"""How many rows and files of each kind were emptied or deleted."""


class Eraser:
    """Erases people from one database and its data folder."""

    def __init__(self, engine: Engine, settings: Settings, clock: Clock = system_clock) -> None:
        self._engine = engine
        self._settings = settings
        self._clock = clock
        self._ledger = EraseLedger(settings.data_dir)
        create_tables(engine, privacy_metadata)

    def preview(self, person: Person) -> Account:
        """Return what `erase` would do, by doing and undoing it."""
        with self._engine.connect() as connection, connection.begin() as transaction:
            account = self._erase(connection, person)
            transaction.rollback()
        return account

    def erase(self, person: Person) -> Account:
        """Erase the person everywhere; on the list a tombstone keeps the positions of others.

        The ledger comes first: should this process die in between, the next `replay` finishes.

        Raises:
            LedgerError: the ledger cannot be written; nothing was erased.
            sqlalchemy.exc.SQLAlchemyError: the database does not answer; nothing was erased.
        """
        line = self._ledger.add(person, self._clock())
        try:
            with self._engine.begin() as connection:
                account = self._erase(connection, person)
                self._note(connection, line)
        except BaseException:
            self._ledger.take_back(line)
            raise
        return self._leave_no_traces(person, account)

    def replay(self) -> int:
        """Erase again whom the ledger names and this database has not erased; return how many.

        That is nobody, unless an older state of the database was restored.
        """
        lines = self._ledger.lines()
        with self._engine.connect() as connection, connection.begin():
            done = set(connection.execute(select(erase_applied.c.line)).scalars())
        missing = [line for line in lines if line.line not in done]
        for line in missing:
            with self._engine.begin() as connection:
                person = known_in(line, everybody(connection))
                account = self._erase(connection, person)
                self._note(connection, line.line)
            self._leave_no_traces(person, account)
        return len(missing)

    def _erase(self, connection: Connection, person: Person) -> Account:
        now = self._clock()
        return {
            keeper.kind: number
            for keeper in keepers_in(connection)
            if (number := keeper.erase(connection, person, now))
        }

    def _note(self, connection: Connection, line: str) -> None:
        connection.execute(insert(erase_applied).values(line=line, applied_at=self._clock()))

    def _leave_no_traces(self, person: Person, account: Account) -> Account:
        overwrite_deleted(self._engine)
        with self._engine.connect() as connection, connection.begin():
            present = list(keepers_in(connection))
        files = sum(keeper.erase_files(self._settings, person) for keeper in present)
        return {**account, "files": files} if files else account
