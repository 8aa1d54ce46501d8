"""A visitor's request for a person, from the queue until it is closed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class HandoverState(str, Enum):
    """WAITING: nobody has it and the assistant goes on. TAKEN: a person has it. CLOSED: over."""

    WAITING = "waiting"
    TAKEN = "taken"
    CLOSED = "closed"


class HandoverError(RuntimeError):
    """The step cannot be made; the message says why, for staff."""


@dataclass(frozen=True)
class Request:
    """One request. `last_at` is when anything happened; `closed_by` says who or what ended it."""

    id: int
    conversation_id: str
    channel: str
    state: HandoverState
    requested_at: datetime
    last_at: datetime
    taken_by: str | None
    taken_at: datetime | None
    hands_back_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None


ANSWERED_HERE = frozenset({"web", "telegram", "whatsapp", "messenger", "slack"})
"""The channels in which what staff write reaches the visitor."""

NOTICE = (
    "Somebody of the team has this conversation and will answer here. I keep quiet meanwhile. "
    'Say "back to the assistant" if you want me again.'
)
TAKEN = "Somebody of the team is here now and reads what you write."
WITH_ASSISTANT = "You are talking to the assistant again. What else would you like to know?"
STILL_QUEUED = (
    "I am still here: ask me anything. The team has your request and can answer here later."
)

_AGAIN = re.compile(
    r"(?:please |can i |i want to |i would like to |let me |ok,? )*"
    r"(?:go |get |take me |talk |switch |return |come )?(?:back )?to (?:the |my )?"
    r"(?:chat ?bot|bot|assistant|robot)(?: again)?(?: please)?"
)


def wants_the_assistant(text: str) -> bool:
    """Return whether a visitor asks for the assistant in place of a person."""
    words = " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())
    return bool(_AGAIN.fullmatch(words))
