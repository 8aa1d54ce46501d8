"""Names of countries, peoples and towns as words of their kind, and towns beside their country."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.reading.words.countries import (
    ALSO_ENGLISH,
    COUNTRY,
    ONLY_ACCENTED,
    PLACE,
    SKIPPED,
    TOWN,
    find_names,
)
from bot.conversation.reading.words.joining import BELONGS_TO_COUNTRY
from bot.conversation.reading.words.patterns import KNOWN_WORDS
from bot.conversation.reading.words.towns import is_expected
from bot.conversation.reading.words.vocabulary import SYNONYMS
from bot.conversation.reading.words.word import Word

_LONGEST_TOWN = 3
_STATES = frozenset("republic kingdom principality state duchy federation".split())


def with_names(words: Sequence[Word]) -> list[Word]:
    """Put one word of the right kind in the place of each name of a country, people or town."""
    shouting = sum(word.raw.isupper() for word in words) > len(words) / 2 and len(words) > 2
    result: list[Word] = []
    done = 0
    for found in find_names([word.text for word in words]):
        covered = words[found.start : found.end]
        result += words[done : found.start]
        done = found.end
        if found.name.kind == SKIPPED:
            result += [word.named("_") for word in covered]
        elif _is_english(covered, words, found.end, shouting) or (
            found.name.kind == TOWN
            and not is_expected(result, covered, words[found.end : found.end + 1])
        ):
            result += covered
        else:
            if found.name.kind == COUNTRY:
                _drop_its_state(result)
            result.append(
                Word(
                    PLACE if found.name.kind == TOWN else found.name.kind,
                    covered[0].start,
                    covered[-1].end,
                    " ".join(word.raw for word in covered),
                    "name",
                    found.name.iso,
                )
            )
    return result + list(words[done:])


def _drop_its_state(before: list[Word]) -> None:
    """Drop what only says that a country is one: "the Republic of", "the"."""
    texts = [word.text for word in before[-2:]]
    if len(texts) == 2 and texts[0] in _STATES and texts[1] == "of":
        del before[-2:]
    if before and before[-1].text == "the":
        before.pop()


def _is_english(covered: Sequence[Word], words: Sequence[Word], end: int, shouting: bool) -> bool:
    """Tell whether a name is more likely an English word here: "us" in "can you tell us"."""
    if len(covered) > 1:
        return False
    if covered[0].text in ONLY_ACCENTED:
        return covered[0].raw.isascii()
    if covered[0].text not in ALSO_ENGLISH:
        return False
    if covered[0].raw.isupper():
        return shouting
    position = end - 1
    if position and words[position - 1].text in ("in", "from") and _ends_a_phrase(words, end):
        return False
    follows = SYNONYMS.get(words[end].text) if end < len(words) else None
    return follows not in BELONGS_TO_COUNTRY


def _ends_a_phrase(words: Sequence[Word], end: int) -> bool:
    return end == len(words) or words[end].kind in ("end", "mark")


def without_home_towns(words: Sequence[Word]) -> list[Word]:
    """Return "from Riga, Latvia" as "from Latvia"; a town need not be known to be left out."""
    result: list[Word] = []
    position = 0
    while position < len(words):
        position += _leads_to_its_country(words, position)
        result.append(words[position])
        position += 1
        if result[-1].text == "from" or _says_where_one_lives(result):
            end = position
            while (
                end < len(words) and end - position < _LONGEST_TOWN and _may_be_a_town(words[end])
            ):
                end += 1
            pause = end < len(words) and words[end].text == ","
            country = words[end + pause] if end + pause < len(words) else None
            if country and country.text == "in" and end + 1 < len(words):
                pause, country = True, words[end + 1]
            if country and country.text == COUNTRY and end > position:
                certain = pause or words[end - 1].text == PLACE
                position = end + pause if certain else position
    return result


def _leads_to_its_country(words: Sequence[Word], position: int) -> int:
    """Return how many words before a country only name a town in it: "Lyon," in "Lyon, France"."""
    place = words[position]
    if place.text != PLACE:
        return 0
    pause = position + 1 < len(words) and words[position + 1].text in (",", "in")
    after = words[position + 1 + pause : position + 3 + pause]
    if not after or after[0].text != COUNTRY or after[0].value != place.value:
        return 0
    belongs = len(after) > 1 and after[1].text in BELONGS_TO_COUNTRY
    return 0 if belongs else 1 + pause


def _says_where_one_lives(words: Sequence[Word]) -> bool:
    return words[-1].text == "in" and words[-2:-1] != [] and words[-2].text in ("living", "live")


def _may_be_a_town(word: Word) -> bool:
    return word.text == PLACE or (word.kind == "word" and word.text not in KNOWN_WORDS)
