"""The pre-screening as a questionnaire: what is known, what still matters, what follows.

Answers are the form's slots: a mapping of question name to a JSON value. A question that the
visitor could not answer holds `UNKNOWN`; one not asked yet is absent or None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.conversation.answering import category_in
from bot.conversation.questions import QUESTIONS
from bot.eligibility import Applicant, Decision, Outcome, decide_all
from bot.knowledge import Knowledge

UNKNOWN = "unknown"
NOT_SURE = "not_sure"
PROGRAMS = ("ro_working_holiday", "ro_young_professional", "international_coop")
FACTS = (*QUESTIONS, "date_of_birth")
ADULT_AGE = 18

_ASKS_TO_BE_CHECKED = re.compile(r"\b(eligible|qualify|can i|could i|am i|check)\b", re.I)
_INTERNSHIP = re.compile(r"\bintern\w*", re.I)

_GROUNDS = {"job_offer": ("teer", "in_field_of_study"), "student": ("placement_required",)}

Answers = Mapping[str, Any]


def asks_to_be_checked(text: str) -> bool:
    """Tell whether `text`, which states facts, also asks where that leaves the speaker."""
    return bool(_ASKS_TO_BE_CHECKED.search(text))


def program_named_in(text: str, knowledge: Knowledge) -> dict[str, str]:
    """Return the program that "am I eligible for co-op?" names; nothing when it names none.

    An internship alone names no program: with one, people apply in other categories too.
    """
    category = category_in(_INTERNSHIP.sub("", text))
    named = [id for id, program in knowledge.programs.items() if program.category == category]
    return {"program": named[0]} if len(named) == 1 else {}


def known_facts(answers: Answers) -> dict[str, Any]:
    """Return the answers that say something about the applicant, without the unknown ones."""
    return {
        name: answers[name]
        for name in FACTS
        if name != "program" and answers.get(name) not in (None, UNKNOWN)
    }


def programs_in_play(answers: Answers) -> tuple[str, ...]:
    """Return the programs that the visitor asked about; all of them when not sure."""
    program = answers.get("program")
    return (program,) if program in PROGRAMS else PROGRAMS


def lacks_a_category(participations: Any) -> bool:
    """Tell whether one of the earlier participations told does not say which category it was."""
    told = participations if isinstance(participations, list) else []
    return any(one.get("category") is None for one in told)


def is_under_age(answers: Answers) -> bool:
    """Tell whether the visitor said to be younger than every agreement allows."""
    age = answers.get("age")
    return isinstance(age, int) and age < ADULT_AGE


def void_answers(answers: Answers) -> list[str]:
    """Return the questions whose answers mean nothing any more, such as the level of no job."""
    return [
        name
        for ground, names in _GROUNDS.items()
        for name in names
        if answers.get(ground) is False and answers.get(name) is not None
    ]


def decisions(answers: Answers, on: date, knowledge: Knowledge) -> dict[str, Decision]:
    """Return one decision for each program in play, judged on the day `on`.

    Raises:
        bot.eligibility.ApplicantError: an answer is not of the form that the rules read.
    """
    applicant = Applicant.from_answers(known_facts(answers))
    return decide_all(applicant, on, knowledge, programs_in_play(answers))


def open_questions(answers: Answers, on: date, knowledge: Knowledge) -> list[str]:
    """Return the questions still worth asking, in order; none when every program is settled.

    The program and the age always come first: the first says which rules are in play, and
    nothing else is asked of somebody under age.
    """
    first = [name for name in ("program", "age", "nationalities") if answers.get(name) is None]
    if first:
        return first
    if is_under_age(answers):
        return []
    matters = {
        question
        for decision in decisions(answers, on, knowledge).values()
        for question in decision.open_questions
    }
    return [name for name in QUESTIONS if name in matters and answers.get(name) is None]


def open_programs(made: Mapping[str, Decision]) -> list[str]:
    """Return the programs whose waiting list is open to the applicant after `made`."""
    return [name for name, decision in made.items() if decision.outcome != Outcome.NOT_QUALIFIED]
