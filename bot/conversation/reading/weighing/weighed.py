"""Facts that the evidence makes likely, of what patterns and cues leave open."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path

from bot.conversation.reading.clauses import Clause
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.fields.nationalities import is_unclear
from bot.conversation.reading.weighing.candidates import ages, countries
from bot.conversation.reading.weighing.evidence import Heard, around, of_text
from bot.conversation.reading.weighing.outcomes import HAD, NEITHER, value_of
from bot.conversation.reading.weighing.scales import Scales
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

WEIGHTS = Path(__file__).with_name("weights")
SURE = 0.75
"""How probable an outcome must be to count; docs/reading.md has the figures behind it."""
SURE_OF_A_TEXT = 0.9
"""The same for what no single word states: there, everyday words mislead more often."""


@cache
def scales(name: str) -> Scales:
    """Return the learnt scales called `name`: "countries", "ages" or "texts"."""
    path = WEIGHTS / f"{name}.json"
    return Scales.from_json(json.loads(path.read_text(encoding="utf-8")))


def find(said: Said, clauses: Sequence[Clause], known: Collection[str]) -> Iterator[Fact]:
    """Yield the likely facts of the fields that are not `known`."""
    if not {"nationalities", "residence"} <= set(known):
        yield from _nationalities_and_residence(said, clauses, known)
    if "age" not in known:
        yield from _age(said, clauses)
    if clauses:
        for field, outcomes in scales("texts").weigh(of_text(said, clauses)).items():
            outcome = _sure(outcomes, SURE_OF_A_TEXT)
            if field not in known and outcome not in (NEITHER, HAD):
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
    likely = _likely("ages", Heard(said, clauses, ages(said)))
    stated = [word for word, outcome in likely if outcome == "age"]
    if len({word.value for word in stated}) == 1:
        yield fact("age", int(stated[0].value), stated)


def _likely(name: str, heard: Heard) -> Iterator[tuple[Word, str]]:
    """Yield each word to be judged with its outcome on the scales called `name`."""
    for position in heard.alike:
        (outcomes,) = scales(name).weigh(around(heard, position)).values()
        yield heard.said.words[position], _sure(outcomes, SURE)


def _sure(outcomes: dict[str, float], enough: float) -> str:
    """Return the outcome that is probable enough, or else that there is none."""
    likeliest = max(outcomes, key=outcomes.__getitem__)
    return likeliest if outcomes[likeliest] > enough else NEITHER
