"""Evidence: what stands around a word, and what a text says, each piece as a short name.

"-1:from" is the word before, "C:visa" a word of the same clause, "whose:somebody else" whom the
clause is about. Weights are learnt for these names; a piece that has none says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fields.agreements import of_work
from bot.conversation.reading.fields.fields_of_work import names_unskilled_work, trades_in
from bot.conversation.reading.fields.nationalities import GIVEN_NAMES
from bot.conversation.reading.fields.nationalities_not_held import is_not_held
from bot.conversation.reading.fields.other_countries import not_of_the_speaker
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

_REACH = 3
_BEYOND = "#"
_LONG = 6
_MANY = 4
_OWNERS = {About.SPEAKER: "", About.A_THING: "of a thing ", About.SOMEBODY_ELSE: "of somebody "}


@dataclass(frozen=True)
class Heard:
    """A text with its clauses, and the words of one kind that are to be judged in it."""

    said: Said
    clauses: Sequence[Clause]
    alike: Sequence[int]

    @cached_property
    def of_others(self) -> set[int]:
        """Where countries are named that are not the speaker's own."""
        return not_of_the_speaker(self.said)


def around(heard: Heard, position: int) -> frozenset[str]:
    """Return the evidence on the word at `position`, one of those to be judged."""
    said = heard.said
    clause, place = _clause_of(heard.clauses, said.words[position])
    return frozenset(
        [
            *_beside(said, position),
            *_among(heard, position),
            *_in_sentence(said, position),
            *(_in_clause(clause, place) if clause else ["no clause"]),
        ]
    )


def of_text(said: Said, clauses: Sequence[Clause]) -> frozenset[str]:
    """Return the evidence of a whole text on what its speaker says of themselves."""
    working = of_work(clauses)
    return frozenset(
        [f"W:{text}" for text in said.texts()]
        + list(_of_trades(said))
        + [piece for each in clauses for piece in _of_clause(each, of_work=each in working)]
    )


def _beside(said: Said, position: int) -> Iterator[str]:
    texts = [*[_BEYOND] * _REACH, *said.texts(), *[_BEYOND] * _REACH]
    here = position + _REACH
    for distance in range(1, _REACH + 1):
        yield f"-{distance}:{texts[here - distance]}"
        yield f"+{distance}:{texts[here + distance]}"
    yield f"-2:{texts[here - 2]} {texts[here - 1]}"
    yield f"-1+1:{texts[here - 1]} {texts[here + 1]}"
    yield f"+2:{texts[here + 1]} {texts[here + 2]}"
    yield f"raw-1:{said.words[position - 1].raw.casefold()}"
    yield f"raw+1:{said.words[position + 1].raw.casefold()}"


def _among(heard: Heard, position: int) -> Iterator[str]:
    word, alike = heard.said.words[position], heard.alike
    yield f"is:{word.text}"
    yield f"alike:{min(len(alike), _MANY)}"
    if position == alike[0]:
        yield "first of its kind"
    if position == alike[-1]:
        yield "last of its kind"
    yield from _of_country(heard, position) if word.kind == "name" else _of_number(word)


def _of_number(word: Word) -> Iterator[str]:
    yield f"value:{word.value:.0f}"
    yield f"half a decade:{word.value // 5:.0f}"
    yield f"digits:{word.raw.isdigit()}"


def _of_country(heard: Heard, position: int) -> Iterator[str]:
    words = heard.said.words
    yield f"different:{min(len({words[each].value for each in heard.alike}), _MANY)}"
    if words[position].value == "CA":
        yield "Canada"
    if words[position].value in GIVEN_NAMES:
        yield "a given name, too"
    if position in heard.of_others:
        yield "of others"
    elif is_not_held(heard.said, position):
        yield "not held"


def _in_sentence(said: Said, position: int) -> Iterator[str]:
    texts = said.texts(*said.sentence(position))
    yield f"words:{min(len(texts), _LONG)}"
    yield f"words in all:{min(len(said.words), _LONG)}"
    for text in texts:
        yield f"S:{text}"


def _in_clause(clause: Clause, place: int) -> Iterator[str]:
    yield f"whose:{clause.about.value}"
    yield f"subject:{clause.subject.value}"
    yield f"length:{min(len(clause.texts), _LONG)}"
    for text in clause.words:
        yield f"C:{text}"
    for name, holds in (
        ("denied", clause.denied),
        ("wished", clause.wished),
        ("after a wish", clause.wishes_before(place)),
        ("opens", place == 1),
        ("closes", place == len(clause.texts) - 2),
    ):
        if holds:
            yield name


def _of_trades(said: Said) -> Iterator[str]:
    """Yield how the trades compare that are named: what one has learnt and what one will do."""
    trades = trades_in(said)
    alike = any(first & second for first, second in combinations(trades, 2))
    if trades:
        yield "one trade twice" if alike else f"trades:{min(len(trades), 2)}"
    if names_unskilled_work(said):
        yield "unskilled work beside a trade" if trades else "unskilled work"


def _clause_of(clauses: Sequence[Clause], word: Word) -> tuple[Clause | None, int]:
    for clause in clauses:
        for place, each in enumerate(clause.said.words[1:-1], start=1):
            if each.start == word.start:
                return clause, place
    return None, 0


def _of_clause(clause: Clause, *, of_work: bool) -> Iterator[str]:
    owner = _OWNERS[clause.about if of_work else About.A_THING]
    manner = ("not " if clause.denied else "") + ("wished " if clause.wished else "")
    for stem in clause.stems:
        yield f"{owner}{stem}"
        if manner:
            yield f"{owner}{manner}{stem}"
    for first, _, third in zip(clause.texts, clause.texts[1:], clause.texts[2:], strict=False):
        yield f"{owner}{first} * {third}"
