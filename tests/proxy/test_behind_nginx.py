"""The assistant behind a real nginx that runs deploy/nginx.conf."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text
from sqlalchemy.engine import Engine

from bot.channels.web import SECURITY_HEADERS
from bot.settings import Settings
from tests.channels.conftest import engine, values
from tests.channels.server import Answer, Says, ScriptedAgent, running, serving
from tests.proxy.nginx import STAFF, Proxy, nginx

__all__ = ["engine", "values"]

SESSIONS = 5


@pytest.fixture
async def console() -> AsyncIterator[str]:
    """Stands in for the staff pages: says from where it is told that its visitor comes."""
    app = Sanic(f"console_{uuid.uuid4().hex}", configure_logging=False)

    @app.get("/")
    async def home(request: Request) -> HTTPResponse:
        return text(f"staff pages for {request.headers.get('X-Forwarded-For')}")

    async with running(app) as address:
        yield address


@pytest.fixture
def agent(engine: Engine) -> ScriptedAgent:
    return ScriptedAgent(engine)


@pytest.fixture
async def proxy(
    agent: ScriptedAgent, values: Settings, engine: Engine, console: str, tmp_path: Path
) -> AsyncIterator[Proxy]:
    behind = dataclasses.replace(values, proxies=1, sessions_per_hour=SESSIONS + 1)
    async with (
        serving(agent, behind, engine) as direct,
        nginx(tmp_path, direct.base, console) as before,
    ):
        yield before


async def begin(proxy: Proxy) -> dict[str, str]:
    token = (await proxy.request("POST", "/chat/session")).json["token"]
    return {"Authorization": f"Bearer {token}"}


async def say(proxy: Proxy, bearer: dict[str, str]) -> Answer:
    message = json.dumps({"message_id": str(uuid.uuid4()), "text": "hello"}).encode()
    return await proxy.request("POST", "/chat/messages", data=message, headers=bearer)


async def test_a_conversation_runs_through_the_proxy(proxy: Proxy) -> None:
    page = await proxy.request("GET", "/")
    assert (page.status, b"IEC assistant" in page.body) == (200, True)
    assert (await proxy.request("GET", "/widget/widget.js")).status == 200
    bearer = await begin(proxy)
    answer = await say(proxy, bearer)
    assert (answer.status, answer.texts) == (200, ["You said: hello"])
    history = await proxy.request("GET", "/chat/history", headers=bearer)
    assert len(history.json["messages"]) == 2


async def test_every_answer_asks_for_tls_and_ours_keep_their_headers(proxy: Proxy) -> None:
    for path in ("/", "/widget/widget.js", "/chat/history", "/nothing"):
        answer = await proxy.request("GET", path)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert answer.headers["Server"] == "nginx"
        if path != "/nothing":
            assert SECURITY_HEADERS.items() <= answer.headers.items()


NOT_PUBLIC = """
GET /ready
GET /status
GET /version
GET /domain
POST /model/parse
PUT /model
GET /conversations/default/tracker
POST /webhooks/rest/webhook
POST /webhooks/web/chat/messages
GET /socket.io/
POST /channels/anything
GET /widget/../ready
GET /chat/%2e%2e/ready
GET //ready
GET /.git/config
"""


async def test_what_is_not_public_is_not_found(proxy: Proxy) -> None:
    found = []
    for line in NOT_PUBLIC.split("\n")[1:-1]:
        answer = await proxy.request(*line.split())
        if answer.status != 404 or b"nginx" not in answer.body:
            found.append(line)
    assert found == []


async def test_a_large_body_stops_at_the_proxy(proxy: Proxy) -> None:
    answer = await proxy.request("POST", "/chat/messages", data=b"x" * 20_000)
    assert answer.status == 413
    assert b"nginx" in answer.body


async def test_a_made_up_address_does_not_evade_the_limits(proxy: Proxy) -> None:
    statuses = []
    for number in range(SESSIONS + 1):
        made_up = f"203.0.113.{number}"
        lies = {"X-Forwarded-For": made_up, "X-Real-IP": made_up, "Forwarded": f"for={made_up}"}
        answer = await proxy.request("POST", "/chat/session", headers=lies)
        statuses.append(answer.status)
    assert statuses == [200] * SESSIONS + [429]


async def test_the_limits_count_the_real_addresses_and_not_the_proxy(proxy: Proxy) -> None:
    for _ in range(SESSIONS + 1):
        last = await proxy.request("POST", "/chat/session")
    assert last.status == 429
    elsewhere = aiohttp.TCPConnector(local_addr=("127.0.0.2", 0))
    async with aiohttp.ClientSession(connector=elsewhere) as http:
        from_elsewhere = dataclasses.replace(proxy, http=http)
        assert (await from_elsewhere.request("POST", "/chat/session")).status == 200


async def test_one_address_cannot_take_all_connections(proxy: Proxy, agent: ScriptedAgent) -> None:
    gate = asyncio.Event()

    async def slow(text: str) -> Says:
        await gate.wait()
        return [{"text": text}]

    agent.script = slow
    bearer = await begin(proxy)
    running = {asyncio.ensure_future(say(proxy, bearer)) for _ in range(56)}
    refused: set[asyncio.Future[Answer]] = set()
    while len(refused) < 6:
        done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        refused |= done
    gate.set()
    answered = await asyncio.gather(*running)
    assert {task.result().status for task in refused} == {429}
    assert [answer.status for answer in answered] == [200] * 50


async def test_plain_http_is_sent_to_tls(proxy: Proxy) -> None:
    answer = await proxy.request("GET", "/chat/history?x=1", secure=False)
    assert (answer.status, answer.headers["Location"]) == (
        308,
        "https://chat.example.org/chat/history?x=1",
    )


async def test_another_name_gets_neither_certificate_nor_answer(proxy: Proxy) -> None:
    with pytest.raises(aiohttp.ClientError):
        await proxy.request("GET", "/", host="evil.example")


async def test_the_staff_pages_answer_only_from_where_staff_work(proxy: Proxy) -> None:
    at_work = await proxy.request("GET", "/", STAFF, headers={"X-Forwarded-For": "10.0.0.1"})
    assert (at_work.status, at_work.body) == (200, b"staff pages for 127.0.0.1")
    elsewhere = aiohttp.TCPConnector(local_addr=("127.0.0.2", 0))
    async with aiohttp.ClientSession(connector=elsewhere) as http:
        outside = dataclasses.replace(proxy, http=http)
        refused = await outside.request("GET", "/", STAFF, headers={"X-Forwarded-For": "10.0.0.1"})
    assert refused.status == 403


async def test_without_a_proxy_no_word_on_the_address_is_believed(
    values: Settings, engine: Engine
) -> None:
    direct = dataclasses.replace(values, sessions_per_hour=SESSIONS + 1)
    async with serving(ScriptedAgent(engine), direct, engine) as visitor:
        answers = [
            await visitor.request(
                "POST", "/chat/session", headers={"X-Forwarded-For": f"203.0.113.{number}"}
            )
            for number in range(SESSIONS + 1)
        ]
    assert [answer.status for answer in answers] == [200] * SESSIONS + [429]
