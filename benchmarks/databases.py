"""A database of its own for each measurement."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.database import open_engine


@contextmanager
def empty_database(kind: str) -> Iterator[Engine]:
    """Yield an engine on an empty database, "sqlite" or "postgresql", deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="iec-benchmark-") as folder:
        if kind == "postgresql":
            import pgserver

            server = pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
            engine = open_engine(server.get_uri())
        else:
            engine = open_engine(f"sqlite:///{folder}/benchmark.db")
        yield engine
        engine.dispose()
