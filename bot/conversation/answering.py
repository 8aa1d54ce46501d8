"""From a topic, and the countries named in a question, to an answer: response, values, source.

A plain topic is answered by `utter_faq/<topic>`. Where the rule depends on citizenship and the
question names a country, `utter_country_<topic>` answers from that country's data instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.conversation.country_lines import COUNTRY_TOPICS, AskedCountry, country_lines
from bot.conversation.reading import (
    countries_mentioned,
    is_about_oneself,
    names_countries_only,
    speaks_of_oneself,
)
from bot.conversation.words import Words
from bot.knowledge import (
    CATEGORIES,
    Country,
    CountryStatus,
    Knowledge,
    Pool,
    Source,
    long_date,
)
from bot.knowledge.country_names import country_name
from bot.knowledge.topics import PRESCREEN, Topic, topics

MOST_COUNTRIES = 3
HOST = "CA"
ALL_SEASONS = "all"
WITH_NOTHING_BEFORE = "country_eligible"
PRESCREEN_BUTTON = {"title": "Check if I qualify", "payload": "/start_prescreening"}

_CATEGORY_WORDS = {
    "working_holiday": r"work(?:ing)?[ -]?hol+idays?|\bwhv?\b",
    "young_professionals": r"y(?:o)?ung[ -]?prof+es+ion+als?|\byp\b|\bvie\b",
    "international_coop": r"\bco[ -]?op\b|\binterns?(?:hips?)?\b",
}
# Here a country without an agreement is where somebody lives, and their passport is another one.
_ABOUT_PARTNERS_ONLY = ("residence",)


@dataclass(frozen=True)
class Answer:
    """What to utter: `response` with `values`, then `utter_source` with `source_line`; buttons."""

    response: str
    values: Mapping[str, str]
    source_line: Mapping[str, str]
    buttons: tuple[Mapping[str, str], ...]


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
    if topic in COUNTRY_TOPICS and countries:
        return _country_answer(entry, countries, category, knowledge, words)
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


def topic_for_countries(text: str, before: str | None) -> str | None:
    """Return the topic that `text` asks about when it names countries and nothing else.

    "Germany?" goes on with the topic `before`, which had asked for a country, or else asks whether
    that country takes part. None when `text` says more, or only who its speaker is.
    """
    if not names_countries_only(text) or (before is None and speaks_of_oneself(text)):
        return None
    return before or WITH_NOTHING_BEFORE


def countries_asked_about(text: str, told: Sequence[str], before: Sequence[str]) -> list[str]:
    """Return the countries that the question `text` is about, as ISO codes.

    Those that it names; else, as "and how long?" goes on with the question before, those `before`
    it; else the passports that the visitor has `told`. "How long can I stay" is about these first.
    """
    first, then = (told, before) if is_about_oneself(text) else (before, told)
    return countries_mentioned(text) or list(first) or list(then)


def topic_to_go_on_with(topic: str) -> str | None:
    """Return `topic` if a country alone is a sensible next question to it, else None."""
    return topic if topic in COUNTRY_TOPICS else None


def _country_answer(
    topic: Topic,
    countries: Sequence[str],
    category: str | None,
    knowledge: Knowledge,
    words: Words,
) -> Answer:
    season = knowledge.iec
    partners = [iso for iso in countries if _is_partner(season.country(iso))]
    if partners and topic.name in _ABOUT_PARTNERS_ONLY:
        countries = partners
    countries = countries[:MOST_COUNTRIES]
    lines: list[str] = []
    sources: list[Source] = []
    for iso in countries:
        country = season.country(iso)
        if country is not None and iso in partners:
            asked = AskedCountry(country_name(iso), country, _pools(country, category), category)
            lines += country_lines(topic.name, asked, words)
            sources += _country_sources(topic.name, asked)
        else:
            lines.append(_closed(iso, country, season.id, words))
            sources.append(country.source if country else season.no_agreement_source)
    any_partner = not set(partners).isdisjoint(countries)
    if any_partner:
        lines += _carried_over(sources, season.id, words)
    return Answer(
        response=f"utter_country_{topic.name}" if any_partner else "utter_country_closed",
        values={"lines": "\n".join(lines), "season": season.id, **knowledge.figure_texts()},
        source_line=_source_line(sources[0], season.id),
        buttons=_buttons(topic),
    )


def _is_partner(country: Country | None) -> bool:
    return country is not None and country.status is CountryStatus.ACTIVE


def _closed(iso: str, country: Country | None, season: str, words: Words) -> str:
    if iso == HOST:
        return words.say("utter_country_host")
    status = country.status if country else CountryStatus.NO_AGREEMENT
    return words.say(
        f"utter_country_status_{status.value}", country=country_name(iso), season=season
    )


def _pools(country: Country, category: str | None) -> tuple[Pool, ...]:
    wanted = (category,) if category else CATEGORIES
    return tuple(country.pools[name] for name in wanted if name in country.pools)


def _country_sources(topic: str, asked: AskedCountry) -> list[Source]:
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
