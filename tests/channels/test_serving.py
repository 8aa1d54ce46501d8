"""How a browser gets the widget's files and the page: compressed, and only when they are new."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.engine import Engine

from bot.settings import Settings
from tests.channels.server import Answer, Client, ScriptedAgent, serving

PATHS = ["/", "/widget/widget.js", "/widget/strings.fr.js", "/widget/page.css"]


@pytest.fixture
async def visitor(values: Settings, engine: Engine) -> AsyncIterator[Client]:
    async with serving(ScriptedAgent(engine), values, engine) as client:
        client.http._auto_decompress = False
        yield client


def etag_of(answer: Answer) -> str:
    return {name.lower(): value for name, value in answer.headers.items()}["etag"]


@pytest.mark.parametrize("path", PATHS)
async def test_a_file_is_checked_each_time_and_sent_once(visitor: Client, path: str) -> None:
    first = await visitor.request("GET", path)
    assert first.status == 200
    assert first.headers["Cache-Control"] == "no-cache"
    known = {"If-None-Match": etag_of(first)}
    again = await visitor.request("GET", path, headers=known)
    assert (again.status, again.body) == (304, b"")
    assert etag_of(again) == etag_of(first)
    older = await visitor.request("GET", path, headers={"If-None-Match": 'W/"0123"'})
    assert older.status == 200


@pytest.mark.parametrize("path", PATHS)
async def test_a_file_is_compressed_for_those_who_can_read_it(visitor: Client, path: str) -> None:
    plain = await visitor.request("GET", path, headers={"Accept-Encoding": "identity"})
    packed = await visitor.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert zlib.decompress(packed.body, wbits=31) == plain.body
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
