"""Deleting what is older than its period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection, Engine

from bot.clock import Clock, system_clock
from bot.database import overwrite_deleted
from bot.keeping import Cutoffs, Keeper, Person, keepers_in
from bot.settings import Periods, Settings

AT_ONCE = 200
"""Conversations in one transaction, so that nobody waits long for the database."""


class Retention:
    """Applies the periods of the settings to one database and its data folder."""

    def __init__(self, engine: Engine, settings: Settings, clock: Clock = system_clock) -> None:
        self._engine = engine
        self._settings = settings
        self._clock = clock

    def run(self, *, dry_run: bool = False) -> Mapping[str, int]:
        """Delete what is too old; return how many rows and files of each kind.

        With `dry_run` everything is undone again.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database does not answer; the rest stays for the
                next run.
        """
        now = self._clock()
        cutoffs = _cutoffs(self._settings.keep_days, now)
        account: Counter[str] = Counter()
        with self._transaction(dry_run=True) as connection:
            silent = sorted(self._silent_conversations(connection, now))
        for start in range(0, len(silent), AT_ONCE):
            person = Person(conversations=frozenset(silent[start : start + AT_ONCE]))
            with self._transaction(dry_run=dry_run) as connection:
                for keeper in keepers_in(connection):
                    account[keeper.kind] += keeper.erase(connection, person, now)
        present: list[Keeper] = []
        with self._transaction(dry_run=dry_run) as connection:
            for keeper in keepers_in(connection):
                account[keeper.kind] += keeper.purge(connection, cutoffs, now)
                present.append(keeper)
        for keeper in present:
            files = keeper.purge_files(self._settings, cutoffs, dry_run=dry_run)
            account[f"files of {keeper.kind}"] += files
        if not dry_run:
            overwrite_deleted(self._engine)
        return {kind: number for kind, number in account.items() if number}

    def _silent_conversations(self, connection: Connection, now: datetime) -> set[str]:
        days = self._settings.keep_days
        last_seen: dict[str, datetime] = {}
        applicants: frozenset[str] = frozenset()
        for keeper in keepers_in(connection):
            for conversation, at in keeper.last_seen(connection).items():
                last_seen[conversation] = max(at, last_seen.get(conversation, at))
            if keeper.of_applicants:
                applicants |= keeper.everybody(connection).conversations
        return {
            conversation
            for conversation, at in last_seen.items()
            if at
            < now
            - timedelta(
                days=days.applicants_conversations
                if conversation in applicants
                else days.conversations
            )
        }

    @contextmanager
    def _transaction(self, *, dry_run: bool) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.begin() as transaction:
            yield connection
            if dry_run:
                transaction.rollback()


def _cutoffs(days: Periods, now: datetime) -> Cutoffs:
    return Cutoffs(
        leads=now - timedelta(days=days.leads),
        mails=now - timedelta(days=days.mails),
        message_ids=now - timedelta(days=days.message_ids),
        logs=now - timedelta(days=days.logs),
    )
