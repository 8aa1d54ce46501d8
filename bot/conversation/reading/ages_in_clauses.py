"""Ages told in other words than "I am 24": birthdays, "aged 24", "24 next month", "it's 27"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.conversation.reading.ages import VAGUE, from_birthday, is_plausible
from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import Fact, fact

_PAST = frozenset("was were celebrated celebrate had yesterday ago turned past last".split())
_MISTAKEN = frozenset("wrote said typed put entered told gave chose picked wrong".split())
_SAYS_THE_RIGHT_ONE = frozenset("it its is am i actually should be my age".split())
_PERSONS = frozenset({"student", "DEM", "person", "holder", "citizen", "passport"})
_JUST = frozenset({"recently", "just", "already"})
_REACHED = frozenset("turn turned hit reached reach become became".split())
_SHORT_OF = frozenset({"away", "shy", "short"})
_TIMES = frozenset({"MONTH", "DATE", "yesterday", "last", "today"})
_SPANS = frozenset({"month", "week", "day", "days"})
_COMING = frozenset({"next", "soon", "tomorrow"})
_NOT_AN_AGE = frozenset(
    "month week day days hour hours minutes dollar percent km experience was when until".split()
)


def from_clauses(clauses: Sequence[Clause], today: date) -> Iterator[Fact]:
    """Yield age and date of birth as the speaker's own clauses tell them."""
    for position, clause in enumerate(clauses):
        before = clauses[position - 1].words if position else frozenset()
        if _is_put_right(clause, before):
            number = next(word for word in clause.said.words if word.text == "NUM")
            yield fact("age", int(number.value), [number])
        elif {"between", "either"} & before:
            continue
        elif clause.about is About.SPEAKER and not clause.denied:
            yield from _ages(clause, today, described=len(clauses) > 1)


def _is_put_right(clause: Clause, before: frozenset[str]) -> bool:
    """Tell whether a clause gives the right age after "I wrote 26"."""
    said = [word for word in clause.said.words if word.kind != "edge"]
    numbers = [word for word in said if word.text == "NUM"]
    return (
        len(numbers) == 1
        and is_plausible(numbers[0].value)
        and (bool(_MISTAKEN & before and "NUM" in before) or "age" in before)
        and {word.text for word in said} <= _SAYS_THE_RIGHT_ONE | {"NUM", "year", "old"}
    )


def _ages(clause: Clause, today: date, *, described: bool) -> Iterator[Fact]:
    words, texts = clause.said.words, clause.texts
    for position, word in enumerate(words):
        after = words[position + 1 : -1]
        if word.text == "ORD" and texts[position + 1] == "birthday" and is_plausible(word.value):
            past = bool(_PAST & clause.words)
            if past and _JUST & clause.words:
                yield fact("age", int(word.value), [word])
                continue
            yield from from_birthday(
                int(word.value), [word, after[0]], after[1:], today, turning=not past
            )
        elif word.text == "NUM" and is_plausible(word.value) and not clause.wishes_before(position):
            if _REACHED & set(texts[position - 1 : position]) and _is_to_come(texts[:position]):
                yield fact("age", int(word.value) - 1, [word])
            elif _REACHED & set(texts[position - 1 : position]) and _PAST & clause.words:
                yield fact("age", int(word.value), [word])
            elif position > 2 and _SHORT_OF & clause.words and _SPANS & set(texts[:position]):
                yield fact("age", int(word.value) - 1, [word])
            elif _is_told(texts, position):
                yield fact("age", int(word.value), [word])
            elif described and position == 1 and texts[2:3] in (["in"], ["next"]):
                yield from from_birthday(int(word.value), [word], after, today, turning=True)
            elif (
                texts[1:position] in ([], ["i", "am"])
                and texts[position + 1] in ("until", "since")
                and texts[position + 2] in _TIMES
            ):
                yield fact("age", int(word.value), [word])


def _is_to_come(before: Sequence[str]) -> bool:
    """Tell whether "31" is turned later: "next week I turn 31", "in January I turn 31"."""
    return bool(_COMING & set(before)) or (before[-1] in ("turn", "become") and "MONTH" in before)


def _is_told(texts: Sequence[str], position: int) -> bool:
    """Tell whether the number at `position` can only be an age."""
    before, after = texts[max(0, position - 3) : position], texts[position + 1 : position + 3]
    if VAGUE & set(before) or _NOT_AN_AGE & {*before, *after}:
        return False
    if before[-1] in ("age", "aged") or before[-2:] == ["age", "of"]:
        return True
    if before[-1] in _PERSONS and after[:1] == ["year"]:
        return True
    if {"both", "all"} & set(before[-1:]) or after == ["age", "$"]:
        return True
    return after in (["year", "old"], ["old", "$"], ["year", "young"], ["year", "of"]) or (
        after == ["year", "$"] and before[-1] in ("count", "have", "i")
    )
