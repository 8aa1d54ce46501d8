"""Who comes along: what several clauses say of a partner or child together.

"My wife and our baby (2) are flying over with me" names them in pieces, and "he'll come along" says
of whom it speaks only after the clause before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.people_at_hand import FAMILY
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

_PRONOUNS = frozenset({"he", "she", "they", "shes", "hes", "both"})
_LONGEST_NAME = 5
_OPENING = 5
_NAMES_THEM = frozenset(
    "my our a the and me NUM year old month little one small baby with also plus DEM two three"
    " person future newborn 's of long term young eldest youngest wee 2nd ORD".split()
)
_GOES_ON = frozenset(
    "is are come comes coming will would travel travelling fly flying move moving go going i join"
    " joining also both together NUM year old all on included".split()
)


def with_those_meant(clauses: Sequence[Clause]) -> list[Clause]:
    """Join a clause to those before that only name the partner or child of whom it speaks."""
    if all(FAMILY.isdisjoint(clause.words) and not _implied(clause) for clause in clauses):
        return list(clauses)
    joined: list[Clause] = []
    family: Clause | None = None
    implied: Word | None = None
    for clause in clauses:
        if implied and _comes_too(clause) and FAMILY.isdisjoint(clause.words):
            start, *rest = clause.said.words
            clause = replace(clause, said=Said((start, implied, *rest)))
        implied = _implied(clause) or (implied if _of_them(clause) else None)
        if family and _comes_too(clause) and FAMILY.isdisjoint(joined[-1].words | clause.words):
            words = (*family.said.words[:-1], *clause.said.words[1:])
            clause = replace(clause, said=Said(words))
        family = clause if FAMILY & clause.words else family if _of_them(clause) else None
        if joined and _is_of(joined[-1], clause):
            before = joined.pop()
            words = (*before.said.words[:-1], *clause.said.words[1:])
            clause = replace(before, said=Said(words))
        joined.append(clause)
    return joined


def _implied(clause: Clause) -> Word | None:
    """Return the partner or child of whom a clause tells without a word for them, if any.

    A single mother has a child; who is married, or lives somewhere "for love", has a partner.
    """
    if _PARENTS.isdisjoint(clause.words) and clause.words.isdisjoint({"love", "married"}):
        return None
    pairs = set(pairwise(clause.texts))
    somebody = None
    if any(("single", parent) in pairs or ("solo", parent) in pairs for parent in _PARENTS):
        somebody = None if "my" in clause.words else "kid"
    elif ("for", "love") in pairs or ("married" in clause.words and not clause.denied):
        somebody = "partner"
    place = clause.said.words[-1].start
    return Word(somebody, place, place, "", "implied") if somebody else None


_PARENTS = frozenset("mum mom mother dad father parent mama papa".split())


def _comes_too(clause: Clause) -> bool:
    """Tell whether a clause says that "he" or "she" comes along."""
    opening = set(clause.texts[1:_OPENING])
    words = clause.words
    with_me = bool({"me", "us", "too", "also", "along"} & words and _GOES & words)
    with_me = with_me or bool("where" in words and {"i", "we"} & words and {"go", "am"} & words)
    return bool(_PRONOUNS & opening or _WOULD & set(clause.texts[1:2])) and bool(
        _COMES & clause.words or with_me
    )


def _of_them(clause: Clause) -> bool:
    """Tell whether nobody else is named of whom "he" or "she" could be said."""
    return _OTHER_KIN.isdisjoint(clause.words)


_GOES = frozenset("goes go going travels flies moves flying".split())
_CAN_NOT = frozenset(
    "^ $ can not will does is they she he able to allowed come sadly unfortunately".split()
)
_WOULD = frozenset("is will would comes coming joins joining goes flies moves travels".split())
_COMES = frozenset(
    "come comes coming join joins joining along together accompany tag tags tagging follow follows"
    " following included application stay stays staying".split()
)
_OTHER_KIN = frozenset(
    "brother sister friend friends mum mom dad mother father parents boss cousin colleague mate"
    " roommate flatmate uncle aunt".split()
)


def _is_of(before: Clause, clause: Clause) -> bool:
    """Tell whether a clause says more of the partner or child whom the one before names."""
    if FAMILY.isdisjoint(before.words):
        return False
    if clause.denied and _COMES & before.words and not set(clause.texts) <= _CAN_NOT:
        return False
    both = "we" in clause.words and bool({"i", "all"} & (before.words | clause.words))
    both = both or ("us" in clause.words and ("of", "us") in pairwise(clause.texts))
    of_them = not _PRONOUNS.isdisjoint(clause.texts[1:_OPENING]) or _goes_on(before, clause)
    of_them = of_them or (
        clause.about is About.SOMEBODY_ELSE and clause.texts[1] in _WOULD and _comes_too(clause)
    )
    return both or of_them or set(clause.texts) <= _CAN_NOT


def _goes_on(before: Clause, clause: Clause) -> bool:
    """Tell whether `before` only names somebody, and `clause` begins with what they do."""
    names = before.texts[1:-1]
    if len(names) > 2 * _LONGEST_NAME or not set(names) <= _NAMES_THEM | FAMILY:
        return False
    texts = clause.texts[1:-1]
    return (
        texts[0] in _GOES_ON
        or (len(texts) <= _LONGEST_NAME and set(texts) <= _NAMES_THEM | FAMILY)
        or not FAMILY.isdisjoint(texts[:4])
    )
