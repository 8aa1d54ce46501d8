"""Whatever is sent to whatever public address: an answer within a second, and never a crash.

`make fuzz` sends 10,000 requests, others at each run; without, the same slice is sent each time.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings

from bot.settings import settings
from tests.browser.servers import Assistant
from tests.channels.server import Sanic
from tests.faults.fuzzing import ALL_CHANNELS, Request, public_routes, requests, send
from tests.proxy.nginx import free_ports

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "1500"))
SECONDS = 1.0
MOST_GROWTH_MB = 40


@pytest.fixture
def assistant(
    trained_model_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Assistant]:
    """The real server with every channel switched on."""
    for name, value in ALL_CHANNELS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Sanic, "_app_registry", {})
    settings.cache_clear()
    with Assistant(trained_model_path, tmp_path, free_ports(1)[0], "") as running:
        yield running
    settings.cache_clear()


def resident_megabytes(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def test_no_request_crashes_or_hangs_the_server_or_makes_it_grow(assistant: Assistant) -> None:
    statuses: Counter[int] = Counter()
    warm: list[float] = []
    token = assistant.new_token()
    routes = public_routes()
    assert {("POST", "/chat/messages"), ("GET", "/chat/history"), ("GET", "/ready")} <= set(routes)

    @hypothesis_settings(
        max_examples=REQUESTS,
        derandomize="FUZZ_REQUESTS" not in os.environ,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(routes, token))
    def attack(request: Request) -> None:
        outcome = send("127.0.0.1", assistant.port, request, SECONDS)
        if not outcome.status:  # once more: a busy machine is no hang
            outcome = send("127.0.0.1", assistant.port, request, SECONDS)
        assert 200 <= outcome.status < 500, outcome
        statuses[outcome.status] += 1
        if statuses.total() == REQUESTS // 3:
            warm.append(resident_megabytes(assistant.pid))

    attack()
    grown = resident_megabytes(assistant.pid) - warm[0]
    print(f"{statuses.total()} requests: {dict(sorted(statuses.items()))}, grown by {grown:.0f} MB")
    assert {200, 400, 401, 404, 405, 413} <= set(statuses)
    assert grown < MOST_GROWTH_MB
    assert assistant.says(token, "hello")
    log = assistant.log.read_text(encoding="utf-8")
    assert [name for name, value in ALL_CHANNELS.items() if len(value) > 25 and value in log] == []
    assert settings().secret_key not in log
