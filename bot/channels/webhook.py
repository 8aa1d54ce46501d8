"""Base of the messengers: a webhook that only queues, the turns behind it, and the sending.

verify and read (the channel) → queued and acknowledged → the guarded turn, in order → reply and
outbox row stored together → rendered and sent (the channel). What is queued or unsent when the
server stops is found in the database when it starts again, by the same loop that serves it always.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from abc import abstractmethod
from asyncio import to_thread
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Any

from sanic import Blueprint, Sanic
from sanic.exceptions import PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.cleaning import MAX_CHARACTERS
from bot.channels.delivery import Delivery
from bot.channels.guarded import GuardedChannel, OnNewMessage, prepared
from bot.channels.in_process_actions import where
from bot.channels.limits import RateLimiter
from bot.channels.menu import chosen
from bot.channels.provider import Provider
from bot.clock import Clock, system_clock
from bot.mailroom import Arrival, Inbox, Incoming, Outbox, Reply, Unanswered
from bot.settings import Settings

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 1_048_576
LONGEST_ID = 128
POLL_SECONDS = 1.0
PAUSE_AFTER_FAILURE = 2.0
MOST_TURNS = 3
TURNS_AT_ONCE = 8
FINISH_SECONDS = 5.0
NOTICE_SECONDS = 30
"""The same notice is not repeated for so long: an album is ten messages and deserves one answer."""
WARNING_SECONDS = 60

_ID = re.compile(r"[\w.+:-]{1,64}", re.ASCII)


class Forged(ValueError):
    """The request is not the provider's, or cannot be shown to be."""


class Unreadable(ValueError):
    """The request is the provider's and does not have the shape that its documents promise."""


@dataclass(frozen=True)
class Post:
    """What a webhook request brought, and what the provider wants to read back."""

    messages: Sequence[Incoming] = ()
    answer: HTTPResponse | None = None


