"""Databases and settings for the tests of channels."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.settings import Settings, read_settings
from tests.channels.databases import either_engine, open_for_a_test

__all__ = ["either_engine", "engine", "values"]


@pytest.fixture
def values(tmp_path: Path) -> Settings:
    """Settings whose limits do not get in the way."""
    environment = {"IEC_DATA_DIR": str(tmp_path), "IEC_SECRET_KEY": "a key of the tests"}
    generous = {"messages_per_minute": 10_000, "sessions_per_hour": 10_000}
    return dataclasses.replace(read_settings(environment), **generous)


@pytest.fixture
def engine(values: Settings) -> Iterator[Engine]:
    """An empty SQLite database."""
    opened = open_for_a_test(values.database_url)
    yield opened
    opened.dispose()
