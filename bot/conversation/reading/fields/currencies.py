"""Of which currency an amount of money is: Canadian dollars, or another one.

A bare amount and "dollars" may be Canadian; "CAD", "C$" and "Canadian" say so.
"""

from __future__ import annotations

from itertools import pairwise

from bot.conversation.reading.clauses import Clause
from bot.conversation.reading.words.number_words import CURRENCIES, CURRENCY_SIGNS
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

_PEOPLES = frozenset({"DEM", "CTRY"})
_MONEY_BEFORE = frozenset({"¤", "dollar"})
_LONGEST_CURRENCY = 5
_CANADIAN = frozenset({"cad", "cads", "c$", "ca$", "loonies"})
_C = frozenset({"c", "ca", "can", "cad", "cdn"})


def names_the_currency(clause: Clause | None) -> bool:
    """Tell whether a clause only adds of what money was told: "6000, Canadian", "10k (CAD)"."""
    if clause is None or len(clause.texts) > _LONGEST_CURRENCY:
        return False
    word = clause.said.words[1]
    canadian = (word.text == "DEM" and word.value == "CA") or word.raw.casefold() in _CANADIAN
    return canadian and set(clause.texts[2:-1]) <= {"dollar", "that", "is"}


def is_canadian(said: Said, position: int) -> bool:
    """Tell whether the amount is said to be in Canadian dollars, not in dollars of any country."""
    beside = said.words[max(0, position - 2) : position + 3]
    dollars = any(word.text == "dollar" for word in beside)
    named = any(
        (word.text in ("DEM", "DEMS") and word.value == "CA")
        or (word.text == "CTRY" and word.value == "CA" and dollars)
        or word.raw.casefold() in _CANADIAN
        or (word.text == "dollar" and word.raw.casefold() in _C)
        for word in beside
    )
    named = named or any(
        first.text == "DEM" and first.value == "CA" and second.text in ("money", "dollar")
        for first, second in pairwise(said.words)
    )
    return (named or _converted(said)) and not foreign(said, position)


def _converted(said: Said) -> bool:
    """Tell whether the amount is said to be what money comes to "in CAD"."""
    return any(
        first.text in ("in", "to", "into") and second.raw.casefold() in _CANADIAN
        for first, second in pairwise(said.words)
    )


def currency(said: Said, position: int) -> str | None:
    """Return the currency that stands beside the number at `position`: "CAD", another, or None."""
    farther, before = said.words[position - 2], said.words[position - 1]
    of_money = before.text in _MONEY_BEFORE or before.kind == "mark"
    beside = (
        *said.words[position + 1 : position + 3],
        *((farther, before) if of_money or farther.text not in _PEOPLES else (before,)),
    )
    for word in beside:
        foreign = foreign_currency(word)
        if foreign:
            return foreign
    for word in (
        *said.words[position + 1 : position + 2],
        *said.words[max(0, position - 1) : position],
    ):
        if word.text in _MONEY_BEFORE or (word.kind == "mark" and word.raw == "$"):
            return "CAD"
    near = said.words[position + 1 : position + 3]
    return "CAD" if any(word.text == "dollar" for word in near) else None


def foreign_currency(word: Word) -> str | None:
    if word.kind == "mark":
        return CURRENCY_SIGNS.get(word.raw)
    if word.kind == "word":
        return CURRENCIES.get(word.raw.casefold())
    if word.text in _PEOPLES and word.value not in ("CA",):
        return "OTHER"
    return None


def foreign(said: Said, position: int) -> bool:
    return currency(said, position) not in (None, "CAD")
