"""Dates of birth told beside a word of birth: "a 10 June 2005 baby", "birthday 14 July 1997"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import Fact
from bot.conversation.reading.fields.ages import from_birth

_BIRTH = frozenset("born birth birthday baby".split())
_NO_BIRTH_OF_ONE = frozenset("since until permit visa expires valid issued".split())


def from_clauses(clauses: Sequence[Clause], today: date) -> Iterator[Fact]:
    """Yield age and date of birth as the speaker's own clauses tell them."""
    for clause in clauses:
        if clause.about is About.SPEAKER and _is_of_a_birth(clause, described=len(clauses) > 1):
            dates = [word for word in clause.said.words if word.text == "DATE"]
            if len(dates) == 1:
                yield from from_birth(dates[0], today)


def _is_of_a_birth(clause: Clause, *, described: bool) -> bool:
    came = "world" in clause.words and bool({"into", "this"} & clause.words)
    bare = described and clause.texts[1:-1] == ["DATE"]
    born = bare or came or bool(_BIRTH & clause.words) or ("DATE", "kid") in pairwise(clause.texts)
    return born and not _NO_BIRTH_OF_ONE & clause.words
