"""A real PostgreSQL for tests: one server a run, started at first use, a database for each test."""

from __future__ import annotations

import itertools
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.engine import Engine

from bot.database import open_engine

_numbers = itertools.count(1)


@lru_cache(maxsize=1)
def postgres_server() -> Any:
    """Return the running server. It stops, and its data are deleted, when Python ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it keeps its sockets
        import pgserver
    # A short path: the socket's name may have about a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="iec-pg-"))
    return pgserver.get_server(folder, cleanup_mode="delete")


@contextmanager
def postgres_database() -> Iterator[Engine]:
    """Yield an engine on a new empty database, dropped afterwards."""
    name = f"test_{next(_numbers)}"
    _on_server(f"CREATE DATABASE {name}")
    engine = open_engine(postgres_server().get_uri(name))
    try:
        yield engine
    finally:
        engine.dispose()
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(statement: str) -> None:
    engine = create_engine(postgres_server().get_uri(), future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
