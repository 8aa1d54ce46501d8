"""Cues: words that, wherever they stand in one clause, state a thing together.

`cues*.yaml` hold them. Patterns (see `patterns`) fix the order of words and come first; cues read
the rest, so they look at a whole clause with its subject, its denials and its wishes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import Fact, fact

_EVERYDAY = frozenset(
    "i me my am is are was have had in on at to for from of with by the a it this that and no not"
    " never without none nothing NUM CTRY PLACE DEM year month one only just now still here there"
    " will would do did go going come get take".split()
)


@dataclass(frozen=True)
class _Line:
    needed: tuple[frozenset[str], ...]
    forbidden: frozenset[str]

    @property
    def rarest(self) -> frozenset[str]:
        """The alternatives of which fewest are everyday words: without one, it cannot hold."""
        return min(self.needed, key=lambda group: (len(group & _EVERYDAY), len(group)))

    def holds(self, words: frozenset[str]) -> bool:
        return self.forbidden.isdisjoint(words) and not any(
            words.isdisjoint(group) for group in self.needed
        )


class _Lines:
    """Lines, each looked for by the words of its rarest group only."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._by_word: defaultdict[str, list[_Line]] = defaultdict(list)
        for line in lines:
            for word in line.rarest:
                self._by_word[word].append(line)
        self.words = frozenset(self._by_word)

    def any_holds(self, words: frozenset[str]) -> bool:
        return any(line.holds(words) for word in self.words & words for line in self._by_word[word])


@dataclass(frozen=True)
class Cues:
    """Lines of cues for a fact that is true or false.

    A denial turns `holds` round ("the insurance is not paid") unless `denial_states_no` is false;
    `fails` says no and `holds_anyway` yes as it is. Nothing follows from what `neither` names, nor
    from a wish unless `may_be_wished`, it is `promised` ("I'd get insurance for sure"), or
    `fails_if_wished` ("I want to find a job": none yet).
    """

    holds: _Lines
    holds_anyway: _Lines
    fails: _Lines
    neither: _Lines
    promised: _Lines
    denial_states_no: bool
    may_be_wished: bool
    fails_if_wished: bool

    @cached_property
    def words(self) -> frozenset[str]:
        """The words without one of which none of the lines says anything."""
        return self.holds.words | self.holds_anyway.words | self.fails.words

    def value(self, clause: Clause) -> bool | None:
        """Return what a clause states, if anything."""
        words = clause.stems
        if self.words.isdisjoint(words):
            return None
        of_now = self.may_be_wished or not clause.wished
        if clause.wished and not clause.denied and self.promised.any_holds(words):
            return None if self.neither.any_holds(words) else True
        if of_now and self.holds_anyway.any_holds(words):
            return None if self.neither.any_holds(words) else True
        fails = (of_now or self.fails_if_wished) and self.fails.any_holds(words)
        holds = of_now and not fails and self.holds.any_holds(words)
        if not (fails or holds) or self.neither.any_holds(words):
            return None
        if fails or (clause.denied and self.denial_states_no):
            return False
        return None if clause.denied else True


_WORDS = "words"
"""The key under which a file names groups of words."""


@cache
def _cues() -> dict[str, Cues]:
    cues: dict[str, Cues] = {}
    for path in sorted(Path(__file__).parent.glob("cues*.yaml")):
        tables: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        groups = {
            f"@{name}": "".join(words.split()) for name, words in tables.pop(_WORDS, {}).items()
        }
        for field, table in tables.items():
            cues[field] = Cues(
                holds=_lines(table["holds"], groups),
                holds_anyway=_lines(table.get("holds_anyway", ()), groups),
                fails=_lines(table.get("fails", ()), groups),
                neither=_lines(table.get("neither", ()), groups),
                promised=_lines(table.get("promised", ()), groups),
                denial_states_no=table.get("denial_states_no", True),
                may_be_wished=table.get("may_be_wished", False),
                fails_if_wished=table.get("fails_if_wished", False),
            )
    return cues


def _lines(rows: Sequence[str], groups: Mapping[str, str]) -> _Lines:
    lines: list[_Line] = []
    for row in rows:
        parts = re.sub(r"@\w+", lambda name: groups[name[0]], row).replace("| ", "|").split()
        forbidden = [part[1:] for part in parts if part[0] == "!"]
        lines.append(
            _Line(
                needed=tuple(frozenset(part.split("|")) for part in parts if part[0] != "!"),
                forbidden=frozenset(word for part in forbidden for word in part.split("|")),
            )
        )
    return _Lines(lines)


def cued(
    field: str, clauses: Sequence[Clause], agents: frozenset[str] = frozenset()
) -> Iterator[Fact]:
    """Yield what clauses state of `field`, but for those about somebody else than `agents`."""
    cues = _cues()[field]
    for clause in clauses:
        speakers = About.SPEAKER in (clause.subject, clause.about)
        of_others = clause.about is About.SOMEBODY_ELSE and not speakers
        if of_others and agents.isdisjoint(clause.words):
            continue
        value = cues.value(clause)
        if value is not None:
            yield fact(field, value, clause.said.words[1:-1])
