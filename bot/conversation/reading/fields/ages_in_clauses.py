"""Ages told in other words than "I am 24": birthdays, "aged 24", "24 next month", "it's 27"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.fields.ages import (
    VAGUE,
    from_birth,
    from_birthday,
    is_plausible,
)
from bot.conversation.reading.words.number_words import WEEKDAYS

_PAST = frozenset("was were celebrated had yesterday ago turned past last".split())
_PAST_YEARS = ({"^", "last", "year", "$"}, {"^", "in", "NUM", "$"})
_SAYS_THE_RIGHT_ONE = frozenset("it its is am i actually should be my age".split())
_NOT_THAT = frozenset("^ $ it is i am my age not NUM".split())
_PERSONS = frozenset({"student", "DEM", "person", "holder", "citizen", "passport", "graduate"})
_BIRTH = frozenset("born birth birthday baby".split())
_NO_BIRTH_OF_ONE = frozenset("since until permit visa expires valid issued".split())
_NAMING = (["i", "am"], ["name", "is"], ["this", "is"], ["it", "is"], ["name", "'s"])
_AFTER_A_NAME_AND_AGE = frozenset("from $ DEM year old and person student based living in".split())
_AFTER_A_PEOPLE_AND_AGE = frozenset(
    "$ from in at with and living student graduate person here looking working now years _ing"
    " who DEM currently not no senior junior based citizen passport single i my f m".split()
)
_MOVES_ON = frozenset("turn turning be become becoming hit hitting reach reaching".split())
_AHEAD = frozenset("will going about turning become becoming hitting reaching".split())
_AT_A_TIME = frozenset("in next come this on by tomorrow soon at".split())
_YOUNGEST_BARE, _OLDEST_BARE = 16, 45
_SINCE = frozenset({"since", "when", "until"})
_CELEBRATES = frozenset({"celebrate", "celebrated", "celebrating"})
_JUST = frozenset({"recently", "just", "already"})
_REACHED = frozenset("gone turn turned hit reached reach become became".split())
_DENIALS = frozenset("not no never without nor neither".split())
_PAST_DAYS = WEEKDAYS | {"ago", "yesterday", "last"}
_FILLS = frozenset({"complete", "completing", "fulfil"})
_MERELY = frozenset("i am only just still".split())
_LATELY = (["last", "month"], ["last", "week"], ["yesterday", "$"], ["today", "$"])
_SHORT_OF = frozenset({"away", "shy", "short"})
_SPANS = frozenset({"month", "week", "day", "days"})
_COMING = frozenset({"next", "soon", "tomorrow"})
_OF_RULES = frozenset("limit max maximum cutoff minimum".split())
_OF_AGE = frozenset({"age", "old", "life", "$"})
_NOT_AN_AGE = frozenset(
    "month week day days hour hours minutes dollar percent km experience was when until".split()
)


def from_clauses(clauses: Sequence[Clause], today: date) -> Iterator[Fact]:
    """Yield age and date of birth as the speaker's own clauses tell them."""
    for position, clause in enumerate(clauses):
        before = clauses[position - 1].words if position else frozenset()
        in_the_past = "ago" in before or before in _PAST_YEARS
        if _is_put_right(clause, before):
            number = next(word for word in clause.said.words if word.text == "NUM")
            yield fact("age", int(number.value), [number])
        elif {"between", "either"} & before or in_the_past or _OF_RULES & clause.words:
            continue
        elif clause.about is About.SPEAKER:
            yield from _ages(clause, today, described=len(clauses) > 1)


def _is_put_right(clause: Clause, before: frozenset[str]) -> bool:
    """Tell whether a clause gives the right age after "not 26"."""
    said = [word for word in clause.said.words if word.kind != "edge"]
    numbers = [word for word in said if word.text == "NUM"]
    return (
        len(numbers) == 1
        and is_plausible(numbers[0].value)
        and {"not", "NUM"} <= before <= _NOT_THAT
        and {word.text for word in said} <= _SAYS_THE_RIGHT_ONE | {"NUM", "year", "old"}
    )


def _births(clause: Clause, today: date, *, described: bool) -> Iterator[Fact]:
    """Yield what a date beside a word of birth states: "a 10 June 2005 baby"."""
    came = {"world", "into"} <= clause.words or {"world", "this"} <= clause.words
    bare = described and clause.texts[1:-1] == ["DATE"]
    came = came or ("DATE", "kid") in pairwise(clause.texts)
    if not (bare or came or _BIRTH & clause.words) or _NO_BIRTH_OF_ONE & clause.words:
        return
    dates = [word for word in clause.said.words if word.text == "DATE"]
    if len(dates) == 1:
        yield from from_birth(dates[0], today)


