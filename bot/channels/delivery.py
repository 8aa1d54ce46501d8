"""Sending what is in a channel's outbox: in order, again where it failed, never again where not."""

from __future__ import annotations

import asyncio
import logging
from asyncio import to_thread
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.channels.in_process_actions import where
from bot.channels.provider import Refused, Unavailable
from bot.clock import Clock, system_clock
from bot.mailroom import Outbox, Parcel, Reply, Status

logger = logging.getLogger(__name__)

CLAIM = timedelta(seconds=30)
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)
MOST_ATTEMPTS = 12
"""With the pauses of `_pause`, a provider may be away for 18 minutes."""
AT_ONCE = 8

Render = Callable[[Reply], list[Any]]
Send = Callable[[str, Any], Awaitable[None]]


class Delivery:
    """Carries the replies of one channel; each message of a reply is one call of `send`."""

    def __init__(
        self, channel: str, outbox: Outbox, render: Render, send: Send, clock: Clock = system_clock
    ) -> None:
        self._channel = channel
        self._outbox = outbox
        self._render = render
        self._send = send
        self._clock = clock
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._parts_sent: dict[int, int] = {}

    async def start_due(self, then: Callable[[], None]) -> None:
        """Begin to send every reply that is due; `then` is called when one is done with."""
        await to_thread(self._outbox.post_person_messages, self._channel)
        while len(self._sending) < AT_ONCE and await self._is_due():
            claimed_until = self._clock() + CLAIM
            parcel = await to_thread(self._outbox.claim, self._channel, claimed_until)
            if parcel is None:
                return
            if parcel.id in self._sending:  # its claim ran out while it was still being sent
                continue
            self._sending[parcel.id] = asyncio.ensure_future(self._deliver(parcel, then))

    async def _is_due(self) -> bool:
        return await to_thread(self._outbox.has_due, self._channel)

    async def finish(self, seconds: float) -> None:
        """Wait so long for what is being sent; the rest is left for the next start."""
        if self._sending:
            _, unfinished = await asyncio.wait(self._sending.values(), timeout=seconds)
            for task in unfinished:
                task.cancel()

    async def _deliver(self, parcel: Parcel, then: Callable[[], None]) -> None:
        try:
            await self._send_or_postpone(parcel)
        except Exception as error:
            logger.error("A reply to %s is stuck: %s", parcel.conversation_id, where(error))
        finally:
            del self._sending[parcel.id]
            then()

    async def _send_or_postpone(self, parcel: Parcel) -> None:
        try:
            await self._send_parts(parcel)
        except Refused as error:
            await self._give_up(parcel, str(error))
        except Unavailable as error:
            await self._postpone(parcel, error)

    async def _send_parts(self, parcel: Parcel) -> None:
        """Send what the provider has not taken yet.

        What it took is remembered here as well: the database may fail just when it is to be noted.
        """
        parts = self._render(parcel.reply)
        taken = max(parcel.parts_sent, self._parts_sent.get(parcel.id, 0))
        for number, part in enumerate(parts[taken:], start=taken + 1):
            await self._send(parcel.address, part)
            self._parts_sent[parcel.id] = number
            if number < len(parts):
                until = self._clock() + CLAIM
                await to_thread(self._outbox.note_part, parcel, number, until)
        await to_thread(self._outbox.close, parcel, Status.SENT)
        self._parts_sent.pop(parcel.id, None)

    async def _postpone(self, parcel: Parcel, error: Unavailable) -> None:
        if parcel.attempts >= MOST_ATTEMPTS:
            await self._give_up(parcel, str(error))
            return
        pause = _pause(parcel.attempts)
        if error.retry_after is not None:
            pause = max(pause, timedelta(seconds=min(error.retry_after, 86_400)))
        await to_thread(self._outbox.postpone, parcel, self._clock() + pause, str(error))

    async def _give_up(self, parcel: Parcel, error: str) -> None:
        logger.error("A reply to %s cannot be sent: %s", parcel.conversation_id, error)
        await to_thread(self._outbox.close, parcel, Status.FAILED, error)
        self._parts_sent.pop(parcel.id, None)


def _pause(attempts: int) -> timedelta:
    """Return how long to wait after this many attempts: 1, 2, 4 ... seconds, minutes at most."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
