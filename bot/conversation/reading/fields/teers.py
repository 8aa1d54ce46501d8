"""The TEER of a job, told anywhere in a clause: "TEER of the job is 3", "the code is 21232"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.conversation.reading.clauses import About, Clause, clauses
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

HIGHEST = 5
NOC_DIGITS = 5
_TOLD_OF_A_JOB = frozenset(
    "noc code codes classified classification class categorised categorized job position role work"
    " occupation offer contract teer listed falls hr employer boss hired".split()
)
_OF_A_CODE = frozenset(
    "noc code codes classify classified classification teer categorised occupation".split()
)
_OF_AN_OFFER = frozenset("contract offer noc teer signed hired".split())
_LONGEST_WITH_A_CODE = 9
_GROUPS = frozenset(
    "10 11 12 13 14 20 21 22 30 31 32 33 40 41 42 43 44 45 50 51 52 53 54 55 60 62 63 64 65 70 72"
    " 73 74 75 80 82 83 84 85 90 92 93 94 95".split()
)
"""The first two digits of the codes of NOC 2021: the branch and the TEER."""
_NO_CODE = frozenset(
    "dollar euro pound usd salary pays pay paying paid earn earns earning wage year annually funds"
    " saved have postal zip promo reference bank account cad saving"
    " application invitation discount phone tel file".split()
)
_OF_NAMED = frozenset(
    "he she his her friend brother sister cousin partner mate girlfriend boyfriend gf bf mum mom"
    " dad mother father uncle aunt colleague roommate flatmate twin".split()
)
_OF_RULES = frozenset(
    "must need needs accept accepted allowed qualify qualifies eligible only if whether or between"
    " should require requires every all any which either difference hope looking want"
    " know mean means great nice cool prefer ideally perfect wish ads"
    " ad mostly usually often adverts".split()
)
_HAVE_A_CODE = frozenset("it this that which job contract offer letter noc teer employer".split())
_KINDS_OF_WORK = frozenset({"jobs", "positions", "occupations", "roles", "works"})


def level(raw: str) -> int | str:
    """Return the TEER that a number stands for, or what is wrong with it.

    A five-digit code of NOC 2021 holds its TEER in the second digit; codes of four digits are of
    the NOC 2016, whose skill levels do not map onto TEER.
    """
    digits = raw if raw.isdigit() else ""
    if len(digits) == NOC_DIGITS:
        return int(digits[1]) if int(digits[1]) <= HIGHEST else "teer_out_of_range"
    if len(digits) == 4:
        return "teer_from_noc_2016"
    return int(digits) if digits and int(digits) <= HIGHEST else "teer_out_of_range"


def from_clauses(pieces: Sequence[Clause]) -> Iterator[Fact]:
    """Yield the TEER that a clause tells of a job, by its level or by its NOC code."""
    of_work = any(_OF_AN_OFFER & clause.words for clause in pieces)
    of_others = _of_others(pieces)
    for position, clause in enumerate(pieces):
        words = clause.words
        own = not _OF_NAMED & words and _OF_A_CODE & words
        if (clause.about is About.SOMEBODY_ELSE and not own) or clause in of_others:
            continue
        if clause.texts[1] == "not":
            continue
        if _OF_RULES & words or _KINDS_OF_WORK & {
            word.raw.casefold() for word in clause.said.words
        }:
            continue
        following = pieces[position + 1] if position + 1 < len(pieces) else None
        if {("not", "teer"), ("no", "teer")} & set(pairwise(clause.texts)):
            continue
        number = (
            _code(clause)
            or (of_work and _bare_code(clause))
            or ("teer" in words and _after_teer(clause, following))
        )
        if number:
            value = level(_digits(number))
            if isinstance(value, int):
                yield fact("teer", value, [number])


def of_others(said: Said) -> list[Clause]:
    """Return the clauses on somebody else's work: "Lena has NOC 21231", "my cousin: 29, teer 1"."""
    return _of_others(clauses(said))


def _of_others(pieces: Sequence[Clause]) -> list[Clause]:
    found: list[Clause] = []
    goes_on = False
    for clause in pieces:
        goes_on = _is_of_another(clause) or (goes_on and clause.about is About.SOMEBODY_ELSE)
        if goes_on:
            found.append(clause)
    return found


def _is_of_another(clause: Clause) -> bool:
    if _OF_NAMED & clause.words:
        return True
    raw = [word.raw.casefold() for word in clause.said.words]
    has = raw.index("has") if "has" in raw else 0
    return has == 2 and clause.texts[1] not in _HAVE_A_CODE and not clause.words & {"i", "my"}


def _code(clause: Clause) -> Word | None:
    no_code = _NO_CODE & clause.words
    if _OF_AN_OFFER & clause.words:
        no_code -= {"have"}
    told = (_OF_A_CODE | _TOLD_OF_A_JOB) & clause.words
    codes = [word for word in clause.said.words if _is_code(word)]
    return codes[0] if told and len(codes) == 1 and not no_code else None


def _bare_code(clause: Clause) -> Word | None:
    """Return a code that stands beside an offer told elsewhere: "contract for a cook, 63200"."""
    words = clause.said.words
    codes = [i for i, word in enumerate(words) if _is_code(word)]
    if len(codes) != 1 or len(words) > _LONGEST_WITH_A_CODE or _NO_CODE & clause.words:
        return None
    code = words[codes[0]]
    a_sum = code.raw.endswith("00") and "person" not in clause.words
    a_place = {"PLACE", "CTRY"} & {words[codes[0] - 1].text, words[codes[0] + 1].text}
    counts = words[codes[0] + 1].text not in ("$", "person")
    return code if not (a_sum or a_place or counts) else None


def _is_code(word: Word) -> bool:
    """Tell whether a number may be a code of NOC 2021, by its digits."""
    digits = len(word.raw) == NOC_DIGITS and word.raw.isdigit() and not word.raw.endswith("000")
    return digits and (word.raw[0] == "0" or word.raw[:2] in _GROUPS)


def _after_teer(clause: Clause, following: Clause | None) -> Word | None:
    """Return the one level that stands in the clause, or opens the next one after a pause."""
    words = clause.said.words
    levels = [word for word in words if word.text == "NUM" and len(_digits(word)) == 1]
    beside = [word for before, word in pairwise(words) if before.text == "teer" and word in levels]
    if len(beside) == 1 and len(levels) <= 2:
        return beside[0]
    if levels:
        return levels[0] if len(levels) == 1 and "NUM" not in _spans(clause) else None
    opening = following.said.words[1] if following else None
    short = following is not None and len(following.texts) <= 5
    return opening if opening and short and opening.text == "NUM" else None


def _spans(clause: Clause) -> list[str]:
    """Return what stands before a length of time: "teer is checked in 2 weeks"."""
    texts = clause.texts
    return [
        texts[i]
        for i in range(len(texts) - 1)
        if texts[i + 1] in ("year", "month", "week", "day", "days", "hours", "times", "weeks")
    ]


def _digits(word: Word) -> str:
    if word.raw.isdigit():
        return word.raw
    small = isinstance(word.value, float | int) and 0 <= word.value <= HIGHEST
    return str(int(word.value)) if small else ""
