"""A conversation as people read it: who said what, when, and how it was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Speaker = Literal["visitor", "assistant", "staff"]


@dataclass(frozen=True)
class Button:
    """A quick reply: what the visitor sees and what is sent when it is chosen."""

    title: str
    payload: str


@dataclass(frozen=True)
class Turn:
    """One utterance of one side.

    `text` is empty where it was removed for privacy. Intent, confidence and entities belong to the
    visitor's turns, buttons and data to the assistant's; `data` says the same as `text` in a form
    that a page can lay out. `guess` is the likeliest topic where none was trusted, `confidence`
    then its probability. `by` is the member of staff who said it. The assistant's turns have no
    message id.
    """

    time: datetime
    speaker: Speaker
    text: str
    intent: str | None = None
    confidence: float | None = None
    entities: tuple[Mapping[str, Any], ...] = ()
    buttons: tuple[Button, ...] = ()
    guess: str | None = None
    message_id: str | None = None
    by: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Conversation:
    """All turns of one conversation, oldest first."""

    conversation_id: str
    turns: tuple[Turn, ...]

    def reply_to(self, message_id: str) -> tuple[Turn, ...] | None:
        """Return what the assistant said to the message; None if it never reached the assistant."""
        for index, turn in enumerate(self.turns):
            if turn.message_id == message_id:
                return self._assistant_turns_after(index)
        return None

    def _assistant_turns_after(self, index: int) -> tuple[Turn, ...]:
        reply = []
        for turn in self.turns[index + 1 :]:
            if turn.speaker == "visitor":
                break
            if turn.speaker == "assistant":
                reply.append(turn)
        return tuple(reply)
