"""The application to a waiting list: what it asks, the summary, and the submission it becomes."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from bot.conversation.changing import CHANGE_WORDS, asks_for_a_change, changes_in
from bot.conversation.consent import consent_version
from bot.conversation.explaining import list_facts
from bot.conversation.prescreening import (
    FACTS,
    UNKNOWN,
    Answers,
    decisions,
    is_under_age,
    known_facts,
    open_programs,
    open_questions,
)
from bot.conversation.questions import APPLICATION_QUESTIONS
from bot.conversation.reading import read_facts, yes_or_no
from bot.conversation.words import Words
from bot.knowledge import Knowledge
from bot.waiting_list.entry import Consent, Submission

_FIELDS = {"program": "program", "name": "applicant_name", "email": "email"}

_WANTS_TO_JOIN = re.compile(
    r"\b(list|join|sign|put me|register|apply|yes|sure|ok)\b", re.IGNORECASE
)


def wants_to_join(text: str) -> bool:
    """Tell whether `text`, said while the waiting list is on offer, accepts it."""
    return yes_or_no(text) is not False and bool(_WANTS_TO_JOIN.search(text))


def open_application_questions(answers: Answers, on: date, knowledge: Knowledge) -> list[str]:
    """Return what is still to be asked: changed answers of the pre-screening first.

    Nothing once consent is refused, or when the answers leave no waiting list to join.
    """
    if answers.get("consent") is False or answers.get("under_age"):
        return []
    to_check = open_questions(answers, on, knowledge)
    if not to_check and not open_programs(decisions(answers, on, knowledge)):
        return []
    return [*to_check, *(name for name in APPLICATION_QUESTIONS if answers.get(name) is None)]


def told_at_the_summary(text: str, today: date) -> dict[str, Any]:
    """Return what a reply to the summary changes: new answers, and None for those to ask again.

    A wish to change something that is not named is no confirmation.
    """
    told = {**changes_in(text, today), **read_facts(text, today)}
    return told or ({"confirm": False} if asks_for_a_change(text) else {})


def standing(answers: Answers, on: date, knowledge: Knowledge) -> dict[str, Any]:
    """Return the program that is applied for and every outcome; nothing while a question is open.

    A program whose list is not open any more makes way for the one that is, if there is one.
    """
    if is_under_age(answers) or open_questions(answers, on, knowledge):
        return {}
    made = decisions(answers, on, knowledge)
    programs, chosen = open_programs(made), answers.get("program_choice")
    if chosen not in programs:
        chosen = programs[0] if len(programs) == 1 else None
    outcomes = {program: decision.outcome.value for program, decision in made.items()}
    return {"program_choice": chosen, "outcomes": outcomes}


def tells_something_else(before: Answers, after: Answers) -> bool:
    """Tell whether an answer of the check changed between `before` and `after`."""
    return any(before.get(name) != after.get(name) for name in FACTS)


def stands_as_before(before: Answers, after: Answers) -> bool:
    """Tell whether the same program is applied for, with the same outcome as was told before."""
    chosen = after.get("program_choice")
    told, now = (answers.get("outcomes") or {} for answers in (before, after))
    return before.get("program_choice") == chosen and told.get(chosen) == now.get(chosen)


def summary_of(answers: Answers, knowledge: Knowledge, words: Words) -> str:
    """Return the application as the visitor should check it, one fact a line."""
    program = knowledge.program(answers["program_choice"])
    return words.say(
        "utter_application_summary",
        program=program.title,
        season=program.season,
        name=answers["applicant_name"],
        email=answers["email"],
        facts=", ".join(line["text"] for line in _lines(answers, words)),
    )


def summary_card(answers: Answers, knowledge: Knowledge, words: Words) -> dict[str, Any]:
    """Return what `summary_of` says as JSON that a page can lay out."""
    program = knowledge.program(answers["program_choice"])
    return {
        "program": program.title,
        "season": program.season,
        "name": answers["applicant_name"],
        "email": answers["email"],
        "facts": _lines(answers, words),
        "change": {field: CHANGE_WORDS[name] for field, name in _FIELDS.items()},
    }


def _lines(answers: Answers, words: Words) -> list[dict[str, str]]:
    """Return what was told and what was left open, each with what to say to change it."""
    told = known_facts(answers)
    lines = dict(zip(told, list_facts(told, words), strict=True))
    for name in FACTS:
        if answers.get(name) == UNKNOWN:
            what = words.say(f"utter_label_{name}")
            lines[name] = words.say("utter_fact_unknown", what=what)
    return [{"text": lines[name], "change": CHANGE_WORDS[name]} for name in FACTS if name in lines]


def submission_from(
    answers: Answers,
    *,
    conversation_id: str,
    channel: str,
    consent_text: str,
    on: date,
    knowledge: Knowledge,
) -> Submission:
    """Return the submission that the confirmed `answers` make, with its decision as of `on`.

    Raises:
        KeyError: an answer that the waiting list needs is missing.
        UnknownConsent: the words of the consent are those of no version.
    """
    program = answers["program_choice"]
    decision = decisions({**answers, "program": program}, on, knowledge)[program]
    return Submission(
        program=program,
        season=decision.season,
        name=answers["applicant_name"],
        email=answers["email"],
        outcome=decision.outcome.value,
        nationality=decision.citizenship or answers["nationalities"][0],
        answers=known_facts(answers),
        decision=decision.as_dict(),
        conversation_id=conversation_id,
        consent=Consent(
            version=consent_version(consent_text),
            text=consent_text,
            given_at=datetime.fromisoformat(answers["consent_given_at"]),
            channel=channel,
        ),
    )
