"""The application to a waiting list: what it asks, the summary, and the submission it becomes."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from typing import Any

from bot.conversation.explaining import describe_facts, list_facts
from bot.conversation.prescreening import Answers, decisions, known_facts
from bot.conversation.reading import read_answer, yes_or_no
from bot.conversation.words import Words
from bot.knowledge import Knowledge
from bot.waiting_list.entry import Consent, Submission

APPLICATION_QUESTIONS = ("program_choice", "consent", "applicant_name", "email", "confirm")

_WANTS_TO_JOIN = re.compile(
    r"\b(list|join|sign|put me|register|apply|yes|sure|ok)\b", re.IGNORECASE
)
_CHANGE = re.compile(r"\b(change|wrong|correct|edit|fix|mistake|typo)\b", re.IGNORECASE)
_FIELD_WORDS = {"e-mail": "email", "email": "email", "mail": "email", "name": "applicant_name"}


def wants_to_join(text: str) -> bool:
    """Tell whether `text`, said while the waiting list is on offer, accepts it."""
    return yes_or_no(text) is not False and bool(_WANTS_TO_JOIN.search(text))


def open_application_questions(answers: Answers) -> list[str]:
    """Return what is still to be asked; nothing once consent is refused."""
    if answers.get("consent") is False:
        return []
    return [name for name in APPLICATION_QUESTIONS if answers.get(name) is None]


def changes_in(text: str, today: date) -> dict[str, Any]:
    """Return what `text` changes: a new e-mail address, or None for a field to ask again."""
    if "@" in text:
        email = read_answer("email", text, today).value
        return {"email": email} if email else {}
    if _CHANGE.search(text):
        words = re.findall(r"[\w-]+", text.lower())
        fields = {_FIELD_WORDS[word] for word in words if word in _FIELD_WORDS}
        return dict.fromkeys(sorted(fields))
    return {}


def summary_of(answers: Answers, knowledge: Knowledge, words: Words) -> str:
    """Return the application as the visitor should check it, one fact a line."""
    program = knowledge.program(answers["program_choice"])
    return words.say(
        "utter_application_summary",
        program=program.title,
        season=program.season,
        name=answers["applicant_name"],
        email=answers["email"],
        facts=describe_facts(known_facts(answers), words),
    )


def summary_card(answers: Answers, knowledge: Knowledge, words: Words) -> dict[str, Any]:
    """Return what `summary_of` says as JSON that a page can lay out."""
    program = knowledge.program(answers["program_choice"])
    return {
        "program": program.title,
        "season": program.season,
        "name": answers["applicant_name"],
        "email": answers["email"],
        "facts": list_facts(known_facts(answers), words),
    }


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
            version=hashlib.sha256(consent_text.encode()).hexdigest()[:12],
            text=consent_text,
            given_at=datetime.fromisoformat(answers["consent_given_at"]),
            channel=channel,
        ),
    )
