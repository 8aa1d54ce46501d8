"""How far the pre-screening has come: "question 3 of about 9"."""

from __future__ import annotations

from datetime import date

from bot.conversation.prescreening import Answers, decisions, open_questions
from bot.conversation.questions import QUESTIONS
from bot.knowledge import Knowledge


def progress(answers: Answers, on: date, knowledge: Knowledge) -> dict[str, int]:
    """Return the number of the question to ask now, and about how many there will be.

    The second number is an estimate: an answer can settle other questions, or open some.
    """
    answered = sum(answers.get(name) is not None for name in QUESTIONS)
    to_ask = {name for name in open_questions(answers, on, knowledge) if name in QUESTIONS}
    for decision in decisions(answers, on, knowledge).values():
        to_ask |= {name for name in decision.open_questions if answers.get(name) is None}
    return {"question": answered + 1, "of": answered + len(to_ask & set(QUESTIONS))}
