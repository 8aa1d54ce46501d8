"""What one message means while a question is open.

A message can answer the question, tell other facts, correct an earlier answer, or be something
else altogether (a question of the visitor's, "stop", "talk to a person"), which the dialogue
rules then handle before the question is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.conversation.reading import (
    Reading,
    adds_a_nationality,
    is_question,
    read_answer,
    yes_or_no,
)

NOT_UNDERSTOOD = "not_understood"
MOST_WORDS = 2
"""So short, "nigerin passport" is a reply; "tell me about passports" is a topic."""

READ_AS = {"program_choice": "program", "confirm_request": "confirm"}
"""Questions whose answers are read like those of another one."""

_TAKES_BACK = re.compile(r"^\W*(oops|sorry|correction|wait|my mistake|i meant)\b", re.I)
_BEGINS_ANEW = re.compile(r"^\W*(actually|in fact|no wait|oops|sorry|correction)\b", re.I)
_NAMES_THE_LAST = re.compile(
    r"\b(meant|should (be|have been)|(last|previous) (answer|question))\b", re.I
)
_LEADING_WORDS = re.compile(
    r"^.*?\b(meant( to say)?|should (be|have been))\b|\bto the (last|previous) question\b", re.I
)

_ORDERS = frozenset({"stop", "cancel", "quit", "exit", "restart"})
OBEYED_AT_ONCE = frozenset(
    {"stop", "restart", "human_handoff", "delete_my_data", "withdraw", "application_status"}
)
DIGRESSIONS = OBEYED_AT_ONCE | {
    "faq",
    "ask_why",
    "help",
    "bot_challenge",
    "out_of_scope",
    "start_prescreening",
    "greet",
    "goodbye",
    "thank",
    "feedback_positive",
    "feedback_negative",
}


@dataclass(frozen=True)
class Heard:
    """What was understood: values by question, the corrected ones among them, or a problem."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    corrected: tuple[str, ...] = ()
    problem: str | None = None
    digression: bool = False


def hear(
    text: str,
    intent: str,
    *,
    question: str,
    previous_question: str | None,
    known: Mapping[str, Any],
    facts: Mapping[str, Any],
    today: date,
) -> Heard:
    """Return what `text` says while `question` is open.

    Args:
        text: the visitor's words, or the payload of a button.
        intent: the classifier's intent for them.
        question: the question that was asked last.
        previous_question: the one before, which "sorry, I meant 29" corrects.
        known: earlier answers by question.
        facts: what `text` clearly states, whatever the question.
        today: the day on which ages and birthdays are counted.
    """
    reading = _read(question, text, today)
    if text.startswith("/") or (intent in DIGRESSIONS and is_question(text)):
        return Heard(digression=True)
    answers = _is_one_word_answer(text, question, reading)
    answers = answers or (intent == "stop" and _is_no_order(text, question, reading))
    if intent in OBEYED_AT_ONCE and not answers:
        return Heard(digression=True)
    corrects = intent == "correct_answer" or bool(_TAKES_BACK.search(text))
    facts = _with_the_passport_known(facts, text, known)
    if corrects and facts:
        return _answers(facts, known)
    if _NAMES_THE_LAST.search(text) and previous_question:
        return _corrected_last_answer(text, previous_question, known, today)
    if question == "residence" and facts.get("nationalities") == [reading.value]:
        facts = {name: value for name, value in facts.items() if name != "nationalities"}
    if previous_question and isinstance(reading.value, bool) and yes_or_no(text) is None:
        earlier = _read(previous_question, text, today)
        if _BEGINS_ANEW.search(text) and earlier.value is not None:
            return _answers({previous_question: earlier.value}, known)
    only_about_other_things = facts and question not in facts and yes_or_no(text) is None
    if isinstance(reading.value, bool) and only_about_other_things:
        return _answers(facts, known)
    if reading.value is not None:
        return _answers({**facts, question: reading.value}, known)
    if facts:
        return _answers(facts, known)
    if corrects and previous_question:
        correction = _corrected_last_answer(text, previous_question, known, today)
        if correction.answers:
            return correction
    if reading.problem is None and intent in DIGRESSIONS and not _is_a_failed_reply(text, intent):
        return Heard(digression=True)
    return Heard(problem=reading.problem or NOT_UNDERSTOOD)


def _corrected_last_answer(
    text: str, previous_question: str, known: Mapping[str, Any], today: date
) -> Heard:
    """Return what `text` corrects in the answer before; never an answer to the open question."""
    reading = _read(previous_question, _LEADING_WORDS.sub("", text), today)
    if reading.value is None:
        return Heard(problem=reading.problem or NOT_UNDERSTOOD)
    return _answers({previous_question: reading.value}, known)


def _with_the_passport_known(
    facts: Mapping[str, Any], text: str, known: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return `facts` where "I also have a German passport" adds to the passports known."""
    held = known.get("nationalities")
    if not isinstance(held, list) or "nationalities" not in facts:
        return facts
    if not adds_a_nationality(text):
        return facts
    return {**facts, "nationalities": list(dict.fromkeys([*held, *facts["nationalities"]]))}


def with_the_birth_forgotten(
    facts: Mapping[str, Any], known: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return `facts` where another age makes a date of birth told earlier void."""
    is_another = "age" in facts and facts["age"] != known.get("age")
    if not is_another or known.get("date_of_birth") is None:
        return facts
    return {"date_of_birth": None, **facts}


def _is_one_word_answer(text: str, question: str, reading: Reading) -> bool:
    """Tell whether "Finnish" or "finished" answers, though it looks like an order to finish."""
    word = text.strip(" .!").lower()
    could_be_anything = question == "applicant_name" or word in _ORDERS
    return reading.value is not None and " " not in word and not could_be_anything


def _is_no_order(text: str, question: str, reading: Reading) -> bool:
    """Tell whether "Icelandic and Finnish" answers, though it looks like an order to finish."""
    ordered = not _ORDERS.isdisjoint(re.findall(r"[a-z]+", text.lower()))
    told = reading.value is not None and not isinstance(reading.value, bool)
    return told and not ordered and question != "applicant_name"


def _read(question: str, text: str, today: date) -> Reading:
    return read_answer(READ_AS.get(question, question), text, today)


def _answers(facts: Mapping[str, Any], known: Mapping[str, Any]) -> Heard:
    facts = with_the_birth_forgotten(facts, known)
    corrected = (
        name
        for name, value in facts.items()
        if value is not None and known.get(name) not in (None, value)
    )
    return Heard(answers=facts, corrected=tuple(corrected))


def _is_a_failed_reply(text: str, intent: str) -> bool:
    """Tell whether a text that asks nothing is likelier a reply gone wrong than another topic."""
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    return intent == "out_of_scope" or not words or (intent == "faq" and len(words) <= MOST_WORDS)
