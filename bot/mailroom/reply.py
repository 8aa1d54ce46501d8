"""A reply as it is stored and sent: a row of bubbles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any

from bot.transcripts import Button

SHOWN_DATA = frozenset({"decision", "progress", "reference", "source", "summary"})
"""What actions may attach to their words; anything else is not shown to people."""

_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True)
class Bubble:
    """One message of the assistant with the quick replies that stand under it.

    `data` says the same as `text` in a form that a widget can lay out; other channels ignore it.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


Reply = tuple[Bubble, ...]


def bubbles(
    text: str | None, buttons: Iterable[Button] = (), data: Mapping[str, Any] | None = None
) -> Reply:
    """Return a bubble for each part of `text` between blank lines.

    The first has the `data` that is known to be shown, the last the buttons.
    """
    *first, last = _BLANK_LINE.split((text or "").strip())
    row = [Bubble(part) for part in first] + [Bubble(last, tuple(buttons))]
    row[0] = replace(row[0], data={key: (data or {})[key] for key in SHOWN_DATA & set(data or {})})
    return tuple(bubble for bubble in row if bubble.text or bubble.buttons)


def buttons_of(items: Iterable[Mapping[str, Any]]) -> tuple[Button, ...]:
    """Return the buttons that `items` describe by title and payload."""
    return tuple(Button(str(item["title"]), str(item["payload"])) for item in items)


def offered_payloads(reply: Reply) -> tuple[str, ...]:
    """Return the command payloads (those with a leading slash) that `reply` offers."""
    payloads = (button.payload for bubble in reply for button in bubble.buttons)
    return tuple(payload for payload in payloads if payload.startswith("/"))


def key_of(button: Button) -> str:
    """Return a short name for the button's payload, where a messenger cannot carry it whole."""
    return f"#{sha256(button.payload.encode()).hexdigest()[:16]}"


def as_json(bubble: Bubble) -> dict[str, Any]:
    """Return the shape in which a bubble goes to the visitor."""
    return {
        "text": bubble.text,
        "buttons": [asdict(button) for button in bubble.buttons],
        **bubble.data,
    }


def dump(reply: Reply) -> str:
    """Return `reply` as text for the database."""
    return json.dumps([as_json(bubble) for bubble in reply])


def load(text: str) -> Reply:
    """Return the reply that `dump` wrote."""
    return tuple(_loaded(**item) for item in json.loads(text))


def _loaded(text: str, buttons: Iterable[Mapping[str, Any]], **data: Any) -> Bubble:
    return Bubble(text, buttons_of(buttons), data)
