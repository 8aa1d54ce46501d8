"""Replies to "Which passport do you hold?", and words that add a further one."""

from __future__ import annotations

from bot.conversation.reading.fact import NOTHING, Reading
from bot.conversation.reading.fields.nationalities import FRACTIONS, find, is_unclear, named
from bot.conversation.reading.fields.unnamed_countries import unknown_country
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.tokens import fold

_FURTHER = frozenset({"aswell", "also", "too", "second", "another", "additionally", "plus"})
_A_LIST_OF_COUNTRIES = frozenset({"^", "$", "CTRY", "DEM", "DEMS", "and", ",", "both"})


def answer_nationalities(said: Said) -> Reading:
    """Read the reply to "Which passport do you hold?": every country named as one."""
    names = named(said)
    isos = list(dict.fromkeys(value for _, value in names))
    if is_unclear(said):
        return Reading(problem="chinese_passport_ambiguous")
    texts = set(said.texts())
    if isos and texts <= _A_LIST_OF_COUNTRIES and texts & {"and", ","}:
        return Reading(list(isos))
    stated = [each.value for each in find(said)]
    if stated:
        return Reading(stated[-1])
    if isos and "^Q" not in said.texts():
        if _is_descent(said, [position for position, _ in names]):
            return Reading(problem="nationality_not_clear")
        return Reading(list(isos))
    if isos and len(said.words) <= 4:
        return Reading(list(isos))
    return NOTHING if isos else unknown_country(said)


def _is_descent(said: Said, positions: list[int]) -> bool:
    """Tell whether two nationalities stand together as descent ("Irish American"), or by halves."""
    if any(said.words[p - 1].raw.casefold() in FRACTIONS for p in positions):
        return True
    together = any(
        said.words[p].text == said.words[p + 1].text == "DEM"
        and said.words[p + 1].value in ("US", "CA")
        for p in positions
    )
    return together and "dual" not in said.texts()


def adds_a_nationality(text: str) -> bool:
    """Tell whether a text names a further nationality: "I also have a German passport"."""
    return bool(_FURTHER & set(fold(text).replace(",", " ").replace(".", " ").split()))
