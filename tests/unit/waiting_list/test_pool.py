"""How many places are in use, left, and free to be offered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.waiting_list import Pool, State
from bot.waiting_list.errors import PoolNotOpen, QuotaBelowUse, QuotaFull
from tests.unit.waiting_list.samples import NOON


def pool(quota: int, **counts: int) -> Pool:
    by_state = {State(state): number for state, number in counts.items()}
    return Pool("international_coop", "2024", quota, None, by_state)


@pytest.mark.parametrize(
    ("counts", "in_use", "places_left", "places_to_offer"),
    [
        ({}, 0, 5, 5),
        ({"waiting": 9}, 0, 5, 5),
        ({"contacted": 2}, 0, 5, 3),
        ({"meeting": 2}, 0, 5, 3),
        ({"accepted": 2}, 2, 3, 3),
        ({"invoiced": 2}, 2, 3, 3),
        ({"registered": 5}, 5, 0, 0),
        ({"registered": 3, "contacted": 2}, 3, 2, 0),
        ({"registered": 3, "meeting": 4}, 3, 2, 0),
        ({"withdrawn": 5, "declined": 5, "lapsed": 5}, 0, 5, 5),
    ],
)
def test_places_are_counted_by_state(counts, in_use, places_left, places_to_offer) -> None:
    five = pool(5, **counts)
    assert (five.in_use, five.places_left, five.places_to_offer) == (
        in_use,
        places_left,
        places_to_offer,
    )


def test_the_last_place_can_be_taken_and_no_more() -> None:
    pool(2, accepted=1).check_place_left()
    with pytest.raises(QuotaFull, match="All 2 places"):
        pool(2, accepted=1, registered=1).check_place_left()


def test_a_quota_may_fall_to_the_places_in_use_and_no_further() -> None:
    pool(5, invoiced=2, contacted=3).check_quota(2)
    with pytest.raises(QuotaBelowUse, match="2 places in use"):
        pool(5, invoiced=2).check_quota(1)


def test_a_pool_opens_at_its_moment() -> None:
    opening = Pool("ro_working_holiday", "2023", 5, NOON, {})
    opening.check_open(NOON)
    with pytest.raises(PoolNotOpen, match="opens at 2023-01-16 12:00 UTC"):
        opening.check_open(NOON - timedelta(microseconds=1))
