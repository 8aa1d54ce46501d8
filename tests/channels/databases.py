"""Both kinds of database, empty, for a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.database import open_engine
from tests.conftest_postgres import postgres_database


def open_for_a_test(url: str) -> Engine:
    """Return an SQLite engine that does not wait for the disk: no test outlives a power cut."""
    opened = open_engine(url)
    event.listen(opened, "connect", lambda made, _: made.execute("PRAGMA synchronous = OFF"))
    return opened


@pytest.fixture(params=["sqlite", "postgresql"])
def either_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on an empty database, once of each kind."""
    if request.param == "sqlite":
        opened = open_for_a_test(f"sqlite:///{tmp_path / 'either.db'}")
        yield opened
        opened.dispose()
    else:
        with postgres_database() as opened:
            yield opened
