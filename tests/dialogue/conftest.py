"""The trained bot in one process: real model, real rules, real actions, a database of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from uuid import uuid4

import pytest
from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from actions.services import Services
from actions.services import services as open_services
from bot.channels.in_process_actions import InProcessActions
from bot.settings import settings
from bot.tracking.store import GuardedTrackerStore
from tests.dialogue.visitor import Visitor

NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


@pytest.fixture(scope="session")
def agent(trained_model_path: Path) -> Agent:
    """The bot as it is served, with its actions in the same process."""
    configure_structlog(logging.CRITICAL)
    return Agent.load(str(trained_model_path), action_endpoint=InProcessActions())


@pytest.fixture
def services(agent: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """The actions' services on a fresh database, on a fixed day."""
    monkeypatch.setenv("IEC_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    open_services.cache_clear()
    fresh = open_services()
    fresh.clock = lambda: NOON
    agent.tracker_store = agent.processor.tracker_store = GuardedTrackerStore(agent.domain)
    yield fresh
    settings.cache_clear()
    open_services.cache_clear()


@pytest.fixture
def visitor(agent: Agent, services: Services) -> Visitor:
    """Somebody who opens a new conversation."""
    return Visitor(agent, f"web-{uuid4()}")


@pytest.fixture
def new_visitor(agent: Agent, services: Services) -> Callable[[], Visitor]:
    """Makes further visitors, each with a conversation of their own."""
    return lambda: Visitor(agent, f"web-{uuid4()}")
