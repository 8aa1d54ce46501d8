"""One way to open the database, for every module that stores something.

SQLite is the embedded default, PostgreSQL the same code by `IEC_DATABASE_URL`.
SQLAlchemy ignores `with_for_update()` on SQLite, so there every transaction starts with
BEGIN IMMEDIATE: writers queue up instead of overtaking one another. Connections are pooled: to
close one makes SQLite write its log back, which costs more than the transaction itself.
Errors never show parameters, which hold names and addresses.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool

BUSY_TIMEOUT_SECONDS = 10


def open_engine(url: str) -> Engine:
    """Return an engine for `url` whose transactions are safe against concurrent writers.

    Raises:
        sqlalchemy.exc.ArgumentError: `url` is not a database address.
    """
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            future=True,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": BUSY_TIMEOUT_SECONDS},
        )
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediately)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_immediately(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
