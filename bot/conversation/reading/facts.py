"""Everything that a text clearly states about its speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import cast

from bot.conversation.reading import belonging, labels
from bot.conversation.reading.clauses import About, Clause, clauses
from bot.conversation.reading.corrections import put_right, taken_back_at
from bot.conversation.reading.fact import Fact, JsonValue
from bot.conversation.reading.fields import (
    ages,
    dates_of_birth,
    job_offers,
    money,
    nationalities,
    occupations,
    participations,
    participations_in_clauses,
    passports,
    programs,
    programs_in_clauses,
    residences,
    settling,
    settling_in_clauses,
    studies,
)
from bot.conversation.reading.fields.coordination import with_those_joined
from bot.conversation.reading.fields.nationality_answers import adds_a_nationality
from bot.conversation.reading.introductions import CORRECTIONS
from bot.conversation.reading.weighing import weighed
from bot.conversation.reading.words.numbering import without_numbering
from bot.conversation.reading.words.said import Said, listen
from bot.conversation.reading.words.unmarked_lists import with_lines

_CORRECTIONS = CORRECTIONS | {"actually", "rather"}


def find_facts(text: str, today: date) -> list[Fact]:
    """Return the facts in `text` with the characters that state them, at most one a field.

    Two different values for one field cancel each other, unless a word such as "sorry" or "I meant"
    stands between them: then the later holds.
    """
    text = with_lines(without_numbering(text))
    said = listen(text)
    pieces = clauses(said)
    turns = [said.words[position].start for position in taken_back_at(said, _CORRECTIONS)]
    facts = list(labels.find(text, today))
    facts += [each for each in _stated(said, today) if _is_open(each, facts)]
    facts += put_right(clause for clause in pieces if clause.about is About.SPEAKER)
    whole = list(facts)
    for each in _cued(pieces, said, today):
        if _is_open(each, whole) or any(_is_put_right(known, each, turns) for known in whole):
            facts.append(each)
        elif each.field == "nationalities" and (
            adds_a_nationality(text)
            or ("as", "well") in pairwise(said.texts())
            or ("DEM", "with") in pairwise(said.texts())
        ):
            facts = [_with_further(known, each) for known in facts]
    facts += weighed.find(said, pieces, known={each.field for each in facts})
    facts = [
        with_those_joined(each, said) if each.field == "nationalities" else each for each in facts
    ]
    return [
        settled
        for field in dict.fromkeys(each.field for each in facts)
        if (settled := _settled([each for each in facts if each.field == field], turns))
    ]


def _stated(said: Said, today: date) -> Iterator[Fact]:
    yield from programs.find(said)
    yield from ages.find(said, today)
    yield from nationalities.find(said)
    yield from residences.find(said)
    yield from studies.find(said)
    yield from job_offers.find(said)
    yield from occupations.find(said)
    yield from participations.find(said, today)
    yield from passports.find(said, today)
    yield from money.find(said)
    yield from settling.find(said)


def _cued(pieces: Sequence[Clause], said: Said, today: date) -> Iterator[Fact]:
    yield from dates_of_birth.from_clauses(pieces, today)
    yield from belonging.from_clauses(pieces, said)
    yield from participations_in_clauses.from_clauses(pieces, today)
    yield from passports.from_clauses(pieces, today)
    yield from programs_in_clauses.from_clauses(pieces)
    for concept in (studies, job_offers, occupations, money, settling_in_clauses):
        yield from concept.from_clauses(pieces)


def _with_further(known: Fact, further: Fact) -> Fact:
    if known.field != further.field:
        return known
    isos = [iso for each in (known, further) for iso in cast(list[str], each.value)]
    return replace(known, value=list(dict.fromkeys(isos)))


def _is_open(fact: Fact, facts: Sequence[Fact]) -> bool:
    return all(each.field != fact.field for each in facts)


def _settled(facts: list[Fact], turns: Sequence[int]) -> Fact | None:
    facts = sorted(facts, key=lambda each: each.start)
    last = facts[-1]
    if all(each.value == last.value for each in facts):
        return last
    return last if _is_put_right(facts[0], last, turns) else None


def _is_put_right(first: Fact, later: Fact, turns: Sequence[int]) -> bool:
    """Tell whether `first` was taken back, at one of `turns`, before `later` of the same field."""
    return first.field == later.field and any(first.end <= turn <= later.start for turn in turns)


def read_facts(text: str, today: date) -> dict[str, JsonValue]:
    """Return what `text` clearly states about the speaker, by field.

    Questions, suppositions ("if I were 36"), other people and things ("my Irish friend", "a Danish
    pastry") state nothing. Never raises; reads the first 2,000 characters.
    """
    return {each.field: each.value for each in find_facts(text, today)}
