"""Finding countries, nationalities and well-known places among the words of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from bot.conversation.reading.words.geonames import country_of, town_ending
from bot.conversation.reading.words.patterns import VOCAB
from bot.conversation.reading.words.regions import REGIONS
from bot.conversation.reading.words.tokens import split
from bot.conversation.reading.words.towns import BEFORE_A_TOWN, may_follow
from bot.knowledge.country_names import country_names

COUNTRY, DEMONYM, PEOPLE, PLACE, REGION, SKIPPED = "CTRY", "DEM", "DEMS", "PLACE", "REGION", "SKIP"
"""What a name is: a country, an adjective or a person of it, several persons, a place in it, ..."""
TOWN = "TOWN"
"""A place only where a place is expected: "in Nice", "from Cork"."""

ALSO_ENGLISH = frozenset({"us", "bc"})
"""Names that are English words in lower case: read only when written in capitals."""
ONLY_ACCENTED = frozenset({"island", "roman"})
"""Native names that lose their meaning with their accents: "Ísland", "român"."""
EXTRA_NAMES = {
    "HK": (
        "bno",
        "bn o",
        "bn(o)",
        "bn(o",
        "british national overseas",
        "hong kong , china",
        "hong kong china",
    ),
    "TW": ("taiwan , china", "taiwan roc"),
    "MO": ("macau , china", "macao , china"),
    "US": ("the us",),
    "GB": ("the uk", "british isles"),
    "LU": ("lux",),
    "CD": ("congolese",),
    "DO": ("dominican",),
}
EXTRA_DEMONYMS = {
    "CH": ("suisse romande", "suisse romand"),
    "CA": ("french canadian", "french canadians", "quebecois", "quebecer"),
    "US": ("african american", "asian american"),
}


@dataclass(frozen=True)
class Name:
    """What a sequence of words names; `iso` is empty for regions and look-alikes."""

    kind: str
    iso: str


@dataclass(frozen=True)
class NameFound:
    """A name among the words, as positions `start` to `end`."""

    name: Name
    start: int
    end: int


@cache
def gazetteer() -> dict[tuple[str, ...], Name]:
    """Return every name, as its words, with what it names; its first owner keeps it."""
    names: dict[tuple[str, ...], Name] = {}

    def add(text: str, name: Name) -> None:
        key = tuple(word.text for word in split(text))
        if key:
            names.setdefault(key, name)
            if len(key) > 1 and "," not in key:
                names.setdefault(("".join(key),), name)

    for region in REGIONS:
        add(region, Name(REGION, ""))
    for iso, placenames in _table("places.yaml").items():
        for place in placenames:
            add(place, Name(PLACE, iso) if iso else Name(SKIPPED, ""))
    for iso, extra in EXTRA_NAMES.items():
        for text in extra:
            add(text, Name(DEMONYM if text in ("congolese", "dominican") else COUNTRY, iso))
    for iso, extra in EXTRA_DEMONYMS.items():
        for text in extra:
            add(text, Name(DEMONYM, iso))
    for iso, country in country_names().items():
        for text in (country.name, *country.aliases, *country.native):
            if country.name in country.demonyms and text == country.name:
                continue
            add(text, Name(COUNTRY, iso))
        for text in country.demonyms:
            add(text, Name(COUNTRY if text == country.name else DEMONYM, iso))
            add(_plural(text), Name(PEOPLE, iso))
    for iso, towns in _table("towns.yaml").items():
        for town in towns:
            add(town, Name(TOWN, str(iso)))
    return names


@cache
def _table(name: str) -> dict[str | None, list[str]]:
    table: dict[str | None, list[str]] = yaml.safe_load(
        Path(__file__).with_name(name).read_text(encoding="utf-8")
    )
    return table


def _plural(demonym: str) -> str:
    if demonym.endswith("man") and demonym != "German":
        return f"{demonym[:-3]}men"
    return demonym if demonym.endswith(("s", "sh", "ench", "utch", "ese")) else f"{demonym}s"


@cache
def words_worth_correcting() -> frozenset[str]:
    """Return what a misspelling may stand for: words of English names, and long names of towns."""
    english = [
        text
        for country in country_names().values()
        for text in (
            country.name,
            *country.aliases,
            *country.demonyms,
            *map(_plural, country.demonyms),
        )
        if text.isascii()
    ]
    towns = [
        town
        for towns in _table("places.yaml").values()
        for town in towns
        if " " not in town and len(town) > 5
    ]
    return frozenset(
        word.text for text in english + towns for word in split(text) if word.text.isalpha()
    )


@cache
def name_words() -> frozenset[str]:
    """Return every word that occurs in a name."""
    return frozenset(word for key in gazetteer() for word in key)


def is_name_word(word: str) -> bool:
    """Tell whether a word occurs in a name of the gazetteer, or is a town of GeoNames."""
    return word in name_words() or country_of(word) is not None


@cache
def _matcher() -> PhraseMatcher:
    matcher = PhraseMatcher(VOCAB)
    matcher.add("name", [Doc(VOCAB, words=list(key)) for key in gazetteer()])
    return matcher


def find_names(words: Sequence[str]) -> Iterator[NameFound]:
    """Yield the names among `words` from left to right, the longest first where they overlap.

    Towns of GeoNames are looked for only where a town may stand; the gazetteer's meaning wins.
    """
    known = name_words()
    doc = Doc(VOCAB, words=[word if word in known else "_" for word in words])
    spans = {(start, end) for _, start, end in _matcher()(doc)} | set(find_towns(words))
    free = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        name = _named(words[start:end])
        if start >= free and name:
            yield NameFound(name, start, end)
            free = end


def _named(words: Sequence[str]) -> Name | None:
    listed = gazetteer().get(tuple(words))
    iso = None if listed else country_of(" ".join(words))
    return Name(TOWN, iso) if iso else listed


def find_towns(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where towns of GeoNames stand among `words`, as starts and ends."""
    for start, word in enumerate(words[:-1], start=1):
        if word in BEFORE_A_TOWN and may_follow(words[max(0, start - 6) : start]):
            end = town_ending(words, start)
            if end > start:
                yield start, end
