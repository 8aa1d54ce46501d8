"""What one message means while a question is open.

A message can answer the question, tell other facts, correct an earlier answer, or be something
else altogether (a question of the visitor's, "stop", "talk to a person"), which the dialogue
rules then handle before the question is asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.conversation.reading import is_question, read_answer

NOT_UNDERSTOOD = "not_understood"

READ_AS = {"program_choice": "program", "confirm_request": "confirm"}
"""Questions whose answers are read like those of another one."""

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
    facts_in: Callable[[str], Mapping[str, Any]],
    today: date,
) -> Heard:
    """Return what `text` says while `question` is open.

    Args:
        text: the visitor's words, or the payload of a button.
        intent: the classifier's intent for them.
        question: the question that was asked last.
        previous_question: the one before, which "sorry, I meant 29" corrects.
        known: earlier answers by question.
        facts_in: reads what a text clearly states beyond the question asked.
        today: the day on which ages and birthdays are counted.
    """
    if intent in OBEYED_AT_ONCE or text.startswith("/"):
        return Heard(digression=True)
    if is_question(text) and intent in DIGRESSIONS:
        return Heard(digression=True)
    facts = dict(facts_in(text))
    reading = read_answer(READ_AS.get(question, question), text, today)
    if reading.value is not None:
        facts.setdefault(question, reading.value)
    elif intent == "correct_answer" and previous_question and not facts:
        correction = read_answer(previous_question, text, today)
        if correction.value is not None:
            facts[previous_question] = correction.value
    if facts:
        corrected = tuple(
            name for name, value in facts.items() if known.get(name) not in (None, value)
        )
        return Heard(answers=facts, corrected=corrected)
    if reading.problem is None and intent in DIGRESSIONS:
        return Heard(digression=True)
    return Heard(problem=reading.problem or NOT_UNDERSTOOD)