def _ages(clause: Clause, today: date, *, described: bool) -> Iterator[Fact]:
    words, texts = clause.said.words, clause.texts
    yield from _births(clause, today, described=described)
    for position, word in enumerate(words):
        after = words[position + 1 : -1]
        if not word.value or _is_denied(texts, position):
            continue
        birthday = texts[position + 1] == "birthday"
        coming = texts[position - 1] == "my" and texts[position + 1 : position + 3] == [
            "is",
            "coming",
        ]
        celebrated = birthday or coming or not _CELEBRATES.isdisjoint(texts[:position])
        if word.text == "ORD" and celebrated and is_plausible(word.value):
            past = bool(_PAST & clause.words) and _AHEAD.isdisjoint(texts[:position])
            if past and _JUST & clause.words:
                yield fact("age", int(word.value), [word])
                continue
            yield from from_birthday(
                int(word.value), [word], after[birthday:], today, turning=not past
            )
        elif (
            word.text == "ORD"
            and is_plausible(word.value)
            and {"next", "birthday"} <= set(texts[:position])
        ):
            yield fact("age", int(word.value) - 1, [word])
        elif (word.text == "ORD" and texts[position - 1] == "my" and is_plausible(word.value)) and (
            (texts[position + 1] == "was" and _PAST_DAYS & clause.words)
            or texts[position + 1] in ("today", "yesterday")
        ):
            yield fact("age", int(word.value), [word])
        elif word.text == "NUM" and is_plausible(word.value) and not clause.wishes_before(position):
            if (_REACHED | {"be", "soon"}) & set(texts[position - 1 : position]) and _is_to_come(
                texts[:position]
            ):
                yield fact("age", int(word.value) - 1, [word])
            elif (
                texts[position - 1] in _MOVES_ON
                and _AHEAD & set(texts[:position])
                and texts[position + 1] != "until"
                and not _SHORT_OF & clause.words
            ):
                yield from from_birthday(int(word.value), [word], after, today, turning=True)
            elif (
                _REACHED & set(texts[position - 1 : position])
                and _SINCE.isdisjoint(texts[:position])
                and (_PAST | {"have"} | _JUST) & set(texts)
                and (_PAST & clause.words or texts[position + 1] == "$")
            ):
                yield fact("age", int(word.value), [word])
            elif texts[position - 1] in _FILLS and texts[position + 1] == "year":
                yield from from_birthday(int(word.value), [word], after[1:], today, turning=True)
            elif (
                described
                and set(texts[1:position]) <= _MERELY
                and texts[position + 1 : position + 3] in _LATELY
            ):
                yield fact("age", int(word.value), [word])
            elif position > 2 and _SHORT_OF & clause.words and _SPANS & set(texts[:position]):
                yield fact("age", int(word.value) - 1, [word])
            elif _is_told(texts, position) or (
                _YOUNGEST_BARE <= word.value <= _OLDEST_BARE
                and len(word.raw) == 2
                and _stands_beside_a_person(clause, position)
            ):
                yield fact("age", int(word.value), [word])
            elif (
                (described or position > 1)
                and set(texts[1:position]) <= _MERELY | {"will", "be", "age"}
                and texts[position + 1] in _AT_A_TIME
            ):
                yield from from_birthday(int(word.value), [word], after, today, turning=True)


def _is_denied(texts: Sequence[str], position: int) -> bool:
    """Tell whether "not" stands before a number or right after it: "24 is not my age"."""
    return not _DENIALS.isdisjoint(texts[:position]) or "not" in texts[position + 1 : position + 3]


def _is_to_come(before: Sequence[str]) -> bool:
    """Tell whether "31" is turned later: "next week I turn 31", "in January I turn 31"."""
    if before[-2:] == ["will", "be"] and "in" in before and _SPANS & set(before):
        return True
    return bool(_COMING & set(before)) or (
        "MONTH" in before and (before[-1] in ("turn", "become") or before[-2:] == ["will", "be"])
    )


def _stands_beside_a_person(clause: Clause, position: int) -> bool:
    """Tell whether a number follows who one is: "I'm Tom 21 from Norway", "Estonian girl 29"."""
    texts = clause.texts
    before, after = texts[1:position], texts[position + 1]
    if VAGUE & set(before):
        return False
    if after == "year":
        raw = clause.said.words[position + 1].raw.casefold()
        yo = raw.startswith(("yo", "y.o", "y/o")) and texts[position + 2] not in (
            "of",
            "experience",
        )
        return yo and set(before) <= _OPENS
    a_name = clause.said.doc[position - 1].orth_ == "_" and before[-3:-1] in _NAMING
    named = a_name and len(before) in (3, 4) and after in _AFTER_A_NAME_AND_AGE
    while before and before[0] in _OPENS - {"DEM", "NUM"}:
        before = before[1:]
    a_people = before[:1] == ["DEM"] and set(before[1:]) <= _PERSONS | {"and", "here", ","}
    named = named or (a_name and before[:1] == ["me"] and len(before) == 2)
    return named or (a_people and (after in _AFTER_A_PEOPLE_AND_AGE or _goes_on(texts, position)))


_OPENS = frozenset("i am a an just only DEM person from CTRY here NUM year old student".split())


def _goes_on(texts: Sequence[str], position: int) -> bool:
    """Tell whether a word that measures nothing follows the number."""
    return texts[position + 1] not in _NOT_AN_AGE | {
        "to",
        "or",
        "limit",
        "max",
        "NUM",
        "%",
        "of",
        "-",
    }


def _is_told(texts: Sequence[str], position: int) -> bool:
    """Tell whether the number at `position` can only be an age."""
    before, after = texts[max(0, position - 3) : position], texts[position + 1 : position + 3]
    measured = after == ["year", "of"] and texts[position + 3] not in _OF_AGE
    if measured or VAGUE & set(before) or _NOT_AN_AGE & {*before, *after} or after == ["to", "NUM"]:
        return False
    if before[-2:] == ["DEM", "age"]:
        return False
    if after[:1] in (["next"], ["in"]) and after[1:] in (["MONTH"], ["DATE"]):
        return False
    if after in (["international", "age"], ["western", "age"], ["in", "western"]) or after == [
        "today",
        "$",
    ]:
        return True
    if before[-1] in ("age", "aged") or before[-2:] == ["age", "of"]:
        return True
    if after in (["in", "age"], ["of", "age"], ["by", "age"]):
        return True
    if {"both", "all"} & set(before[-1:]) or after == ["age", "$"]:
        return True
    return after in (["year", "old"], ["old", "$"], ["year", "young"], ["year", "of"]) or (
        after == ["year", "$"] and before[-1] in ("count", "have", "i")
    )
