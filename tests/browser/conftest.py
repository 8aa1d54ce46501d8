"""A real browser before the real server: trained model, real database, real network.

The browser is started once a file and stopped again: its library keeps an event loop running,
beside which no asynchronous test could run.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.chat import Chat
from tests.browser.chromium import launch
from tests.browser.servers import Assistant, EmbeddingSite


@pytest.fixture(scope="session")
def site() -> Iterator[EmbeddingSite]:
    """The site of an organization that embeds the widget."""
    with EmbeddingSite() as running:
        yield running


@pytest.fixture(scope="session")
def assistant(
    trained_model_path: Path, site: EmbeddingSite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """The assistant as `iec up` serves it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data_dir = tmp_path_factory.mktemp("assistant")
    with Assistant(trained_model_path, data_dir, port, site.origin) as running:
        site.assistant = running.address
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def new_context(browser: Browser, assistant: Assistant) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a fresh browser profile; what its pages log as an error fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_one(**options: object) -> BrowserContext:
        usual = {
            "base_url": assistant.address,
            "locale": "en-CA",
            "reduced_motion": "reduce",
            "viewport": {"width": 1280, "height": 900},
        }
        context = browser.new_context(**(usual | options))
        context.set_default_timeout(8_000)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on(
            "console",
            lambda said: errors.append(said.text) if "Content Security" in said.text else None,
        )
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def chat(new_context: Callable[..., BrowserContext]) -> Chat:
    """The landing page with the chat open, as a new visitor sees it."""
    return Chat(new_context().new_page()).visit().open()
