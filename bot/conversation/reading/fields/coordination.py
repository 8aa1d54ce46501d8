"""Nationalities named in one breath: "Swiss and Chilean", "both Irish/British on paper".

Whoever states one of them states the other, unless it turns out to be something else ("I'm German
and English is hard").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from bot.conversation.reading.fact import Fact
from bot.conversation.reading.fields.other_countries import not_of_the_speaker
from bot.conversation.reading.words.said import Said

_LINKS = frozenset({"and", ","})
_BETWEEN = frozenset("also a an the part partly".split())
_LONGEST_LINK = 4
_GOES_ON = frozenset(
    "$ , passport citizen papers documents dual holder on in here NUM person student living thanks"
    " by from with through both but because at i too also looking wanting working who"
    " now double".split()
)
_NO_PEOPLE_BEFORE = frozenset("half quarter speak speaks between part not".split())


def with_those_joined(fact: Fact, said: Said) -> Fact:
    """Return the nationalities of `fact` with those that are joined to them."""
    words = said.words
    own = [
        position
        for position, word in enumerate(words)
        if word.text == "DEM"
        and fact.start <= word.start < fact.end
        and word.value in cast(list[str], fact.value)
    ]
    others = not_of_the_speaker(said) if own else set()
    pairs = list(_pairs(said.texts()))
    grown = set(own)
    for first, second in [*pairs, *pairs[::-1]]:
        if (first in grown) != (second in grown) and not others & {first, second}:
            grown |= {first, second}
    added = sorted(grown - set(own))
    if not added or any(words[position].value == "CA" for position in added):
        return fact
    isos = [words[position].value for position in sorted(grown)]
    return replace(
        fact,
        value=list(dict.fromkeys([*isos, *cast(list[str], fact.value)])),
        start=min(fact.start, words[added[0]].start),
        end=max(fact.end, words[added[-1]].end),
    )


def _pairs(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where two names of peoples stand side by side."""
    for first, text in enumerate(texts):
        if text != "DEM" or texts[first - 1] in _NO_PEOPLE_BEFORE:
            continue
        one = texts[first + 1 : first + 4] == ["NUM", "and", "the"]
        if texts[first + 1 + one] not in _LINKS:
            continue
        second = first + 2 + one
        while second - first < _LONGEST_LINK and texts[second] in _BETWEEN:
            second += 1
        if texts[second] != "DEM" or texts[second + 1] not in _GOES_ON:
            continue
        listed = texts[first + 1] == ","
        if not listed or {"passport", "citizen", "dual"} & set(texts[second + 1 : second + 3]):
            yield first, second
