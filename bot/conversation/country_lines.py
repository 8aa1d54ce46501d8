"""What the data of one country says, line by line, in the words of the domain.

The words are the responses `utter_country_line_...` of `data/responses/countries.yml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.conversation.words import Words, and_list
from bot.knowledge import (
    CATEGORIES,
    CATEGORY_NAMES,
    Country,
    ParticipationRule,
    Pool,
    ResidenceRule,
    long_date,
)
from bot.knowledge.country_names import country_name


@dataclass(frozen=True)
class AskedCountry:
    """A country of a question, as named there, and those of its pools that are asked about."""

    name: str
    country: Country
    pools: tuple[Pool, ...]
    category: str | None


def country_lines(topic: str, asked: AskedCountry, words: Words) -> list[str]:
    """Return the lines that answer `topic`, one of `COUNTRY_TOPICS`, for one country."""
    if asked.category and not asked.pools:
        others = [CATEGORY_NAMES[name] for name in CATEGORIES if name in asked.country.pools]
        return [
            words.say(
                "utter_country_no_pool",
                country=asked.name,
                category=CATEGORY_NAMES[asked.category],
                others=and_list(others),
            )
        ]
    return [words.say("utter_country_heading", country=asked.name), *_LINES[topic](asked, words)]


def _age_lines(asked: AskedCountry, words: Words) -> list[str]:
    return [
        words.say(
            "utter_country_line_age",
            category=CATEGORY_NAMES[pool.category],
            minimum=pool.ages.minimum,
            maximum=pool.ages.maximum,
        )
        + _doubt(pool, words, ages=True)
        for pool in asked.pools
    ]


def _stay_lines(asked: AskedCountry, words: Words) -> list[str]:
    lines = [
        words.say(
            "utter_country_line_stay", category=CATEGORY_NAMES[pool.category], months=pool.months
        )
        + _doubt(pool, words, months=True)
        for pool in asked.pools
    ]
    return [*lines, *_month_lines(asked.country.participations, words)]


def _category_lines(asked: AskedCountry, words: Words) -> list[str]:
    lines = []
    for pool in asked.pools:
        line = words.say(
            "utter_country_line_category",
            category=CATEGORY_NAMES[pool.category],
            minimum=pool.ages.minimum,
            maximum=pool.ages.maximum,
            months=pool.months,
        )
        conditions = "".join(f" {condition.text}" for condition in pool.conditions)
        lines.append(line + conditions + _doubt(pool, words, ages=True, months=True))
    return lines


def _residence_lines(asked: AskedCountry, words: Words) -> list[str]:
    if rule := asked.country.residence:
        return [words.say("utter_country_line_residence", places=_places(rule))]
    lines = [
        words.say(
            "utter_country_line_residence_category",
            category=CATEGORY_NAMES[pool.category],
            places=_places(pool.residence),
        )
        for pool in asked.pools
        if pool.residence
    ]
    return lines or [words.say("utter_country_line_no_residence")]


def _places(rule: ResidenceRule) -> str:
    places = and_list(map(country_name, rule.places), "or")
    return f"{places} ({rule.note})" if rule.note else places


def _participation_lines(asked: AskedCountry, words: Words) -> list[str]:
    rule = asked.country.participations
    if rule is None:
        return [words.say("utter_country_line_participations_unknown")]
    if rule.total == 1:
        lines = [words.say("utter_country_line_once")]
    else:
        lines = [words.say("utter_country_line_times", total=rule.total)]
        lines += _repeat_lines(rule, asked.country, words)
    if rule.later_total and rule.later_from:
        day = long_date(rule.later_from)
        lines.append(words.say("utter_country_line_later", day=day, total=rule.later_total))
    if rule.gap_months:
        lines.append(words.say("utter_country_line_gap", months=rule.gap_months))
    lines += _month_lines(rule, words)
    if rule.legacy_before:
        lines.append(words.say("utter_country_line_legacy", year=rule.legacy_before))
    return lines


def _repeat_lines(rule: ParticipationRule, country: Country, words: Words) -> list[str]:
    if not rule.repeat_stated:
        return [words.say("utter_country_line_repeat_unknown")]
    if not rule.once:
        return [words.say("utter_country_line_repeat")]
    if set(rule.once) == {frozenset({name}) for name in country.pools}:
        return [words.say("utter_country_line_no_repeat")]
    return [
        words.say("utter_country_line_once_in", categories=_category_names(group))
        for group in rule.once
    ]


def _category_names(group: frozenset[str]) -> str:
    return and_list((CATEGORY_NAMES[name] for name in CATEGORIES if name in group), "or")


def _month_lines(rule: ParticipationRule | None, words: Words) -> Iterable[str]:
    if rule and rule.second_months:
        yield words.say("utter_country_line_second_months", months=rule.second_months)
    if rule and rule.total_months:
        yield words.say("utter_country_line_total_months", months=rule.total_months)


def _doubt(pool: Pool, words: Words, *, ages: bool = False, months: bool = False) -> str:
    """Return what to add where a second source says something else about `pool`."""
    other = pool.other
    if other is None:
        return ""
    if other.ages is None or other.months is None:
        return " " + words.say("utter_country_other_not_listed")
    differing = [
        name
        for name, differs in {
            "ages": ages and other.ages != pool.ages,
            "months": months and other.months != pool.months,
        }.items()
        if differs
    ]
    if not differing:
        return ""
    return " " + words.say(
        f"utter_country_other_{'_'.join(differing)}",
        minimum=other.ages.minimum,
        maximum=other.ages.maximum,
        months=other.months,
    )


_LINES: Mapping[str, Callable[[AskedCountry, Words], list[str]]] = {
    "country_eligible": _category_lines,
    "iec_categories": _category_lines,
    "age_limit": _age_lines,
    "max_stay": _stay_lines,
    "second_participation": _participation_lines,
    "residence": _residence_lines,
    "dual_citizenship": _age_lines,
}
COUNTRY_TOPICS = frozenset(_LINES)
