"""Cues: words that, wherever they stand in one clause, state a thing together.

`cues.yaml` holds them. Patterns (see `patterns`) fix the order of words and come first; cues read
the rest, so they look at a whole clause with its subject, its denials and its wishes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


@dataclass(frozen=True)
class Cues:
    """Lines of cues for a fact that is true or false.

    A denial turns `holds` round ("the insurance is not paid") unless `denial_states_no` is false;
    `fails` says no as it is. Nothing follows from what `neither` names, nor from a wish unless
    `may_be_wished`.
    """

    holds: tuple[_Line, ...]
    fails: tuple[_Line, ...]
    neither: tuple[_Line, ...]
    denial_states_no: bool
    may_be_wished: bool

    @cached_property
    def _named(self) -> frozenset[str]:
        """Words one of which every line needs: a quick look before the lines are tried."""
        return frozenset(word for line in (*self.holds, *self.fails) for word in line.rarest)

    def value(self, clause: Clause) -> bool | None:
        """Return what a clause states, if anything."""
        words = clause.stems
        if self._named.isdisjoint(words):
            return None
        if _any_holds(self.neither, words) or (clause.wished and not self.may_be_wished):
            return None
        if _any_holds(self.fails, words):
            return False
        if not _any_holds(self.holds, words):
            return None
        if clause.denied:
            return False if self.denial_states_no else None
        return True


def _any_holds(lines: Sequence[_Line], words: frozenset[str]) -> bool:
    return any(line.holds(words) for line in lines)


@cache
def _cues() -> dict[str, Cues]:
    tables: dict[str, dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("cues.yaml").read_text(encoding="utf-8")
    )
    return {
        field: Cues(
            holds=_lines(table["holds"]),
            fails=_lines(table.get("fails", ())),
            neither=_lines(table.get("neither", ())),
            denial_states_no=table.get("denial_states_no", True),
            may_be_wished=table.get("may_be_wished", False),
        )
        for field, table in tables.items()
    }


def _lines(rows: Sequence[str]) -> tuple[_Line, ...]:
    split = [row.replace("| ", "|").split() for row in rows]
    return tuple(
        _Line(
            needed=tuple(frozenset(word.split("|")) for word in words if word[0] != "!"),
            forbidden=frozenset(
                each for word in words if word[0] == "!" for each in word[1:].split("|")
            ),
        )
        for words in split
    )


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
