"""A messenger's API on loopback: it writes down what it is sent and answers as it is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web


@dataclass
class Call:
    """One request to the provider, and whether the provider took the message."""

    path: str
    headers: dict[str, str]
    content: dict[str, Any]
    accepted: bool


@dataclass
class Trouble:
    """What the provider answers instead of yes: a status, and how long it asks us to wait."""

    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = field(default_factory=dict)
    silent: bool = False


@dataclass
class ProviderStub:
    """The calls so far, and the troubles that the next calls will meet (None: none)."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    troubles: list[Trouble | None] = field(default_factory=list)
    yes: dict[str, Any] = field(default_factory=lambda: {"ok": True})
    slowly: float = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def accepted(self) -> list[Call]:
        return [call for call in self.calls if call.accepted]

    async def answer(self, request: web.Request) -> web.Response:
        body = (await request.read()).decode()
        is_json = request.content_type == "application/json"
        content = json.loads(body) if is_json else dict(parse_qsl(body, keep_blank_values=True))
        trouble = self.troubles.pop(0) if self.troubles else None
        self.calls.append(Call(request.path, dict(request.headers), content, trouble is None))
        if trouble is None:
            await asyncio.sleep(self.slowly)
            return web.json_response(self.yes)
        if trouble.silent:
            await self.gate.wait()
        return web.json_response(trouble.body, status=trouble.status, headers=trouble.headers)


@asynccontextmanager
async def provider_stub() -> AsyncIterator[ProviderStub]:
    """Run a stub on a free port of this machine."""
    stub = ProviderStub()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", stub.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    stub.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield stub
    finally:
        stub.gate.set()
        await runner.cleanup()
