"""A waiting list of one pool with five places, on an SQLite file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.database import open_engine
from bot.waiting_list import WaitingList
from tests.unit.waiting_list.samples import PROGRAM, SEASON, HandSetClock, migrated_database


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    with migrated_database("sqlite", folder) as engine:
        return Path(engine.url.database)


@pytest.fixture
def engine(migrated_file: Path, tmp_path: Path) -> Iterator[Engine]:
    copy = shutil.copy(migrated_file, tmp_path / "waiting_list.db")
    engine = open_engine(f"sqlite:///{copy}")
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock()


@pytest.fixture
def waiting_list(engine: Engine, clock: HandSetClock) -> WaitingList:
    waiting_list = WaitingList(engine, clock)
    waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=5)
    return waiting_list


@pytest.fixture
def automatic(engine: Engine, clock: HandSetClock, waiting_list: WaitingList) -> WaitingList:
    """The same list, contacting people by itself."""
    return WaitingList(engine, clock, automatic_contact=True)
