"""Facts that the evidence makes likely, of what patterns and cues leave open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path

from bot.conversation.reading.clauses import Clause
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.fields.nationalities import is_unclear
from bot.conversation.reading.weighing.candidates import ages, countries
from bot.conversation.reading.weighing.evidence import Heard, around, of_text
from bot.conversation.reading.weighing.outcomes import HAD, NEXT_BIRTHDAY, value_of
from bot.conversation.reading.weighing.scales import Scales
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

WEIGHTS = Path(__file__).with_name("weights")
SURE = {"countries": 0.7, "ages": 0.7, "texts": 0.9}
"""How probable an outcome must be to count, by scales; docs/decisions/015 has the figures."""


@cache
def scales(name: str) -> Scales:
    """Return the learnt scales called `name`: "countries", "ages" or "texts"."""
    return Scales.read(WEIGHTS / f"{name}.jsonl")


def find(said: Said, clauses: Sequence[Clause], known: Collection[str]) -> Iterator[Fact]:
    """Yield the likely facts of the fields that are not `known`."""
    if not {"nationalities", "residence"} <= set(known):
        yield from _nationalities_and_residence(said, clauses, known)
    if "age" not in known:
        yield from _age(said, clauses)
    if clauses:
        likely = scales("texts").weigh(of_text(said, clauses), SURE["texts"])
        for field, outcome in likely.items():
            if field not in known and outcome != HAD:
                yield fact(field, value_of(outcome), said.words)


def _nationalities_and_residence(
    said: Said, clauses: Sequence[Clause], known: Collection[str]
) -> Iterator[Fact]:
    likely = list(_likely("countries", Heard(said, clauses, countries(said))))
    held = [word for word, outcome in likely if outcome == "nationality"]
    homes = [word for word, outcome in likely if outcome == "residence"]
    if held and "nationalities" not in known and not is_unclear(said):
        yield fact("nationalities", list(dict.fromkeys(word.value for word in held)), held)
    if "residence" not in known and len({word.value for word in homes}) == 1:
        yield fact("residence", homes[0].value, homes)


def _age(said: Said, clauses: Sequence[Clause]) -> Iterator[Fact]:
    likely = list(_likely("ages", Heard(said, clauses, ages(said))))
    stated = {int(word.value) - (outcome == NEXT_BIRTHDAY) for word, outcome in likely}
    if len(stated) == 1:
        yield fact("age", stated.pop(), [word for word, _ in likely])


def _likely(name: str, heard: Heard) -> Iterator[tuple[Word, str]]:
    """Yield the words that state something by the scales called `name`, and what."""
    for position in heard.alike:
        for outcome in scales(name).weigh(around(heard, position), SURE[name]).values():
            yield heard.said.words[position], outcome
