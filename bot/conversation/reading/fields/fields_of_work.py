"""Whether the job offered is of the trade one has learnt: "studied carpentry, hired as carpenter".

`fields_of_work.yaml` holds the words of each trade. Only an offered or classified job counts, so
that what somebody works as at home, or only looks for, says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.words.said import Said

_TAKEN_ON = frozenset("offer contract signed hired noc teer confirmed".split())
_LEARNT = frozenset(
    "studied study studying degree trained training apprenticeship learned learnt qualified"
    " graduated graduate major msc bsc ba ma btec formation ausbildung thesis field trade"
    " student specialised specialized majored school university phd background".split()
)
_NOT_OFFERED = frozenset(
    "was were worked experience previously ago currently looking search hope want apply find if"
    " never dream wish like love year month".split()
)
_MATCHING = frozenset(
    "bang_on spot_on perfect_match perfect_fit made_in same_thing fits_perfectly so_fits".split()
)
_LONGEST_SUBJECT = 4
_FUTURE = frozenset("will going would".split())
_DONE = frozenset("be work working do doing".split())
_SAME = frozenset(
    {
        ("in", "my", "field"),
        ("my", "field"),
        ("my", "own", "field"),
        ("in", "my", "own", "field"),
        ("right", "in", "my", "field"),
        ("yes", "my", "own", "field"),
        ("is", "same", "field"),
        ("my", "exact", "field"),
        ("my", "exact", "trade"),
        ("my", "trade"),
        ("bang", "on"),
        ("spot", "on"),
    }
)
"""Clauses that say of an offer beside them that it is of the field one has learnt."""
_COMING = frozenset("will going would as".split())


@cache
def _tables() -> tuple[dict[str, frozenset[int]], frozenset[str], frozenset[str]]:
    path = Path(__file__).with_name("fields_of_work.yaml")
    tables = yaml.safe_load(path.read_text(encoding="utf-8"))
    trades: dict[str, frozenset[int]] = {}
    for number, row in enumerate(tables["trades"]):
        for word in row.split():
            trades[word] = trades.get(word, frozenset()) | {number}
    unskilled = frozenset(tables["unskilled"].split())
    return trades, unskilled, frozenset(tables["related_to_any"].split())


def trades_in(said: Said) -> list[frozenset[int]]:
    """Return the trades of each word that names one."""
    trades, _, _ = _tables()
    return [trades[word.raw.casefold()] for word in said.words if word.raw.casefold() in trades]


def names_unskilled_work(said: Said) -> bool:
    """Tell whether `said` names work that needs no trade."""
    _, unskilled, _ = _tables()
    return any(word.raw.casefold() in unskilled for word in said.words)


def from_clauses(clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Yield whether what one has learnt and the job that one is offered are one trade."""
    offered = any(_TAKEN_ON & clause.words for clause in clauses)
    for clause in clauses:
        if offered and tuple(clause.texts[1:-1]) in _SAME:
            yield fact("in_field_of_study", True, clause.said.words[1:-1])
    learnt = [clause for clause in clauses if _tells_of_learning(clause)]
    learnt += [
        subject
        for told, subject in pairwise(clauses)
        if told in learnt and len(subject.texts) <= _LONGEST_SUBJECT
    ]
    if not learnt or not (offered or any(map(_will_be_done, clauses))):
        return
    trades, unskilled, related = _tables()
    of_learning = {word for clause in learnt for word in _raw(clause)}
    known = {each for word in of_learning & trades.keys() for each in trades[word]}
    for position, clause in enumerate(clauses):
        if clause in learnt:
            continue
        if position and clauses[position - 1] in learnt and _MATCHING & clause.stems:
            yield fact("in_field_of_study", True, clause.said.words[1:-1])
        if not known or not _tells_of_the_job(clauses, position):
            continue
        raw = _raw(clause)
        if any(trades[word] & known for word in raw & trades.keys()):
            yield fact("in_field_of_study", True, clause.said.words[1:-1])
        elif raw & unskilled and not of_learning & (unskilled | related):
            yield fact("in_field_of_study", False, clause.said.words[1:-1])


def _raw(clause: Clause) -> set[str]:
    return {word.raw.casefold() for word in clause.said.words}


def _tells_of_learning(clause: Clause) -> bool:
    denied = clause.denied or clause.wished or clause.about is About.SOMEBODY_ELSE
    return not denied and not _LEARNT.isdisjoint(clause.words)


def _will_be_done(clause: Clause) -> bool:
    """Tell whether a clause says what the speaker is going to do: "I'd be pouring pints"."""
    coming = (
        _FUTURE & clause.words and _DONE & clause.words and _NOT_OFFERED.isdisjoint(clause.words)
    )
    return (
        bool(coming) and not clause.denied and ("i" in clause.words or clause.texts[1] in _FUTURE)
    )


def _tells_of_the_job(clauses: Sequence[Clause], position: int) -> bool:
    """Tell whether a clause is of the job in Canada: an offer stands in it or beside it."""
    clause = clauses[position]
    if clause.about is About.SOMEBODY_ELSE or clause.denied or _NOT_OFFERED & clause.words:
        return False
    if _TAKEN_ON & clause.words or _will_be_done(clause):
        return True
    at_home = "am" in clause.words or ("work" in clause.words and not _COMING & clause.words)
    beside = clauses[max(0, position - 1) : position + 2]
    return not at_home and any(_TAKEN_ON & each.words for each in beside)
