"""How often somebody may do something."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_KEYS = 50_000


class RateLimiter:
    """Allows `count` events per `seconds` for each key, in memory (generic cell rate algorithm).

    One number a key: the moment at which its allowance would be whole again.
    """

    def __init__(
        self, count: int, seconds: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._step = seconds / count
        self._now = now
        self._whole_at: dict[str, float] = {}

    def seconds_to_wait(self, key: str) -> float:
        """Return 0.0 and count the event, or the seconds until `key` may try again."""
        now = self._now()
        whole_at = max(self._whole_at.get(key, now), now) + self._step
        wait = whole_at - now - self._seconds
        if wait > self._step / 1_000:
            return wait
        if len(self._whole_at) >= MOST_KEYS:
            self._forget_whole_allowances(now)
        self._whole_at[key] = whole_at
        return 0.0

    def _forget_whole_allowances(self, now: float) -> None:
        self._whole_at = {key: moment for key, moment in self._whole_at.items() if moment > now}