class WebhookChannel(GuardedChannel):
    """A messenger; a subclass says how to verify, read, render and send."""

    def __init__(
        self,
        values: Settings,
        inbox: Inbox,
        provider: Provider,
        clock: Clock = system_clock,
        actions_package: str = "actions",
    ) -> None:
        super().__init__(inbox, values.messages_per_minute, actions_package)
        self._provider = provider
        self._unanswered = Unanswered(inbox.engine, clock)
        outbox = Outbox(inbox.engine, clock)
        self._delivery = Delivery(self.name(), outbox, self.render, self.send, clock)
        self._notices = RateLimiter(1, NOTICE_SECONDS)
        self._warnings = RateLimiter(1, WARNING_SECONDS)
        self._answering: dict[str, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._working: asyncio.Task[None] | None = None
        self._stopping = False

    @abstractmethod
    def read(self, headers: Mapping[str, str], body: bytes) -> Post:
        """Return what the request brought.

        Raises:
            Forged: it is not signed by the provider.
            Unreadable: it is, and makes no sense.
        """

    @abstractmethod
    def render(self, reply: Reply) -> list[Any]:
        """Return the provider's messages that say `reply`."""

    @abstractmethod
    async def send(self, address: str, message: Any) -> None:
        """Hand one rendered message to the provider.

        Raises:
            Unavailable: it may be tried again.
            Refused: it may not.
        """

    def is_numbered(self, _reply: Reply) -> bool:
        """Tell whether the buttons of the reply were shown with numbers that may be typed."""
        return False

    def url_prefix(self) -> str:
        """Return the address of the webhook; Rasa joins it to `/webhooks/`, which it replaces."""
        return f"/channels/{self.name()}"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the webhook's route and the listeners that start and stop the work behind it."""
        routes = Blueprint(f"{self.name()}_channel")

        @routes.after_server_start
        async def begin(app: Sanic, _: Any) -> None:
            await self.start(app)
            self._working = asyncio.ensure_future(self._work(app, on_new_message))

        @routes.before_server_stop
        async def end(_app: Sanic, _: Any) -> None:
            await self._stop()

        @routes.post("/", stream=True)
        async def webhook(request: Request) -> HTTPResponse:
            return await self._take(request)

        return routes

    async def _take(self, request: Request) -> HTTPResponse:
        """Queue what the provider brings and say that we have it; anybody else is refused."""
        body = await _read_body(request)
        try:
            post = self.read(request.headers, body)
        except Forged:
            if not self._warnings.seconds_to_wait("forged"):
                logger.warning("%s: somebody calls the webhook without its signature", self.name())
            return json_response({"error": "forged"}, status=401)
        except Unreadable:
            return json_response({"error": "bad_request"}, status=400)
        if post.messages:
            await to_thread(self._unanswered.accept, [_keepable(one) for one in post.messages])
            self._wake.set()
        return post.answer or HTTPResponse(status=200)

    async def _work(self, app: Sanic, on_new_message: OnNewMessage) -> None:
        """Answer what is queued and send what is written, now and whenever something is new."""
        while not self._stopping:
            self._wake.clear()
            try:
                if app.ctx.agent.is_ready():
                    await self._start_answering(on_new_message)
                await self._delivery.start_due(self._wake.set)
            except Exception as error:
                logger.error("%s: the mailroom does not answer: %s", self.name(), where(error))
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)

    async def _stop(self) -> None:
        """Let running turns and sendings end; whatever does not is done after the next start."""
        self._stopping = True
        self._wake.set()
        working = {*self._answering.values()} | ({self._working} if self._working else set())
        if working:
            _, unfinished = await asyncio.wait(working, timeout=FINISH_SECONDS)
            for task in unfinished:
                task.cancel()
        await self._delivery.finish(FINISH_SECONDS)
        await self._provider.close()

    async def _start_answering(self, on_new_message: OnNewMessage) -> None:
        for conversation_id in await to_thread(self._unanswered.conversations, self.name()):
            if len(self._answering) >= TURNS_AT_ONCE:
                return
            if conversation_id not in self._answering:
                task = asyncio.ensure_future(self._answer_all(conversation_id, on_new_message))
                self._answering[conversation_id] = task
                task.add_done_callback(partial(self._answered, conversation_id))

    def _answered(self, conversation_id: str, _task: asyncio.Task[None]) -> None:
        self._answering.pop(conversation_id, None)
        self._wake.set()

    async def _answer_all(self, conversation_id: str, on_new_message: OnNewMessage) -> None:
        """Answer the queued messages of a conversation, one after the other."""
        try:
            while not self._stopping:
                message = await to_thread(self._unanswered.take_next, conversation_id)
                if message is None:
                    return
                if not await self._answer_queued(message, on_new_message):
                    await asyncio.sleep(PAUSE_AFTER_FAILURE)
                self._wake.set()
        except Exception as error:
            logger.error("The queue of %s is stuck: %s", conversation_id, where(error))
            await asyncio.sleep(PAUSE_AFTER_FAILURE)

    async def _answer_queued(self, message: Incoming, on_new_message: OnNewMessage) -> bool:
        """Answer a message; False if its turn failed and it stays in the queue."""
        notice = message.notice
        if message.attempts > MOST_TURNS:
            notice = "failed"
        elif message.attempts == 1:
            if self._limiter.seconds_to_wait(message.conversation_id):
                notice = "too_many"
            if notice and self._notices.seconds_to_wait(f"{message.conversation_id} {notice}"):
                await to_thread(self._unanswered.skip, message)
                return True
        reply = await self._answer_in_order(replace(message, notice=notice), on_new_message)
        return reply is not None

    async def _arrival(self, incoming: Incoming) -> Arrival:
        """Return what is known of a queued message: it has no reply, else it were not queued."""
        return Arrival(is_new=incoming.attempts == 1)

    async def _meant(self, conversation_id: str, text: str) -> str:
        """Return the payload of the button that `text` names by its title, number or key."""
        offer = await to_thread(self.inbox.last_offer, conversation_id)
        button = chosen(text, offer.reply, numbered=self.is_numbered(offer.reply))
        if button is None and text.startswith("#"):
            button = await to_thread(self.inbox.button_with_key, conversation_id, text)
        return button.payload if button else text


def _keepable(message: Incoming) -> Incoming:
    """Return the message as it may be queued: cleaned, masked, and never longer than we read."""
    text = prepared(message.text)
    kept = replace(message, text=text, message_id=_short(message.message_id))
    return kept if len(text) <= MAX_CHARACTERS else replace(kept, text="", notice="too_long")


def known_id(value: object) -> str:
    """Return an id of a person or a place as the provider writes it.

    Raises:
        Unreadable: providers write no such id.
    """
    if isinstance(value, (int, str)) and _ID.fullmatch(str(value)):
        return str(value)
    raise Unreadable("an id")


def read_json(body: bytes | str) -> Any:
    """Return the JSON in `body`.

    Raises:
        Unreadable: there is none.
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None


def _short(message_id: str) -> str:
    """Return an id that fits its column, as the provider wrote it or else its digest."""
    if len(message_id) <= LONGEST_ID and message_id.isprintable():
        return message_id
    return f"sha256:{sha256(message_id.encode('utf-8', 'replace')).hexdigest()}"


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream:
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise PayloadTooLarge("too large")
    return bytes(body)
