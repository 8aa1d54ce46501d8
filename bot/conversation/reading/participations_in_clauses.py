"""Earlier participations told in any order of words: a kind of stay beside a year gone by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.participations import (
    CATEGORY,
    NO_PERMIT,
    entries_told,
    happened_elsewhere,
    years_named,
)
from bot.conversation.reading.said import Said
from bot.conversation.reading.word import Word

_NAMED = frozenset("iec working whv young yp coop".split())
_BEFORE = frozenset(
    "did was had have been went done got took came used completed finished participated last first"
    " previous before already back ago time visited stayed once spent".split()
)
_NO_STAY = frozenset("graduated studied born passport expires heard question wonder".split())
_EVER = frozenset(
    "done had been did participated experience prior previous before past far ever permit used"
    " tried".split()
)
_OPEN = frozenset(
    "interested want know understand sure heard only invited selected yet decide".split()
)
_HELD = frozenset("poe letter invitation ita permit there".split())
_CHOSEN = frozenset("selected invited drawn approved accepted applied poe invitation ita".split())


def from_clauses(clauses: Sequence[Clause], today: date) -> Iterator[Fact]:
    """Yield earlier participations as clauses tell them: a kind of stay beside a year gone by."""
    own = [
        clause
        for clause in clauses
        if clause.about is not About.SOMEBODY_ELSE and (clause.denied or not clause.wished)
    ]
    told: list[Word] = []
    for position, clause in enumerate(own):
        said, words = clause.said, clause.words
        if happened_elsewhere(said) or _NO_STAY & words:
            continue
        beside = own[position + 1 :] if (_HELD | _CHOSEN) & words else []
        named = _NAMED & words or {"work", "permit"} <= words
        named = named or any(_NAMED & each.words for each in beside)
        never = bool({"never", "none"} & words) or ({"no", "not"} & words and _EVER & words)
        if named and never and not (_OPEN & words or years_named(said, today)):
            yield fact("previous_participations", [], said.words[1:-1])
        elif named and (_BEFORE & words or told) and years_named(said, today):
            there = Said(tuple(word for each in (clause, *beside) for word in each.said.words))
            if _CHOSEN & words and not NO_PERMIT.find(there.doc):
                continue
            told += there.words
            told += _kind_told_apart(clause, own[position + 1 : position + 2])
    if told:
        yield fact("previous_participations", entries_told(Said(tuple(told)), today), told[1:-1])


def _kind_told_apart(clause: Clause, following: Sequence[Clause]) -> Iterator[Word]:
    """Yield "working holiday" of "IEC in 2016 (working holiday)"."""
    for each in following:
        if not CATEGORY.find(clause.said.doc) and len(each.texts) <= _LONGEST_KIND:
            yield from each.said.words


_LONGEST_KIND = 5
