"""The action server as a process of its own: closed to strangers, silent about conversations."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator
from json import dumps
from typing import Any

import aiohttp
import pytest
from rasa.utils.endpoints import ClientResponseError, EndpointConfig, read_endpoint_config
from rasa_sdk.endpoint import create_app
from sanic import Sanic

from bot.settings import PROJECT_ROOT
from rasa_sdk_plugins import HEADER, guard
from tests.channels.server import running

SECRET = "the secret of both sides"
WORDS = "I am Jeanne, jeanne@example.org"
CALL: dict[str, Any] = {
    "next_action": "action_tiny_where",
    "sender_id": "web-1",
    "tracker": {"sender_id": "web-1", "latest_message": {"text": WORDS}, "slots": {}},
    "domain": {},
    "version": "3.6.21",
}


@pytest.fixture
async def address(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    monkeypatch.setattr(Sanic, "_app_registry", {})
    app = create_app("tests.channels.tiny_bot.actions")
    guard(app, SECRET)
    async with running(app) as running_at:
        yield running_at


async def call(address: str, path: str = "/webhook", **options: Any) -> tuple[int, str]:
    options = {"data": dumps(CALL).encode()} | options
    method = options.pop("method", "POST")
    async with aiohttp.request(method, address + path, **options) as response:
        return response.status, await response.text()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {HEADER: ""},
        {HEADER: SECRET},
        {HEADER: "secret=another"},
        {HEADER: "secret=${IEC_ACTIONS_SECRET}"},
        {HEADER: f"secret={SECRET}é"},
        {"Content-Encoding": "deflate"},
    ],
)
async def test_who_does_not_know_the_secret_runs_no_action(
    address: str, headers: dict[str, str]
) -> None:
    body = zlib.compress(dumps(CALL).encode())
    data = body if headers.get("Content-Encoding") else dumps(CALL).encode()
    status, told = await call(address, headers=headers, data=data)
    assert (status, "in a thread" in told) == (401, False)


async def test_who_does_not_know_the_secret_learns_no_more_than_that_it_runs(address: str) -> None:
    assert (await call(address, "/actions", method="GET"))[0] == 401
    assert (await call(address, "/health", method="GET"))[0] == 200


async def test_rasa_brings_the_secret_by_the_projects_own_endpoints_file(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IEC_ACTIONS_SECRET", SECRET)
    endpoint = read_endpoint_config(str(PROJECT_ROOT / "endpoints.yml"), "action_endpoint")
    assert endpoint is not None
    endpoint.url = f"{address}/webhook"
    answer = await endpoint.request(json=CALL, method="post")
    assert answer["responses"][0]["text"] == "in the event loop"


async def test_a_rasa_without_the_secret_can_read_the_endpoints_file_and_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("IEC_ACTIONS_SECRET", raising=False)
    endpoint = read_endpoint_config(str(PROJECT_ROOT / "endpoints.yml"), "action_endpoint")
    assert isinstance(endpoint, EndpointConfig)
    endpoint.url = f"{address}/webhook"
    with pytest.raises(ClientResponseError) as refused:
        await endpoint.request(json=CALL, method="post")
    assert refused.value.status == 401


@pytest.mark.parametrize(
    ("change", "status"),
    [({"next_action": "action_tiny_boom"}, 500), ({"tracker": "no tracker"}, 500)],
)
async def test_an_action_that_raises_prints_nothing_of_the_conversation(
    address: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, Any],
    status: int,
) -> None:
    from tests.channels.tiny_bot.actions import BROKEN

    BROKEN.set()
    with caplog.at_level(logging.INFO):
        headers = {HEADER: f"secret={SECRET}"}
        found, told = await call(address, headers=headers, data=dumps(CALL | change).encode())
    BROKEN.clear()
    printed = capsys.readouterr()
    assert found == status
    assert "/webhook failed with" in caplog.text
    assert "Jeanne" not in told + caplog.text + printed.out + printed.err


def test_the_real_command_does_not_start_without_a_secret() -> None:
    environment = {name: value for name, value in os.environ.items() if "ACTIONS" not in name}
    ended = subprocess.run(
        [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", "0"],
        cwd=PROJECT_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "rasa run actions: IEC_ACTIONS_SECRET: set it" in ended.stderr
