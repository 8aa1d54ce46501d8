"""Checks and normal forms of what people type: names, addresses, remarks."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.waiting_list.entry import LISTED_OUTCOMES, Submission
from bot.waiting_list.errors import SubmissionRefused

LONGEST_NAME = 120
LONGEST_EMAIL = 254
LONGEST_REMARK = 500
LONGEST_NOTE = 2_000
_ADDRESS = re.compile(r"[^@\s,;<>()\[\]\\\"]+@[^@\s,;<>()\[\]\\\"]+\.[^@\s,;<>()\[\]\\\"]+")


def one_line(text: str) -> str:
    """Return `text` on one line, without control, format and surrogate characters."""
    kept = (" " if char.isspace() else char for char in text)
    visible = "".join(char for char in kept if not unicodedata.category(char).startswith("C"))
    return " ".join(visible.split())


def lines_of(text: str) -> str:
    """Return `text` with each of its lines tidied by `one_line`, and no empty ones."""
    return "\n".join(filter(None, map(one_line, text.splitlines())))


def is_address(text: str) -> bool:
    """Return whether `text` is one plain address, which cannot hold a second one or a header."""
    return len(text) <= LONGEST_EMAIL and one_line(text) == text and bool(_ADDRESS.fullmatch(text))


def email_key(email: str) -> str:
    """Return the form in which addresses are compared: composed, in lower case."""
    return unicodedata.normalize("NFC", one_line(email)).lower()


def checked(submission: Submission) -> Submission:
    """Return `submission` with a tidy name and address.

    Raises:
        SubmissionRefused: a part is missing or cannot be kept; the message says which.
    """
    name = one_line(submission.name)
    email = submission.email.strip()
    if not name or len(name) > LONGEST_NAME:
        raise SubmissionRefused(f"A name of 1 to {LONGEST_NAME} characters is needed.")
    if not is_address(email):
        raise SubmissionRefused("The e-mail address cannot be used.")
    if submission.outcome not in LISTED_OUTCOMES:
        raise SubmissionRefused("Only a qualified outcome, or one to be reviewed, can be listed.")
    if not submission.consent.text or submission.consent.given_at.tzinfo is None:
        raise SubmissionRefused("The consent needs its words and the time it was given.")
    conversation = submission.conversation_id
    if conversation is not None and one_line(conversation) != conversation:
        raise SubmissionRefused("The conversation id cannot be used.")
    _check_json("answers", submission.answers)
    _check_json("decision", submission.decision)
    return replace(submission, name=name, email=email)


def _check_json(part: str, value: Mapping[str, Any]) -> None:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise SubmissionRefused(f"The {part} are not JSON values.") from error
