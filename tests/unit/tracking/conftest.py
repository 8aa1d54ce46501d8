"""Both kinds of database for the tracker store."""

from __future__ import annotations

from tests.channels.databases import database_url, either_engine, postgresql_server

__all__ = ["database_url", "either_engine", "postgresql_server"]
