"""Reading the waiting list."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from bot.waiting_list.entry import EarlierSubmission, Entry, State
from bot.waiting_list.errors import EntryNotFound
from bot.waiting_list.history import HistoryLine
from bot.waiting_list.outbox import Message, Status
from bot.waiting_list.person import email_key
from bot.waiting_list.pool import Pool
from bot.waiting_list.reference import normal_reference
from bot.waiting_list.sql_store import Engine, SqlStore, Transaction


class WaitingListView:
    """What can be asked without changing anything."""

    def __init__(self, engine: Engine) -> None:
        self._store = SqlStore(engine)

    def find(self, reference: str, email: str) -> Entry | None:
        """Return the entry with this reference and address; None unless both match."""
        with self._store.transaction() as transaction:
            return matching(transaction, reference, email)

    def conversations_of(self, reference: str, email: str) -> frozenset[str]:
        """Return where this person applied; nothing unless reference and address match."""
        with self._store.transaction() as transaction:
            entry = matching(transaction, reference, email)
            if entry is None:
                return frozenset()
            earlier = transaction.entries.earlier_submissions(entry.reference)
            ids = {entry.conversation_id, *(each.conversation_id for each in earlier)}
            return frozenset(each for each in ids if each is not None)

    def active_entry(self, program: str, season: str, email: str) -> Entry | None:
        """Return the active entry of this address, to warn that applying again moves it down.

        Raises:
            PoolNotFound: there is no such list.
        """
        with self._store.transaction() as transaction:
            return transaction.entries.active(transaction.pools.id_of(program, season), email)

    def ahead(self, reference: str) -> int:
        """Return how many people wait before this one at the moment; 0 once the wait is over.

        Raises:
            EntryNotFound: there is no such entry.
        """
        with self._store.transaction() as transaction:
            entry = transaction.entries.get(normal_reference(reference))
            return transaction.entries.ahead(entry)

    def entry(self, reference: str) -> Entry:
        """Return one entry, for staff.

        Raises:
            EntryNotFound: there is none.
        """
        with self._store.transaction() as transaction:
            return transaction.entries.get(normal_reference(reference))

    def entries(
        self,
        program: str | None = None,
        season: str | None = None,
        states: Sequence[State] | None = None,
        conversation_id: str | None = None,
        words: str | None = None,
    ) -> tuple[Entry, ...]:
        """Return the entries that fit all filters, by program, season and position.

        `words`: whole words of the name or the e-mail address, or the address itself.
        """
        with self._store.transaction() as transaction:
            return transaction.entries.select(program, season, states, conversation_id, words)

    def earlier_submissions(self, reference: str) -> tuple[EarlierSubmission, ...]:
        """Return the submissions of one person that later ones replaced, oldest first.

        Raises:
            EntryNotFound: there is no such entry.
        """
        with self._store.transaction() as transaction:
            return transaction.entries.earlier_submissions(normal_reference(reference))

    def history(self, reference: str) -> tuple[HistoryLine, ...]:
        """Return the steps of one entry, oldest first."""
        with self._store.transaction() as transaction:
            return transaction.history.of_entry(normal_reference(reference))

    def pool_history(self, program: str, season: str) -> tuple[HistoryLine, ...]:
        """Return the steps of a pool and of all its entries, oldest first.

        Raises:
            PoolNotFound: there is no such list.
        """
        with self._store.transaction() as transaction:
            return transaction.history.of_pool(transaction.pools.id_of(program, season))

    def messages(self, reference: str) -> tuple[Message, ...]:
        """Return the messages to one person, oldest first."""
        with self._store.transaction() as transaction:
            return transaction.outbox.of_entry(normal_reference(reference))

    def message_counts(self) -> dict[Status, int]:
        """Return how many messages there are in each status."""
        with self._store.transaction() as transaction:
            return transaction.outbox.counts()

    def pools(self) -> tuple[Pool, ...]:
        """Return all pools, by program and season."""
        with self._store.transaction() as transaction:
            return tuple(transaction.pools.get(pool_id) for pool_id in transaction.pools.ids())

    def next_in_line(self, program: str, season: str) -> Entry | None:
        """Return the person to contact next: the first who waits and is qualified or reviewed.

        Raises:
            PoolNotFound: there is no such list.
        """
        with self._store.transaction() as transaction:
            return transaction.entries.next_in_line(transaction.pools.id_of(program, season))


def matching(transaction: Transaction, reference: str, email: str) -> Entry | None:
    """Return the entry with this reference, if it belongs to this address."""
    try:
        entry = transaction.entries.get(normal_reference(reference))
    except EntryNotFound:
        return None
    if entry.email is None:
        return None
    same = hmac.compare_digest(email_key(entry.email).encode(), email_key(email).encode())
    return entry if same else None
