"""Which other sites' pages may talk to the chat."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.engine import Engine

from bot.settings import Settings
from tests.channels.server import Client, ScriptedAgent, serving

OURS = "https://www.example.org"


@pytest.fixture
async def visitor(values: Settings, engine: Engine) -> AsyncIterator[Client]:
    embedding = dataclasses.replace(values, allowed_origins=frozenset({OURS}))
    async with serving(ScriptedAgent(engine), embedding, engine) as client:
        yield client


def leave(headers: dict[str, str]) -> dict[str, str]:
    return {
        name: value for name, value in headers.items() if name.lower().startswith("access-control")
    }


async def test_an_allowed_page_is_told_before_it_calls_what_it_may_send(visitor: Client) -> None:
    asked = {"Origin": OURS, "Access-Control-Request-Method": "POST"}
    answer = await visitor.request("OPTIONS", "/chat/messages", headers=asked)
    assert answer.status == 204
    assert leave(answer.headers) == {
        "Access-Control-Allow-Origin": OURS,
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "authorization, content-type",
        "Access-Control-Expose-Headers": "Retry-After",
        "Access-Control-Max-Age": "600",
    }


@pytest.mark.parametrize("path", ["/widget/widget.js", "/chat/history", "/chat/nothing"])
async def test_an_allowed_page_may_read_answers_and_refusals_alike(
    visitor: Client, path: str
) -> None:
    answer = await visitor.request("GET", path, headers={"Origin": OURS})
    assert answer.headers["Access-Control-Allow-Origin"] == OURS
    assert "Origin" in answer.headers["Vary"].split(", ")
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/live", "/ready"])
async def test_the_rest_of_the_server_is_shared_with_nobody(visitor: Client, path: str) -> None:
    answer = await visitor.request("GET", path, headers={"Origin": OURS})
    assert leave(answer.headers) == {}


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://www.example.org",
        "https://www.example.org:8443",
        "https://www.example.org.evil.example",
        "https://sub.www.example.org",
        "null",
        "",
    ],
)
async def test_any_other_page_is_refused_by_its_browser(visitor: Client, origin: str) -> None:
    for method, path in (("OPTIONS", "/chat/messages"), ("GET", "/widget/widget.js")):
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        answer = await visitor.request(method, path, headers=asked)
        assert leave(answer.headers) == {}
