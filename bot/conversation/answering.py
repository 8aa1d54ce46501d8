"""From a topic, and the countries named in a question, to an answer: response, values, source.

A plain topic is answered by `utter_faq/<topic>`. Where the rule depends on citizenship and the
question names a country, `utter_country_<topic>` answers from that country's data instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.conversation.words import Words, and_list
from bot.knowledge import (
    CATEGORIES,
    CATEGORY_NAMES,
    Country,
    CountryStatus,
    Knowledge,
    ParticipationRule,
    Pool,
    ResidenceRule,
    Source,
    long_date,
)
from bot.knowledge.country_names import country_name
from bot.knowledge.topics import PRESCREEN, Topic, topics

MOST_COUNTRIES = 3
ALL_SEASONS = "all"
PRESCREEN_BUTTON = {"title": "Check if I qualify", "payload": "/start_prescreening"}

_CATEGORY_WORDS = {
    "working_holiday": r"work(?:ing)?[ -]?hol+idays?|\bwhv?\b",
    "young_professionals": r"y(?:o)?ung[ -]?prof+es+ion+als?|\byp\b|\bvie\b",
    "international_coop": r"\bco[ -]?op\b|\binterns?(?:hips?)?\b",
}


@dataclass(frozen=True)
class Answer:
    """What to utter: `response` with `values`, then `utter_source` with `source_line`; buttons."""

    response: str
    values: Mapping[str, str]
    source_line: Mapping[str, str]
    buttons: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class _Asked:
    """A country of the question, and those of its pools that the question is about."""

    name: str
    country: Country
    pools: tuple[Pool, ...]
    category: str | None


def answer(
    topic: str,
    countries: Sequence[str],
    category: str | None,
    knowledge: Knowledge,
    words: Words,
) -> Answer:
    """Return the answer to a question about `topic`.

    Args:
        topic: name of a topic of `bot.knowledge.topics`.
        countries: ISO codes named in the question, in its order; only the first three are answered.
        category: the category asked about, or None for all that a country has.
        knowledge: the active seasons.
        words: the texts of the domain; the lines of a country are made of them.

    Raises:
        KeyError: there is no such topic.
    """
    entry = topics()[topic]
    if topic in _LINES and countries:
        return _country_answer(entry, countries[:MOST_COUNTRIES], category, knowledge, words)
    season = knowledge.ro.id if entry.season == "ro" else knowledge.iec.id
    return Answer(
        response=f"utter_faq/{topic}",
        values=knowledge.figure_texts(),
        source_line=_source_line(_source(entry, knowledge), season),
        buttons=_buttons(entry),
    )


def category_in(text: str) -> str | None:
    """Return the one category that `text` names; None when it names none or several."""
    named = [name for name, word in _CATEGORY_WORDS.items() if re.search(word, text.casefold())]
    return named[0] if len(named) == 1 else None


def _country_answer(
    topic: Topic,
    countries: Sequence[str],
    category: str | None,
    knowledge: Knowledge,
    words: Words,
) -> Answer:
    season = knowledge.iec
    lines: list[str] = []
    sources: list[Source] = []
    any_open = False
    for iso in countries:
        country = season.country(iso)
        if country is not None and country.status is CountryStatus.ACTIVE:
            asked = _Asked(country_name(iso), country, _pools(country, category), category)
            lines += _block(topic.name, asked, words)
            sources += _country_sources(topic.name, asked)
            any_open = True
        else:
            status = country.status if country else CountryStatus.NO_AGREEMENT
            response = f"utter_country_status_{status.value}"
            lines.append(words.say(response, country=country_name(iso), season=season.id))
            sources.append(country.source if country else season.no_agreement_source)
    if any_open:
        lines += _carried_over(sources, season.id, words)
    return Answer(
        response=f"utter_country_{topic.name}" if any_open else "utter_country_closed",
        values={"lines": "\n".join(lines), "season": season.id, **knowledge.figure_texts()},
        source_line=_source_line(sources[0], season.id),
        buttons=_buttons(topic),
    )


def _pools(country: Country, category: str | None) -> tuple[Pool, ...]:
    wanted = (category,) if category else CATEGORIES
    return tuple(country.pools[name] for name in wanted if name in country.pools)


def _block(topic: str, asked: _Asked, words: Words) -> list[str]:
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


def _age_lines(asked: _Asked, words: Words) -> list[str]:
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


def _stay_lines(asked: _Asked, words: Words) -> list[str]:
    lines = [
        words.say(
            "utter_country_line_stay", category=CATEGORY_NAMES[pool.category], months=pool.months
        )
        + _doubt(pool, words, months=True)
        for pool in asked.pools
    ]
    return [*lines, *_month_lines(asked.country.participations, words)]


def _category_lines(asked: _Asked, words: Words) -> list[str]:
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


def _residence_lines(asked: _Asked, words: Words) -> list[str]:
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


def _participation_lines(asked: _Asked, words: Words) -> list[str]:
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


_LINES: Mapping[str, Callable[[_Asked, Words], list[str]]] = {
    "country_eligible": _category_lines,
    "iec_categories": _category_lines,
    "age_limit": _age_lines,
    "max_stay": _stay_lines,
    "second_participation": _participation_lines,
    "residence": _residence_lines,
    "dual_citizenship": _age_lines,
}


def _country_sources(topic: str, asked: _Asked) -> list[Source]:
    country = asked.country
    if topic == "second_participation" and country.participations:
        return [country.participations.source]
    if topic == "residence":
        rules = [country.residence, *(pool.residence for pool in asked.pools)]
        return [rule.source for rule in rules if rule] or [country.source]
    return [pool.source for pool in asked.pools] or [country.source]


def _carried_over(sources: Iterable[Source], season: str, words: Words) -> list[str]:
    """Return a warning when something was taken from a text that speaks of another season."""
    other = [source.season for source in sources if source.season not in (ALL_SEASONS, season)]
    return [words.say("utter_country_carried_over", season=other[0])] if other else []


def _source(topic: Topic, knowledge: Knowledge) -> Source:
    """Return the first of the topic's sources: a figure's own, or one of the registry."""
    for name in topic.sources:
        if name in knowledge.sources:
            return knowledge.sources[name]
        if figure := knowledge.figure(name):
            return figure.source
    raise KeyError(f"{topic.name}: none of its sources is known: {', '.join(topic.sources)}")


def _source_line(source: Source, season: str) -> dict[str, str]:
    return {
        "source": source.title,
        "season": season,
        "read": long_date(source.read),
        "url": source.url,
    }


def _buttons(topic: Topic) -> tuple[Mapping[str, str], ...]:
    return tuple(
        PRESCREEN_BUTTON
        if name == PRESCREEN
        else {"title": topics()[name].title, "payload": topics()[name].question}
        for name in topic.next
    )
