"""The reply to one question, read leniently: a bare "24" or "french" is enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.conversation.reading.fact import NOTHING, UNKNOWN, Reading
from bot.conversation.reading.fields import (
    age_answers,
    contacts,
    job_offers,
    money,
    nationality_answers,
    occupations,
    participations,
    passports,
    programs,
    residences,
    settling,
    studies,
)
from bot.conversation.reading.fields.yes_no import is_hedged, is_unknown, yes_or_no
from bot.conversation.reading.words.questions import is_question
from bot.conversation.reading.words.said import Said, listen

_Reader = Callable[[Said, str, date], Reading]


def _yes_no(text: str) -> Reading:
    answer = yes_or_no(text)
    if answer is None and (is_hedged(text) or is_unknown(text)):
        return Reading(problem="not_yes_or_no")
    return Reading(answer)


def _settling(field: str) -> _Reader:
    return lambda said, text, today: settling.answer_settling(field, said, text)


_READERS: Mapping[str, _Reader] = {
    "program": lambda said, text, today: programs.answer_program(said, text),
    "program_choice": lambda said, text, today: programs.answer_program(said, text),
    "age": lambda said, text, today: _or_unknown(age_answers.answer_age(said, today), text),
    "date_of_birth": lambda said, text, today: _or_unknown(
        age_answers.answer_date_of_birth(said, today), text
    ),
    "nationalities": lambda said, text, today: _or_unknown(
        nationality_answers.answer_nationalities(said), text
    ),
    "residence": lambda said, text, today: _or_unknown(residences.answer_residence(said), text),
    "student": lambda said, text, today: studies.answer_student(said, text),
    "job_offer": lambda said, text, today: job_offers.answer_job_offer(said, text),
    "placement_required": lambda said, text, today: occupations.answer_placement_required(
        said, text
    ),
    "in_field_of_study": lambda said, text, today: occupations.answer_in_field(said, text),
    "teer": lambda said, text, today: occupations.answer_teer(said, text),
    "previous_participations": participations.answer_participations,
    "passport_expires": passports.answer_passport_expires,
    "funds_cad": lambda said, text, today: money.answer_funds(said, text),
    "insurance": _settling("insurance"),
    "return_ticket": _settling("return_ticket"),
    "dependants": _settling("dependants"),
    "admissibility_concern": _settling("admissibility_concern"),
    "email": lambda said, text, today: contacts.answer_email(text),
    "applicant_name": lambda said, text, today: contacts.answer_name(text),
    "reference": lambda said, text, today: contacts.answer_reference(text),
    "consent": lambda said, text, today: _yes_no(text),
    "confirm": lambda said, text, today: _yes_no(text),
}

LONGEST_DOUBTFUL_ANSWER = 2
QUESTIONS = frozenset(_READERS)


def _or_unknown(reading: Reading, text: str) -> Reading:
    return Reading(UNKNOWN) if reading == NOTHING and is_unknown(text) else reading


def read_answer(question: str, text: str, today: date) -> Reading:
    """Return how `text` reads as the reply to `question`, one of `QUESTIONS`.

    Never raises for any text; reads the first 2,000 characters. Raises `KeyError` for a question
    that does not exist.
    """
    text = _without_a_doubtful_mark(text)
    return _READERS[question](listen(text), text, today)


def _without_a_doubtful_mark(text: str) -> str:
    """Return "24?" and "french ?" as the answers that they are; a real question stays as it is."""
    bare = text.rstrip("? \t\n\uff1f")
    return bare if len(bare.split()) <= LONGEST_DOUBTFUL_ANSWER and not is_question(bare) else text
