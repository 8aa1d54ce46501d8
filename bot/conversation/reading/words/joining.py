"""Joining words that mean one thing together: "co op", "right now", "living and working"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.reading.words.countries import COUNTRY, DEMONYM, PLACE
from bot.conversation.reading.words.vocabulary import PAIRS
from bot.conversation.reading.words.word import Word

BELONGS_TO_COUNTRY = frozenset({"passport", "citizen", "person"})
_LIVES_AND = (["living", "and"], ["live", "and"])
_LIVING_AND = frozenset({"working", "studying", "work", "study"})


def joined(words: Sequence[Word]) -> list[Word]:
    """Join pairs that mean one word; a country before "passport" or "citizen" is a nationality."""
    result: list[Word] = []
    words = _listed(words)
    for position, word in enumerate(words):
        if word.text in _LIVING_AND and [w.text for w in result[-2:]] in _LIVES_AND:
            result.pop()
            continue
        if word.text in ("of", "di", "de", "van", "von", "af") and _says_an_age_of(
            result, words[position + 1 : position + 3]
        ):
            continue
        if word.raw == "/" and _stands_between_countries(words, position):
            word = word.named("and")
        if word.text == "and" and _spans(result, words[position + 1 : position + 2]):
            word = word.named("to")
        before = result[-1] if result else None
        if word.text in _COMES_ALONG and _is_of_a_young_one(result):
            result.append(Word("kid", word.start, word.start, "", "implied"))
        if word.text in _YOUNG_ONES and _is_dear(result) and word.raw.casefold() in _DEAR:
            word = word.named("kid")
        if (
            before
            and before.text == "NUM"
            and word.text in ("way", "ways")
            and before.value in (1, 2)
        ):
            result[-1] = before.named("oneway" if before.value == 1 else "return")
            continue
        if before and (before.text, word.text) in PAIRS:
            result.pop()
            texts = PAIRS[before.text, word.text]
            result += [Word(text, before.start, word.end, before.raw, "word") for text in texts]
            continue
        if word.raw.casefold() == "course" and _is_said_of(result):
            result.pop()
            word = word.named("obviously")
        elif word.raw.casefold() == "course" and before and before.text == "of":
            result[-1] = before.named("of_course")
            continue
        if word.text in ("de", "da", "di") and _is_a_place(words[position + 1 : position + 2]):
            word = word.named("from")
        if word.text in ("en", "em") and _is_a_place(words[position + 1 : position + 2]):
            word = word.named("in")
        belongs = word.text in BELONGS_TO_COUNTRY or word.raw.casefold() == "one"
        if before and belongs and before.text == COUNTRY:
            result[-1] = before.named(DEMONYM)
        result.append(word)
    return result


def _is_said_of(before: Sequence[Word]) -> bool:
    """Tell whether "of course" follows who one is: no course of studies."""
    return [word.text for word in before[-1:]] == ["of"] and (
        len(before) == 1 or before[-2].kind in ("name", "end", "mark")
    )


def _is_a_place(after: Sequence[Word]) -> bool:
    return bool(after) and after[0].text in (COUNTRY, PLACE)


def _listed(words: Sequence[Word]) -> Sequence[Word]:
    """Return "what I don't have: a job, money" as "I do not have a job or money"."""
    if not any(word.raw in _OPENS_A_LIST for word in words):
        return words
    texts = [word.text for word in words]
    start = 0
    result: list[Word] = []
    for position, word in enumerate(words):
        heading = tuple(texts[start:position])
        if word.raw in _OPENS_A_LIST and heading in _HEADINGS:
            said = _HEADINGS[heading]
            end = next(
                (i for i in range(position, len(words)) if words[i].kind == "end"), len(words)
            )
            items = [
                each.named("or") if "not" in said and each.text in (",", "and") else each
                for each in words[position + 1 : end]
            ]
            place = words[start]
            owned = [Word(text, place.start, word.end, place.raw, "word") for text in said]
            return [*result[: len(result) - len(heading)], *owned, *items, *_listed(words[end:])]
        if word.kind == "end":
            start = position + 1
        result.append(word)
    return words


_OPENS_A_LIST = frozenset({":", "-", "=", "->"})
_OWNED, _LACKED = ("i", "have"), ("i", "do", "not", "have")
_HEADINGS = {
    tuple(heading.split()): said
    for said, headings in {
        _OWNED: "what i have|what i have now|what i have have|what i have already|i have|have|"
        "already have|things i have|here is what i have|what i do have|have have|have already",
        _LACKED: "what i do not have|what i do not have yet|what i have not have|missing|"
        "what i have not have yet|still missing|what is missing|do not have|not have|"
        "things i do not have|what i miss|what i am missing|what i lack|do not have yet|lacking",
    }.items()
    for heading in headings.split("|")
}


_COMES_ALONG = frozenset("who that with coming comes along joining joins is will would".split())


def _is_of_a_young_one(before: Sequence[Word]) -> bool:
    """Tell whether "my 3 year old" or "a 5 year old" stands before, and names nobody yet."""
    texts = [word.text for word in before[-4:]]
    owned = texts[1:] == ["NUM", "year", "old"] and texts[0] in ("a", "an", "my", "our")
    return owned and before[-3].value < _GROWN_UP


_GROWN_UP = 18
_DEAR = frozenset({"boy", "girl", "lad", "boys", "girls", "lads"})
_YOUNG_ONES = frozenset({"person", "boys", "girls", "lads"})


def _is_dear(before: Sequence[Word]) -> bool:
    """Tell whether "my", "our" or "my little" stands before, as in "my boy"."""
    texts = [word.text for word in before[-2:]]
    return texts[-1:] in (["my"], ["our"]) or (
        texts[:1] in (["my"], ["our"])
        and texts[-1] in ("little", "wee", "NUM", "eldest", "youngest")
    )


def _says_an_age_of(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Tell whether "of" stands in "a student of 25 years"."""
    described = bool(before) and before[-1].text in (DEMONYM, "student", "person")
    texts = [word.text for word in after]
    return described and (
        texts == ["NUM", "year"] or (texts[:1] == ["NUM"] and len(after[0].raw) == 2)
    )


def _spans(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Tell whether "and" stands in "between 3 and 4k"."""
    ends = [word.text for word in (*before[-2:], *after)]
    return ends == ["between", "NUM", "NUM"]


def _stands_between_countries(words: Sequence[Word], position: int) -> bool:
    beside = words[max(0, position - 1) : position + 2 : 2]
    return len(beside) == 2 and all(word.text in (COUNTRY, DEMONYM) for word in beside)
