"""Bringing the tables of the waiting list up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.encryption import EncryptionError, check_keys
from bot.waiting_list.errors import StoreError

VERSION_TABLE = "waiting_list_version"
_LOCK = 7_411_203
"""Any number that no other part of the program uses as a PostgreSQL advisory lock."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Migrate the tables in one transaction; processes that start together wait for one another.

    Raises:
        StoreError: the database cannot be reached, or migrated, or belongs to other keys.
    """
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            check_keys(connection)
            command.upgrade(alembic_config(connection), revision)
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        raise StoreError(f"The database of IEC_DATABASE_URL cannot be used: {cause}") from error
    except EncryptionError as error:
        raise StoreError(str(error)) from None


def alembic_config(connection: Connection) -> Config:
    """Return what Alembic needs to work on `connection`, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
