"""Sending what is in the outbox, at least once.

A message is claimed for a while, carried, and then marked as sent, so that two workers never carry
it together. If a worker dies in between, the claim runs out and the message is carried again under
the same name and Message-ID.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock, system_clock
from bot.waiting_list.mail import Carrier, MailError, MailRefused, Sender, compose
from bot.waiting_list.outbox import Message, Status
from bot.waiting_list.sql_store import Engine, SqlStore

CLAIM = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 80
"""With the pauses of `_pause`, a mail server may be away for three days."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Round:
    """What one round of delivery did."""

    sent: int = 0
    failed: int = 0


class Delivery:
    """Carries the messages that are due."""

    def __init__(
        self, engine: Engine, carrier: Carrier, sender: Sender, clock: Clock = system_clock
    ) -> None:
        self._store = SqlStore(engine)
        self._carrier = carrier
        self._sender = sender
        self._clock = clock

    def deliver(self, most: int = 100) -> Round:
        """Send up to `most` due messages; the round ends early when the carrier seems to be away.

        Raises:
            StoreError: the database cannot be reached.
        """
        sent = failed = 0
        while sent + failed < most:
            message = self._claim()
            if message is None:
                break
            try:
                self._carry(message)
            except MailRefused as error:
                self._close(message, Status.FAILED, str(error))
                failed += 1
            except MailError as error:
                self._postpone(message, str(error))
                failed += 1
                break
            else:
                self._close(message, Status.SENT)
                sent += 1
        return Round(sent, failed)

    def _claim(self) -> Message | None:
        now = self._clock()
        with self._store.transaction() as transaction:
            return transaction.outbox.claim(now, until=now + CLAIM)

    def _carry(self, message: Message) -> None:
        mail = compose(
            sender=self._sender,
            recipient=message.recipient or "",
            subject=message.subject or "",
            body=message.body or "",
            name=message.name,
            date=message.created_at,
        )
        self._carrier.carry(message.name, mail)

    def _close(self, message: Message, status: Status, error: str | None = None) -> None:
        with self._store.transaction() as transaction:
            kept = transaction.outbox.close(message, status, self._clock(), error)
        if not kept:
            self._carrier.take_back(message.name)
        if status is Status.FAILED:
            log.error("message %s cannot be sent: %s", message.name, error)

    def _postpone(self, message: Message, error: str) -> None:
        if message.attempts >= MOST_ATTEMPTS:
            self._close(message, Status.FAILED, error)
            return
        log.warning("message %s not sent at attempt %d: %s", message.name, message.attempts, error)
        until = self._clock() + _pause(message.attempts)
        with self._store.transaction() as transaction:
            transaction.outbox.postpone(message, until, error)


def _pause(attempts: int) -> timedelta:
    """Return how long to wait after this many attempts: 1, 2, 4 ... minutes, an hour at most."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_PAUSE)
