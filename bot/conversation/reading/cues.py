"""Cues: words that, wherever they stand in one clause, state a thing together.

A line such as `insurance paid|sorted !quote` holds for a clause that has "insurance" and one of
"paid" and "sorted", and not "quote". Patterns (see `patterns`) fix the order of words and come
first; cues read the rest, so they look at whole clauses with their subject, denials and wishes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import Fact, fact


@dataclass(frozen=True)
class _Line:
    needed: tuple[frozenset[str], ...]
    forbidden: frozenset[str]

    def holds(self, words: frozenset[str]) -> bool:
        return self.forbidden.isdisjoint(words) and not any(
            words.isdisjoint(group) for group in self.needed
        )


class Cues:
    """Lines of cues for a fact that is true or false.

    A denial turns `yes` round ("the insurance is not paid") unless `denial_states_no` is false;
    `no` holds as it is. Nothing follows from what `neither` names, nor from a wish unless
    `may_be_wished`. A line names words by their stem: "ask" holds for "asks" and "asking" too.
    """

    def __init__(
        self,
        *,
        yes: str,
        no: str = "",
        neither: str = "",
        denial_states_no: bool = True,
        may_be_wished: bool = False,
    ) -> None:
        self._yes, self._no, self._neither = map(_lines, (yes, no, neither))
        self.may_be_wished = may_be_wished
        self._denial_states_no = denial_states_no

    def value(self, clause: Clause) -> bool | None:
        """Return what a clause states, if anything."""
        words = clause.stems
        if _any_holds(self._neither, words):
            return None
        if _any_holds(self._no, words):
            return False
        if _any_holds(self._yes, words):
            return True if not clause.denied else (False if self._denial_states_no else None)
        return None


def _lines(text: str) -> tuple[_Line, ...]:
    return tuple(
        _Line(
            needed=tuple(frozenset(w.split("|")) for w in line.split() if w[0] != "!"),
            forbidden=frozenset(each for w in line.split() if w[0] == "!" for each in w[1:].split("|")),
        )
        for line in text.strip().splitlines()
    )


def _any_holds(lines: Sequence[_Line], words: frozenset[str]) -> bool:
    return any(line.holds(words) for line in lines)


def cued(
    field: str, cues: Cues, clauses: Sequence[Clause], agents: frozenset[str] = frozenset()
) -> Iterator[Fact]:
    """Yield what clauses state of `field`, but for those about somebody else than `agents`."""
    for clause in clauses:
        of_others = About.SPEAKER is not clause.about and clause.subject is About.SOMEBODY_ELSE
        if (clause.wished and not cues.may_be_wished) or (of_others and agents.isdisjoint(clause.words)):
            continue
        value = cues.value(clause)
        if value is not None:
            yield fact(field, value, clause.said.words[1:-1])
