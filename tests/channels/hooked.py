"""A messenger's channel on a real server, with the provider's webhook calls and API around it."""

from __future__ import annotations

import asyncio
import dataclasses
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from rasa.core.channels.channel import register
from sanic import Sanic
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.channels.webhook import WebhookChannel
from bot.clock import Clock, system_clock
from bot.mailroom import Inbox, Status
from bot.mailroom.tables import outbox_messages, unanswered_messages
from bot.settings import Settings
from tests.channels.messengers import Hook, Messenger
from tests.channels.provider_stub import Call, ProviderStub
from tests.channels.server import Answer, running

PATIENCE_SECONDS = 10.0


async def eventually(is_so: Callable[[], bool]) -> None:
    """Return as soon as `is_so()`; fail if it never is."""
    for _ in range(int(PATIENCE_SECONDS / 0.02)):
        if is_so():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen")


@dataclass
class Hooked:
    """The provider's side of a running channel."""

    messenger: Messenger
    stub: ProviderStub
    engine: Engine
    channel: WebhookChannel
    base: str
    http: aiohttp.ClientSession

    async def call(self, hook: Hook, method: str = "POST", query: str = "") -> Answer:
        address = f"{self.base}/channels/{self.messenger.name}{query}"
        async with self.http.request(
            method, address, data=hook.body, headers=hook.headers
        ) as answer:
            return Answer(answer.status, dict(answer.headers), await answer.read())

    async def bring(self, *events: dict[str, Any]) -> list[Answer]:
        """Have the provider bring the events; every request must be acknowledged."""
        answers = [await self.call(hook) for hook in self.messenger.hooks(*events)]
        assert {answer.status for answer in answers} <= {200}
        return answers

    async def say(self, words: str, sender: str | None = None) -> list[str]:
        """Bring one text and return the words of what is sent because of it."""
        before = len(self.stub.accepted)
        await self.bring(self.messenger.text(words, sender))
        await self.quiet()
        return [self.messenger.words(call) for call in self.stub.accepted[before:]]

    async def quiet(self) -> None:
        """Return when nothing is left to answer or to send."""
        await eventually(lambda: self.waiting() == (0, 0) and not self.channel._answering)

    def waiting(self) -> tuple[int, int]:
        """Return how many messages are unanswered and how many replies are unsent."""
        unsent = outbox_messages.c.status == Status.PENDING.value
        with self.engine.begin() as connection:
            counts = [
                connection.execute(query).scalar_one()
                for query in (
                    select(func.count()).select_from(unanswered_messages),
                    select(func.count()).select_from(outbox_messages).where(unsent),
                )
            ]
        return counts[0], counts[1]

    @property
    def said(self) -> list[str]:
        return [self.messenger.words(call) for call in self.stub.accepted]

    @property
    def last(self) -> Call:
        return self.stub.accepted[-1]


@asynccontextmanager
async def hooked(
    agent: Any,
    messenger: Messenger,
    stub: ProviderStub,
    values: Settings,
    engine: Engine,
    clock: Clock = system_clock,
    actions_package: str = "tests.channels.no_actions",
) -> AsyncIterator[Hooked]:
    """Serve the messenger's channel as Rasa would, against the stub of its provider."""
    app = Sanic(f"test_{uuid.uuid4().hex}", configure_logging=False)
    app.ctx.agent = agent
    configured = dataclasses.replace(
        values, **messenger.settings, **{f"{messenger.name}_api": stub.url}
    )
    channel = messenger.channel(
        configured, Inbox(engine, clock), clock=clock, actions_package=actions_package
    )
    register([channel], app, route="/webhooks/")
    async with running(app) as base, aiohttp.ClientSession() as http:
        yield Hooked(messenger, stub, engine, channel, base, http)
