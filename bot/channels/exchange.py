"""What the website and its channel send each other, as JSON: requests read, histories written."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from bot.mailroom import Bubble, Incoming, Reply, bubbles
from bot.mailroom.reply import as_json
from bot.transcripts import Conversation, Turn, Verdict


class Unreadable(ValueError):
    """The request does not have the shape that the channel asks for."""


def read_message(conversation_id: str, body: bytes) -> Incoming:
    """Return the message that `body` holds.

    Raises:
        Unreadable: it holds none.
    """
    try:
        content = json.loads(body)
        message_id = str(uuid.UUID(content["message_id"]))
        (words,) = (content[key] for key in ("text", "payload") if key in content)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Unreadable from None
    if not isinstance(words, str):
        raise Unreadable
    return Incoming(conversation_id, message_id, words)


def read_verdict(body: bytes) -> tuple[str, Verdict | None]:
    """Return the id of a message and what was said of the reply to it.

    Raises:
        Unreadable: `body` holds no such thing.
    """
    try:
        content = json.loads(body)
        message_id, verdict = str(uuid.UUID(content["message_id"])), content["verdict"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Unreadable from None
    if verdict not in ("up", "down", None):
        raise Unreadable
    return message_id, verdict


def history_of(conversation: Conversation, verdicts: Mapping[str, Verdict]) -> list[dict[str, Any]]:
    """Return the bubbles of both sides; a reply names the message it answers and its verdict."""
    messages: list[dict[str, Any]] = []
    answered = None
    for turn in conversation.turns:
        said = {"speaker": turn.speaker, "time": turn.time.isoformat()}
        if turn.speaker == "visitor":
            answered = turn.message_id
            about: dict[str, Any] = {"message_id": answered}
        elif turn.speaker == "staff":
            about = {"message_id": turn.message_id}
        else:
            about = {"reply_to": answered, "feedback": verdicts.get(answered or "")}
        messages += [said | about | as_json(bubble) for bubble in _bubbles(turn)]
    return messages


def _bubbles(turn: Turn) -> Reply:
    """Return a turn as it was shown: that of a person as one bubble, removed words as none."""
    if turn.speaker == "assistant":
        return bubbles(turn.text, turn.buttons, turn.data)
    return (Bubble(turn.text),) if turn.text else ()
