"""Reads the knowledge files, once a pair of seasons."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.knowledge.model import Knowledge, Source


@cache
def load_knowledge(iec_season: str, ro_season: str) -> Knowledge:
    """Return the knowledge of the two active seasons.

    Raises:
        KnowledgeError: a season is unknown, or a file holds a figure that cannot be trusted.
    """
    raise NotImplementedError


@cache
def load_sources() -> Mapping[str, Source]:
    """Return every source of the knowledge files, by id."""
    raise NotImplementedError
