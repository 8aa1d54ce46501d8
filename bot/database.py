"""One way to open the database, for every module that stores something.

SQLite is the embedded default, PostgreSQL the same code by `IEC_DATABASE_URL`.
SQLAlchemy ignores `with_for_update()` on SQLite, so there every transaction starts with
BEGIN IMMEDIATE: writers queue up instead of overtaking one another. Connections are pooled: to
close one makes SQLite write its log back, which costs more than the transaction itself.
Errors never show parameters, which hold names and addresses.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import DateTime, MetaData, create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

BUSY_TIMEOUT_SECONDS = 10
_MAKING_TABLES = 7_221_104


def open_engine(url: str) -> Engine:
    """Return an engine for `url` whose transactions are safe against concurrent writers.

    Raises:
        sqlalchemy.exc.ArgumentError: `url` is not a database address.
    """
    if not url.startswith("sqlite"):
        return create_engine(
            _address(url),
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


def _address(url: str) -> URL:
    try:
        return make_url(url)
    except ValueError:  # a port that is no number
        raise ArgumentError("this is not a database address") from None


def for_reading(engine: Engine) -> Engine:
    """Return `engine` for transactions that only read: on SQLite they hold no writer up."""
    return engine.execution_options(reads_only=True)


def create_tables(engine: Engine, metadata: MetaData) -> None:
    """Make the tables of `metadata` that are missing; processes that start together take turns.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MAKING_TABLES})")
        metadata.create_all(connection)


def overwrite_deleted(engine: Engine) -> None:
    """Have what was deleted leave SQLite's files at once; PostgreSQL reuses the space by itself.

    Deleted rows are overwritten in the database, but copies of old pages stay in the log until it
    is written back and cut.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()


class UtcDateTime(TypeDecorator):  # type: ignore[misc]
    """An aware moment, kept in UTC; SQLite itself knows no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Return `value` in UTC; a naive one is a mistake of the caller."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime cannot be kept")
        return None if value is None else value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Return what was kept, aware again."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin_immediately(connection: Any) -> None:
    reads_only = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
