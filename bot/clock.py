"""The one source of the current time, injected wherever time matters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

Clock = Callable[[], datetime]
"""Returns the current moment as an aware datetime in UTC."""


def system_clock() -> datetime:
    """Return the current moment, aware, in UTC."""
    return datetime.now(timezone.utc)
