"""The places of one program in one season, and how many of them are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.waiting_list.entry import HOLDING_A_PLACE, IN_CONTACT, State, json_values
from bot.waiting_list.errors import PoolNotOpen, QuotaBelowUse, QuotaFull


@dataclass(frozen=True)
class Pool:
    """A quota of places and the number of entries in each state."""

    program: str
    season: str
    quota: int
    opens_at: datetime | None
    counts: Mapping[State, int]

    @property
    def waiting(self) -> int:
        """How many people wait to be contacted."""
        return self.counts.get(State.WAITING, 0)

    @property
    def in_contact(self) -> int:
        """How many people are contacted or in a meeting: they may get a place, but hold none."""
        return sum(self.counts.get(state, 0) for state in IN_CONTACT)

    @property
    def in_use(self) -> int:
        """How many places are taken: accepted, invoiced or registered."""
        return sum(self.counts.get(state, 0) for state in HOLDING_A_PLACE)

    @property
    def places_left(self) -> int:
        """How many more people can be accepted."""
        return self.quota - self.in_use

    @property
    def places_to_offer(self) -> int:
        """How many places nobody holds and nobody is being talked to about.

        This is what "free place" means for automatic contact: the system never writes to more
        people than there are places, so nobody it contacts can find the quota full.
        """
        return max(0, self.quota - self.in_use - self.in_contact)

    def as_dict(self) -> dict[str, Any]:
        """Return the pool as JSON values."""
        return {
            "program": self.program,
            "season": self.season,
            "quota": self.quota,
            "opens_at": json_values(self.opens_at),
            "in_use": self.in_use,
            "in_contact": self.in_contact,
            "waiting": self.waiting,
            "counts": {state.value: number for state, number in self.counts.items()},
        }

    def check_open(self, now: datetime) -> None:
        """Do nothing if submissions are taken at `now`.

        Raises:
            PoolNotOpen: the opening time lies ahead.
        """
        if self.opens_at is not None and now < self.opens_at:
            raise PoolNotOpen(self.program, self.season, self.opens_at)

    def check_place_left(self) -> None:
        """Do nothing if one more person can be accepted.

        Raises:
            QuotaFull: all places are in use.
        """
        if self.places_left <= 0:
            raise QuotaFull(self.program, self.season, self.quota)

    def check_quota(self, quota: int) -> None:
        """Do nothing if the quota can be set to `quota`.

        Raises:
            QuotaBelowUse: more places are in use than that. Nobody loses a place by a number.
        """
        if quota < self.in_use:
            raise QuotaBelowUse(quota, self.in_use)
