"""Both kinds of database for the tracker store."""

from __future__ import annotations

from tests.channels.databases import either_engine

__all__ = ["either_engine"]
