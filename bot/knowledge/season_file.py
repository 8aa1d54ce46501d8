"""Reads one season's file: its figures and its countries. A figure without sources is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from bot.knowledge.model import (
    CATEGORIES,
    AgeRange,
    Condition,
    Confidence,
    Country,
    CountryStatus,
    Figure,
    FigureValue,
    OtherReading,
    ParticipationRule,
    Pool,
    ResidenceRule,
    Season,
    Source,
    long_date,
)
from bot.knowledge.strict_yaml import Entry

NEEDED_FIGURES = (
    "minimum_funds",
    "coop_teer",
    "coop_teer_review",
    "young_professionals_teer",
    "young_professionals_teer_review",
    "ro_upper_age",
    "ro_lifetime_participations",
    "ro_second_working_holiday_unclear",
)
"""Figures that a criterion compares with; a season without one of them is refused."""

UNITS = ("cad", "date", "moment", "number", "weeks", "age", "teer", "countries", "text")
NO_REPEAT = tuple(frozenset({category}) for category in CATEGORIES)

Sources = Mapping[str, Source]


def read_season(file: Entry, season: str, sources: Sources) -> Season:
    """Return the season that `file` describes.

    Raises:
        KnowledgeError: a value is missing, unknown or without source, with file and line.
    """
    parts = file.record(("season", "country_list", "figures", "countries"))
    if parts["season"].text() != season:
        parts["season"].refuse(f"the file is named after season {season}")
    figures = {
        name: _figure(name, entry, season, sources)
        for name, entry in parts["figures"].members().items()
    }
    for name in NEEDED_FIGURES:
        if name not in figures:
            parts["figures"].refuse(f"has no {name!r}, which a criterion needs")
    countries = {
        iso: _country(iso, entry, season, sources)
        for iso, entry in parts["countries"].members().items()
    }
    return Season(
        id=season,
        countries=MappingProxyType(countries),
        figures=MappingProxyType(figures),
        no_agreement_source=sources_of(parts["country_list"], sources)[0],
    )


def sources_of(entry: Entry, sources: Sources) -> tuple[Source, ...]:
    """Return the sources that a list names; an empty list or an unknown id is refused."""
    names = entry.items()
    if not names:
        entry.refuse("needs at least one source")
    return tuple(source_of(name, sources) for name in names)


def source_of(entry: Entry, sources: Sources) -> Source:
    """Return the source that `entry` names."""
    return sources[entry.one_of(sources)]


def _figure(name: str, entry: Entry, season: str, sources: Sources) -> Figure:
    fields = entry.record(("sources", "confidence"), (*UNITS, "note"))
    unit = next((unit for unit in UNITS if unit in fields), None)
    if unit is None:
        entry.refuse(f"has no value; a value is one of {', '.join(UNITS)}")
    value, text = _value(unit, fields[unit])
    return Figure(
        id=name,
        value=value,
        text=fields["text"].text() if "text" in fields else text,
        season=season,
        sources=sources_of(fields["sources"], sources),
        confidence=_confidence(fields["confidence"]),
        note=_note(fields),
    )


def _value(unit: str, entry: Entry) -> tuple[FigureValue, str]:
    if unit == "cad":
        amount = Decimal(entry.matching(r"\d{1,6}(\.\d\d)?", "172 or 179.75").group())
        return amount, f"CAD {amount:,}"
    if unit == "date":
        return entry.day(), long_date(entry.day())
    if unit == "moment":
        moment = entry.moment()
        return moment, f"{long_date(moment.date())} at {moment:%H:%M} UTC"
    if unit == "weeks":
        return entry.number(), f"about {entry.number()} weeks"
    if unit == "teer":
        levels = tuple(int(item.one_of("012345")) for item in entry.items())
        return levels, _listed(levels)
    if unit == "countries":
        return entry.texts(), ", ".join(entry.texts())
    if unit == "text":
        return entry.text(), entry.text()
    return entry.number(), str(entry.number())


def _listed(levels: tuple[int, ...]) -> str:
    *first, last = map(str, levels)
    return f"{', '.join(first)} or {last}" if first else last


def _country(iso: str, entry: Entry, season: str, sources: Sources) -> Country:
    if not re.fullmatch("[A-Z]{2}", iso):
        entry.refuse("a country is named by its two-letter code in upper case")
    if "status" in entry.members():
        return _country_without_pool(iso, entry, season, sources)
    fields = entry.record(("participations",), ("includes", "residence", *CATEGORIES))
    pools = {
        category: _pool(category, fields[category], season, sources)
        for category in CATEGORIES
        if category in fields
    }
    if not pools:
        entry.refuse("has neither a pool nor a status")
    first = next(iter(pools.values()))
    return Country(
        iso=iso,
        status=CountryStatus.ACTIVE,
        season=season,
        pools=MappingProxyType(pools),
        participations=_participations(fields["participations"], sources),
        residence=_residence(fields["residence"], sources) if "residence" in fields else None,
        includes=fields["includes"].texts() if "includes" in fields else (),
        note="",
        source=first.source,
        confidence=first.confidence,
    )


def _country_without_pool(iso: str, entry: Entry, season: str, sources: Sources) -> Country:
    fields = entry.record(("status", "sources", "confidence", "note"))
    statuses = [status.value for status in CountryStatus if status is not CountryStatus.ACTIVE]
    return Country(
        iso=iso,
        status=CountryStatus(fields["status"].one_of(statuses)),
        season=season,
        pools=MappingProxyType({}),
        participations=None,
        residence=None,
        includes=(),
        note=fields["note"].text(),
        source=sources_of(fields["sources"], sources)[0],
        confidence=_confidence(fields["confidence"]),
    )


def _pool(category: str, entry: Entry, season: str, sources: Sources) -> Pool:
    fields = entry.record(
        ("ages", "months", "sources", "confidence"),
        ("residence", "condition", "condition_to_review", "other", "note"),
    )
    return Pool(
        category=category,
        ages=_ages(fields["ages"]),
        months=fields["months"].number(),
        season=season,
        sources=sources_of(fields["sources"], sources),
        confidence=_confidence(fields["confidence"]),
        conditions=tuple(
            Condition(fields[name].text(), needs_review=name == "condition_to_review")
            for name in ("condition", "condition_to_review")
            if name in fields
        ),
        residence=_residence(fields["residence"], sources) if "residence" in fields else None,
        other=_other_reading(fields["other"], sources) if "other" in fields else None,
        note=_note(fields),
    )


def _other_reading(entry: Entry, sources: Sources) -> OtherReading:
    if "missing_in" in entry.members():
        missing_in = entry.record(("missing_in",))["missing_in"]
        return OtherReading(None, None, source_of(missing_in, sources))
    fields = entry.record(("ages", "months", "source"))
    return OtherReading(
        _ages(fields["ages"]), fields["months"].number(), source_of(fields["source"], sources)
    )


def _participations(entry: Entry, sources: Sources) -> ParticipationRule:
    numbers = (
        "gap_months",
        "total_months",
        "second_months",
        "legacy_before",
        "later_total",
    )
    fields = entry.record(("total", "repeat", "sources"), (*numbers, "later_from"))
    read = {name: fields[name].number() for name in numbers if name in fields}
    once, stated = _once(fields["repeat"])
    return ParticipationRule(
        total=fields["total"].number(),
        once=once,
        gap_months=read.get("gap_months", 0),
        total_months=read.get("total_months"),
        second_months=read.get("second_months"),
        legacy_before=read.get("legacy_before"),
        repeat_stated=stated,
        later_total=read.get("later_total"),
        later_from=fields["later_from"].day() if "later_from" in fields else None,
        source=sources_of(fields["sources"], sources)[0],
    )


def _once(entry: Entry) -> tuple[tuple[frozenset[str], ...], bool]:
    """The groups of categories within which one participation is allowed; is a repeat stated?"""
    try:
        groups = entry.items()
    except ValueError:
        word = entry.one_of(("never", "always", "unstated"))
        return (NO_REPEAT if word == "never" else ()), word != "unstated"
    return (
        tuple(frozenset(item.one_of(CATEGORIES) for item in group.items()) for group in groups),
        True,
    )


def _residence(entry: Entry, sources: Sources) -> ResidenceRule:
    fields = entry.record(("places", "sources"), ("unclear", "note"))
    return ResidenceRule(
        places=fields["places"].texts(),
        unclear=fields["unclear"].texts() if "unclear" in fields else (),
        note=_note(fields),
        source=sources_of(fields["sources"], sources)[0],
    )


def _ages(entry: Entry) -> AgeRange:
    match = entry.matching(r"(\d\d)-(\d\d)", "18-35")
    ages = AgeRange(int(match[1]), int(match[2]))
    if ages.minimum > ages.maximum:
        entry.refuse(f"{ages} ends before it begins")
    return ages


def _confidence(entry: Entry) -> Confidence:
    return Confidence(entry.one_of(each.value for each in Confidence))


def _note(fields: Mapping[str, Entry]) -> str:
    return fields["note"].text() if "note" in fields else ""
