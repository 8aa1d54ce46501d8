"""Requests about an application, and what must be known before each is done."""

from __future__ import annotations

import re
from enum import Enum

from bot.conversation.prescreening import Answers
from bot.conversation.reading import is_unknown, yes_or_no

REQUEST_QUESTIONS = ("reference", "email", "confirm_request")
NO_REFERENCE = "none"

_NONE = re.compile(r"\b(none|lost|forgot|never got|no code|(not|n't|nt) have)\b", re.I)


class RequestKind(str, Enum):
    """What a visitor can ask about an application; the values are intents."""

    STATUS = "application_status"
    WITHDRAW = "withdraw"
    DELETE = "delete_my_data"

    @property
    def needs_confirmation(self) -> bool:
        """Whether the request undoes something."""
        return self is not RequestKind.STATUS


def open_request_questions(answers: Answers) -> list[str]:
    """Return what is still to be asked for the request in `answers`.

    Somebody without a reference code can still have the conversation deleted; no e-mail address
    is asked for then.
    """
    kind = RequestKind(answers["request_kind"])
    has_reference = answers.get("reference") != NO_REFERENCE
    needed = ["reference"]
    if has_reference:
        needed.append("email")
    if kind.needs_confirmation and (has_reference or kind is RequestKind.DELETE):
        needed.append("confirm_request")
    return [name for name in needed if answers.get(name) is None]


def says_there_is_no_reference(text: str) -> bool:
    """Tell whether `text`, asked for a reference code, means that there is none."""
    return yes_or_no(text) is False or is_unknown(text) or bool(_NONE.search(text))
