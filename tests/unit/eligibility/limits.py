"""The literal tables of ages, months, agreements and figures, and what the rules make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from bot.eligibility import Applicant, Decision, Finding, Outcome, decide
from bot.knowledge import Country, Knowledge, known_seasons
from tests.unit.eligibility.cases import read_table

ON = date(2024, 1, 15)
RO_UPPER_AGE = 35
CATEGORIES = {
    "WH": "working_holiday",
    "YP": "young_professionals",
    "CO": "international_coop",
}
PROGRAMS = {
    "WH": "ro_working_holiday",
    "YP": "ro_young_professional",
    "CO": "international_coop",
}
REPEATS = {
    "no": [{"working_holiday"}, {"young_professionals"}, {"international_coop"}],
    "yes": [],
    "unstated": [],
    "shared": [{"working_holiday", "young_professionals"}, {"international_coop"}],
    "coop once": [{"international_coop"}],
}
OPENINGS = {"2023": date(2022, 12, 19), "2024": date(2023, 12, 11), "2025": date(2024, 12, 16)}


@dataclass(frozen=True)
class Limits:
    """What the table says about one pool; `other` is what a second source says, if it differs."""

    season: str
    iso: str
    category: str
    minimum: int
    maximum: int
    months: int
    other: tuple[int, int, int] | None
    doubtful: bool

    @property
    def program(self) -> str:
        return PROGRAMS[self.category]

    @property
    def longest(self) -> int:
        return min(self.months, self.other[2]) if self.other else self.months


def read_limits() -> dict[tuple[str, str, str], Limits]:
    table = read_table("limits")["limits"]
    return {
        (season, iso, row[:2]): _limits(season, iso, row)
        for season, rows in table.items()
        for iso, cells in rows.items()
        for row in cells
    }


def _limits(season: str, iso: str, row: str) -> Limits:
    match = re.fullmatch(
        r"(WH|YP|CO) (\d\d)-(\d\d)/(\d+)(?: or (?:none|(\d\d)-(\d\d)/(\d+)))?", row
    )
    assert match, row
    category, minimum, maximum, months, *other = match.groups()
    return Limits(
        season=season,
        iso=iso,
        category=category,
        minimum=int(minimum),
        maximum=int(maximum),
        months=int(months),
        other=tuple(map(int, other)) if other[0] else None,
        doubtful=" or " in row,
    )


def judge(limits: Limits, age: int, knowledge: Knowledge) -> Decision:
    """The decision on an applicant of `age` who has nothing else in the way."""
    base = read_table("applicant")["applicant"]
    answers = {**base, "nationalities": [limits.iso], "residence": limits.iso, "age": age}
    return decide(Applicant.from_answers(answers), limits.program, ON, knowledge)


def expected_age_reasons(limits: Limits) -> dict[int, str]:
    """Which reason each age at a boundary must get."""
    lower = upper = limits.maximum
    if limits.other:
        lower, upper = min(lower, limits.other[1]), max(upper, limits.other[1])
    expected = {
        limits.minimum - 1: "too_young",
        limits.minimum: "age_within_limits",
        lower - 1: "age_within_limits",
        lower: "age_at_limit",
    }
    if upper > lower:
        expected |= {lower + 1: "age_limits_differ", upper: "age_limits_differ"}
    last = upper
    if limits.category != "CO" and upper < RO_UPPER_AGE:
        last = RO_UPPER_AGE
        expected |= {upper + 1: "age_set_by_organization", last: "age_set_by_organization"}
    return {**expected, last + 1: "too_old"}


def faults_of_pool(limits: Limits, knowledge: Knowledge) -> list[str]:
    """What the rules say about this pool otherwise than the table."""
    faults = []
    for age, reason in expected_age_reasons(limits).items():
        decision = judge(limits, age, knowledge)
        found = _finding(decision, "age").reason
        if found != reason:
            faults.append(f"age {age}: {found} instead of {reason}")
        rejected = reason in ("too_young", "too_old")
        if rejected != (decision.outcome is Outcome.NOT_QUALIFIED):
            faults.append(f"age {age}: {decision.outcome.value}")
        if limits.doubtful and decision.outcome is Outcome.QUALIFIED:
            faults.append(f"age {age}: qualified although sources differ")
        stay = None if rejected else limits.longest
        if decision.max_stay_months != stay:
            faults.append(f"age {age}: {decision.max_stay_months} months instead of {stay}")
    middle = judge(limits, 24, knowledge)
    doubts = {each.reason: each.values for each in middle.findings}
    if limits.other:
        said = doubts.get("sources_differ", {})
        named = {said.get(name) for name in ("ages", "other_ages", "months", "other_months")}
        ages = {(limits.minimum, limits.maximum), limits.other[:2]}
        if named != {f"{low} to {high}" for low, high in ages} | {limits.months, limits.other[2]}:
            faults.append(f"the two sources are named as {said}")
    return faults


def faults_of_agreement(row: list[Any], country: Country, on: date) -> list[str]:
    """What the data say about taking part again and living there otherwise than the table."""
    total, repeat, gap, home = row
    rule = country.participations
    assert rule is not None
    places = {
        category: set(found.places)
        for category in country.pools
        if (found := country.residence_rule(category))
    }
    if home == "anywhere":
        lives_in = {}
    elif home.endswith(" for Co-op"):
        lives_in = {"international_coop": {home[:2]}}
    else:
        lives_in = {category: set(home.split(" or ")) for category in country.pools}
    together = read_table("agreements")["together"].get(country.iso, {})
    if country.season == "2023" and country.iso == "GB":
        together = {}
    said = {
        "total": rule.total_on(on),
        "once": [set(group) for group in rule.once],
        "stated": rule.repeat_stated,
        "gap": rule.gap_months,
        "lives in": places,
        **{name: getattr(rule, name) for name in ("total_months", "second_months")},
        "legacy_before": rule.legacy_before,
    }
    expected = {
        "total": total,
        "once": REPEATS[repeat],
        "stated": repeat != "unstated",
        "gap": gap,
        "lives in": lives_in,
        "total_months": together.get("total_months"),
        "second_months": together.get("second_months"),
        "legacy_before": together.get("legacy_before"),
    }
    return [
        f"{name}: {said[name]} instead of {expected[name]}"
        for name in said
        if said[name] != expected[name]
    ]


def agreement_rows() -> Iterator[tuple[str, str, list[Any]]]:
    """Season, country and row of every agreement, with the earlier rows where they differ."""
    table = read_table("agreements")
    for season, (iso, row) in product(known_seasons(), table["agreements"].items()):
        yield season, iso, table["earlier"].get(season, {}).get(iso, row)


def _finding(decision: Decision, criterion: str) -> Finding:
    return next(each for each in decision.findings if each.criterion == criterion)
