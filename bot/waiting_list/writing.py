"""How the waiting list is written: under a lock, settled before and after, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock, system_clock
from bot.waiting_list.desk import Desk, Rules, Settled
from bot.waiting_list.errors import WaitingListError
from bot.waiting_list.mail import MailFolder
from bot.waiting_list.sql_store import Engine, Transaction
from bot.waiting_list.view import WaitingListView


class Writer(WaitingListView):
    """What every write of the list has in common.

    Every method raises StoreError when the database fails; nothing is half-written then, and the
    same call with the same key can be repeated.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock = system_clock,
        *,
        automatic_contact: bool = False,
        reply_within: timedelta = Rules.reply_within,
        payment_within: timedelta = Rules.payment_within,
        mail_dir: Path | None = None,
    ) -> None:
        super().__init__(engine)
        self._clock = clock
        self._rules = Rules(automatic_contact, reply_within, payment_within)
        self._mails = MailFolder(mail_dir) if mail_dir else None

    def settle(self) -> Settled:
        """Let overdue entries of all pools lapse and offer the places that are free."""
        with self._store.transaction() as transaction:
            pool_ids = transaction.pools.ids()
        lapsed: list[str] = []
        contacted: list[str] = []
        for pool_id in pool_ids:
            with self._store.transaction() as transaction:
                settled = self._locked(transaction, [pool_id]).settle()
            lapsed.extend(settled.lapsed)
            contacted.extend(settled.contacted)
        return Settled(tuple(lapsed), tuple(contacted))

    @contextmanager
    def _desk(self, choose: Callable[[Transaction], Iterable[int]]) -> Iterator[Desk]:
        """Yield a desk over the chosen pools, settled before and after.

        A refusal undoes the block only: people whose deadline has passed lapse all the same, so
        what a refusal says ("is lapsed") is what is kept.
        """
        refusal: WaitingListError | None = None
        with self._store.transaction() as transaction:
            desk = self._locked(transaction, choose(transaction))
            desk.settle()
            try:
                with transaction.undone_on_error():
                    yield desk
                    desk.settle()
            except WaitingListError as error:
                refusal = error
        if refusal is not None:
            raise refusal

    def _locked(self, transaction: Transaction, pool_ids: Iterable[int]) -> Desk:
        """Lock the pools, and only then look at the clock: time never runs back in a pool."""
        pool_ids = list(pool_ids)
        transaction.pools.lock(pool_ids)
        return Desk(transaction, pool_ids, self._clock(), self._rules)
