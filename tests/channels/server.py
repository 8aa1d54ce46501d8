"""The web channel on a real server, with an agent that answers from a script."""

from __future__ import annotations

import asyncio
import json
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import aiohttp
from rasa.core.channels.channel import UserMessage, register
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from sanic import Sanic
from sanic.response import text as text_response
from sqlalchemy.engine import Engine

from bot.channels.web import WebChannel
from bot.clock import Clock, system_clock
from bot.mailroom import Inbox
from bot.settings import Settings
from bot.tracking.store import GuardedTrackerStore

Sanic.test_mode = True  # several servers in one process, which Sanic else refuses

Says = list[dict[str, Any]]
Script = Callable[[str], Awaitable[Says]]

DOMAIN = Domain.from_dict(
    {
        "intents": ["anything"],
        "slots": {
            name: {"type": "any", "mappings": [{"type": "custom"}]}
            for name in ("under_age", "forget_conversation", "nationalities")
        },
    }
)


async def echo(text: str) -> Says:
    """Say what was said."""
    return [{"text": f"You said: {text}"}]


class ScriptedAgent:
    """Stands in for Rasa's agent: answers from a script, saves through the real tracker store."""

    def __init__(self, engine: Engine, script: Script = echo) -> None:
        self.tracker_store = FailSafeTrackerStore(GuardedTrackerStore(DOMAIN, engine=engine))
        self.processor = SimpleNamespace(action_endpoint=None, domain=DOMAIN)
        self.action_endpoint = None
        self.script = script
        self.heard: list[str] = []

    def is_ready(self) -> bool:
        return self.processor is not None

    async def handle_message(self, message: UserMessage) -> None:
        self.heard.append(message.text)
        tracker = await self.tracker_store.get_or_create_tracker(
            message.sender_id, append_action_listen=False
        )
        parse_data = {"intent": {"name": "anything", "confidence": 0.9}, "entities": []}
        tracker.update(
            UserUttered(
                message.text,
                parse_data["intent"],
                parse_data=parse_data,
                input_channel=message.input_channel,
                message_id=message.message_id,
            )
        )
        for say in await self.script(message.text):
            uttered = BotUttered(say.get("text"), {"buttons": say.get("buttons")})
            tracker.update(uttered)
            await message.output_channel.send_response(message.sender_id, uttered.message())
            if "slot" in say:
                tracker.update(SlotSet(say["slot"], True))
        await self.tracker_store.save(tracker)


@dataclass
class Answer:
    """What came back for a request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.body.splitlines()]

    @property
    def texts(self) -> list[str]:
        return [line["text"] for line in self.lines]


@dataclass
class Client:
    """A visitor's browser."""

    http: aiohttp.ClientSession
    base: str
    token: str = ""
    ids: list[str] = field(default_factory=list)

    async def request(self, method: str, path: str, **options: Any) -> Answer:
        async with self.http.request(method, self.base + path, **options) as response:
            return Answer(response.status, dict(response.headers), await response.read())

    async def begin(self) -> None:
        self.token = (await self.request("POST", "/chat/session")).json["token"]

    async def post(self, body: bytes, token: str | None = None) -> Answer:
        authorization = f"Bearer {self.token if token is None else token}"
        return await self.request(
            "POST", "/chat/messages", data=body, headers={"Authorization": authorization}
        )

    async def say(self, text: str, message_id: str | None = None, key: str = "text") -> Answer:
        message = {"message_id": message_id or str(uuid.uuid4()), key: text}
        return await self.post(json.dumps(message).encode())

    async def history(self) -> list[dict[str, Any]]:
        answer = await self.request(
            "GET", "/chat/history", headers={"Authorization": f"Bearer {self.token}"}
        )
        assert answer.status == 200
        return answer.json["messages"]


@asynccontextmanager
async def serving(
    agent: Any,
    values: Settings,
    engine: Engine,
    clock: Clock = system_clock,
    actions_package: str = "tests.channels.no_actions",
) -> AsyncIterator[Client]:
    """Serve the channel on a free port of this machine, as Rasa would, for one client."""
    app = Sanic(f"test_{uuid.uuid4().hex}", configure_logging=False)

    @app.get("/")
    async def hello(_: Any) -> Any:
        return text_response("Hello from Rasa")

    app.ctx.agent = agent
    channel = WebChannel(values, Inbox(engine, clock), clock, actions_package)
    register([channel], app, route="/webhooks/")
    async with running(app) as base, aiohttp.ClientSession() as http:
        client = Client(http, base)
        await client.begin()
        yield client


@asynccontextmanager
async def running(app: Sanic) -> AsyncIterator[str]:
    """Run a Sanic app in this event loop and yield its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.before_start()
    await server.after_start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await server.before_stop()
        server.close()
        await server.wait_closed()
        await server.after_stop()
        await asyncio.sleep(0)
