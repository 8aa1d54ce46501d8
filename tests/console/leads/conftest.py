"""A console with people on the list, in every state."""

from __future__ import annotations

import pytest

from bot.settings import Settings
from tests.console.people import People
from tests.unit.waiting_list.samples import HandSetClock


@pytest.fixture
def original(peopled: People) -> Settings:
    return peopled.settings


@pytest.fixture
def clock(peopled: People) -> HandSetClock:
    return HandSetClock(peopled.now)


@pytest.fixture
def people(peopled: People) -> list[str]:
    """The references of the people, in the order in which they applied."""
    return peopled.references
