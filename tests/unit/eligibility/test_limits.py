"""Every limit of every pool and agreement, from literal tables apart from the data.

The last part proves the tables sharp: whichever limit of the data moves by one, a table notices.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from bot.knowledge import AgeRange, Knowledge, Pool, known_seasons, load_knowledge
from tests.unit.eligibility.cases import read_cases, read_table
from tests.unit.eligibility.limits import (
    CATEGORIES,
    OPENINGS,
    Limits,
    agreement_rows,
    faults_of_agreement,
    faults_of_pool,
    read_limits,
)

LIMITS = read_limits()
FIGURES = read_table("agreements")["figures"]


@pytest.mark.parametrize("limits", LIMITS.values(), ids=["-".join(key) for key in LIMITS])
def test_every_boundary_age_and_the_longest_stay_are_as_the_table_says(limits: Limits):
    assert faults_of_pool(limits, load_knowledge(limits.season, limits.season)) == []


@pytest.mark.parametrize("season", known_seasons())
def test_the_table_and_the_data_have_the_same_pools(season: str):
    countries = load_knowledge(season, season).iec.countries
    pools = {
        (season, iso, short)
        for iso, country in countries.items()
        for short, category in CATEGORIES.items()
        if category in country.pools
    }
    assert pools == {key for key in LIMITS if key[0] == season}


def test_the_season_2024_has_the_24_rows_of_the_coop_table_and_three_more_that_are_doubtful():
    coop = [
        each for (season, _, short), each in LIMITS.items() if (season, short) == ("2024", "CO")
    ]
    assert len(coop) == 27
    assert {each.iso for each in coop if each.doubtful and not each.other} == {"GB", "KR", "FI"}
    assert {each.iso for each in coop if each.other} == {"AU", "IT", "LU"}


@pytest.mark.parametrize(("season", "iso", "row"), agreement_rows())
def test_every_agreement_is_as_the_table_says(season: str, iso: str, row: list[Any]):
    country = load_knowledge(season, season).iec.countries[iso]
    if country.pools:
        assert faults_of_agreement(row, country, OPENINGS.get(season, date(2025, 12, 19))) == []


def test_japan_allows_two_participations_from_april_2025_on():
    rule = load_knowledge("2025", "2025").iec.countries["JP"].participations
    assert rule is not None
    assert rule.total_on(date(2025, 3, 31)) == 1
    assert rule.total_on(date(2025, 4, 1)) == 2


@pytest.mark.parametrize("season", known_seasons())
@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_of_a_criterion_is_as_the_table_says(season: str, figure: str):
    value = load_knowledge(season, season).iec.figures[figure].value
    assert value == (
        tuple(FIGURES[figure]) if isinstance(FIGURES[figure], list) else FIGURES[figure]
    )


def _moved(pool: Pool) -> Iterator[Pool]:
    """The pool with each of its limits moved by one, both ways."""
    for step in (-1, 1):
        low, high = pool.ages.minimum, pool.ages.maximum
        yield replace(pool, ages=AgeRange(low + step, high))
        yield replace(pool, ages=AgeRange(low, high + step))
        yield replace(pool, months=pool.months + step)
        if pool.other and pool.other.ages and pool.other.months:
            low, high = pool.other.ages.minimum, pool.other.ages.maximum
            yield replace(pool, other=replace(pool.other, ages=AgeRange(low, high + step)))
            yield replace(pool, other=replace(pool.other, months=pool.other.months + step))


def _with_pool(knowledge: Knowledge, iso: str, pool: Pool) -> Knowledge:
    country = knowledge.iec.countries[iso]
    changed = replace(country, pools={**country.pools, pool.category: pool})
    season = replace(knowledge.iec, countries={**knowledge.iec.countries, iso: changed})
    return replace(knowledge, iec=season, ro=season)


@pytest.mark.parametrize("limits", LIMITS.values(), ids=["-".join(key) for key in LIMITS])
def test_a_pool_limit_that_moves_by_one_is_noticed(limits: Limits):
    knowledge = load_knowledge(limits.season, limits.season)
    pool = knowledge.iec.countries[limits.iso].pools[CATEGORIES[limits.category]]
    unnoticed = [
        moved
        for moved in _moved(pool)
        if not faults_of_pool(limits, _with_pool(knowledge, limits.iso, moved))
    ]
    assert unnoticed == []


@cache
def _default_cases() -> tuple[Any, ...]:
    return tuple(case for case in read_cases().values() if case.seasons == ("2024", "2023"))


def _noticed_by_a_case(knowledge: Knowledge) -> bool:
    return any(case.faults(knowledge) for case in _default_cases())


def test_no_case_objects_to_the_data_as_they_are():
    assert not _noticed_by_a_case(load_knowledge("2024", "2023"))


@pytest.mark.parametrize("step", [-1, 1])
@pytest.mark.parametrize(
    ("season_of", "figure"),
    [
        ("iec", "minimum_funds"),
        ("ro", "minimum_funds"),
        ("ro", "ro_upper_age"),
        ("ro", "ro_lifetime_participations"),
    ],
)
def test_a_figure_that_moves_by_one_is_noticed(season_of: str, figure: str, step: int):
    knowledge = load_knowledge("2024", "2023")
    season = getattr(knowledge, season_of)
    moved = replace(season.figures[figure], value=season.number(figure) + step)
    changed = replace(season, figures={**season.figures, figure: moved})
    assert _noticed_by_a_case(replace(knowledge, **{season_of: changed}))


@pytest.mark.parametrize(
    ("figure", "levels"),
    [
        ("coop_teer", (0, 1, 2)),
        ("coop_teer", (1, 2, 3)),
        ("coop_teer", (0, 1, 2, 3, 4)),
        ("coop_teer_review", ()),
        ("coop_teer_review", (5,)),
        ("coop_teer_review", (4, 5)),
        ("young_professionals_teer", (0, 1, 2)),
        ("young_professionals_teer", (1, 2, 3)),
        ("young_professionals_teer", (0, 1, 2, 3, 4)),
        ("young_professionals_teer_review", ()),
        ("young_professionals_teer_review", (5,)),
        ("young_professionals_teer_review", (4, 5)),
    ],
)
def test_a_teer_level_that_moves_is_noticed(figure: str, levels: tuple[int, ...]):
    knowledge = load_knowledge("2024", "2023")
    name = "iec" if figure.startswith("coop") else "ro"
    season = getattr(knowledge, name)
    figures = {**season.figures, figure: replace(season.figures[figure], value=levels)}
    assert _noticed_by_a_case(replace(knowledge, **{name: replace(season, figures=figures)}))


@pytest.mark.parametrize("step", [-1, 1])
@pytest.mark.parametrize(
    ("iso", "field"),
    [
        ("FR", "total"),
        ("DE", "total"),
        ("PT", "total"),
        ("TW", "total"),
        ("CL", "total"),
        ("AT", "total"),
        ("PL", "gap_months"),
        ("LV", "gap_months"),
        ("HR", "gap_months"),
        ("CH", "total_months"),
        ("FR", "legacy_before"),
        ("IE", "legacy_before"),
    ],
)
def test_a_number_of_an_agreement_that_moves_by_one_is_noticed(iso: str, field: str, step: int):
    knowledge = load_knowledge("2024", "2023")
    country = knowledge.iec.countries[iso]
    rule = country.participations
    assert rule is not None
    moved = replace(rule, **{field: getattr(rule, field) + step})
    countries = {**knowledge.iec.countries, iso: replace(country, participations=moved)}
    changed = replace(knowledge, iec=replace(knowledge.iec, countries=countries))
    table = {each: row for season, each, row in agreement_rows() if season == "2024"}
    assert _noticed_by_a_case(changed) or faults_of_agreement(
        table[iso], countries[iso], OPENINGS["2024"]
    )
