"""Actions one by one: a tracker built by hand, services with a fixed day, a dispatcher to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services
from actions.services import services as open_services
from bot.settings import settings
from tests.project.files import responses

NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)

MakeTracker = Callable[..., Tracker]


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """The actions' services on a fresh database, on a fixed day."""
    monkeypatch.setenv("IEC_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    open_services.cache_clear()
    fresh = open_services()
    fresh.clock = lambda: NOON
    yield fresh
    settings.cache_clear()
    open_services.cache_clear()


@pytest.fixture
def domain() -> dict[str, Any]:
    """What Rasa sends along of the domain."""
    return {"responses": responses()}


@pytest.fixture
def dispatcher() -> CollectingDispatcher:
    """Collects what an action says."""
    return CollectingDispatcher()


def tracker(text: str = "", intent: str = "inform", **slots: Any) -> Tracker:
    """Return a conversation in which the visitor just said `text`."""
    return Tracker(
        sender_id="web-1",
        slots=slots,
        latest_message={"text": text, "intent": {"name": intent}, "entities": []},
        events=[],
        paused=False,
        followup_action=None,
        active_loop={},
        latest_action_name=None,
    )


def slots_set(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the slots that `events` set."""
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def responses_said(dispatcher: CollectingDispatcher) -> list[str]:
    """Return the names of the responses uttered."""
    return [message["response"] for message in dispatcher.messages if message["response"]]
