"""Replies as Messenger's Send API takes them; its texts know no markup.

Quick replies vanish with the next message, so only the last bubble has them; the buttons of earlier
bubbles become templates, which stay. Where a title is too long or there are more buttons than
Messenger shows, all titles stand in the text too, numbered where a number can mean nothing else.
"""

from __future__ import annotations

from typing import Any

from bot.channels.menu import bullets, numbered_lines
from bot.channels.rendering.fitting import CHOOSE, carried, cut, length, shortened
from bot.mailroom import Reply
from bot.transcripts import Button

MOST_TEXT = 2000
MOST_TEMPLATE_TEXT = 640
MOST_QUICK_REPLIES = 13
MOST_TEMPLATE_BUTTONS = 3
MOST_TITLE = 20
MOST_PAYLOAD_BYTES = 1000


def is_numbered(reply: Reply) -> bool:
    """Tell whether the reply ends with a menu, so that a number cannot answer anything else."""
    return bool(reply) and bool(reply[-1].buttons) and _is_too_much(reply)


def render(reply: Reply) -> list[dict[str, Any]]:
    """Return the messages of `reply` in their order."""
    listed, numbered = _is_too_much(reply), is_numbered(reply)
    messages: list[dict[str, Any]] = []
    first = 1
    for position, bubble in enumerate(reply, start=1):
        labels, text = [button.title for button in bubble.buttons], bubble.text
        if labels and listed:
            lines = numbered_lines(bubble.buttons, first) if numbered else bullets(bubble.buttons)
            text = "\n".join([text or CHOOSE, *lines])
            labels = [
                title if length(title) <= MOST_TITLE else line
                for title, line in zip(labels, lines, strict=True)
            ]
        choices = list(zip(labels, bubble.buttons, strict=True))
        messages += _last(text, choices) if position == len(reply) else _earlier(text, choices)
        first += len(choices)
    return messages


def _is_too_much(reply: Reply) -> bool:
    """Tell whether Messenger cannot show all buttons of `reply` as they are."""
    return len(reply[-1].buttons if reply else ()) > MOST_QUICK_REPLIES or any(
        length(button.title) > MOST_TITLE for bubble in reply for button in bubble.buttons
    )


def _last(text: str, choices: list[tuple[str, Button]]) -> list[dict[str, Any]]:
    messages = _texts(text)
    if choices:
        messages[-1]["quick_replies"] = [
            {
                "content_type": "text",
                "title": shortened(label, MOST_TITLE),
                "payload": carried(button, MOST_PAYLOAD_BYTES),
            }
            for label, button in choices[:MOST_QUICK_REPLIES]
        ]
    return messages


def _earlier(text: str, choices: list[tuple[str, Button]]) -> list[dict[str, Any]]:
    if not choices:
        return _texts(text)
    *before, over = cut(text or CHOOSE, MOST_TEMPLATE_TEXT)
    messages: list[dict[str, Any]] = [{"text": piece} for piece in before]
    for start in range(0, len(choices), MOST_TEMPLATE_BUTTONS):
        shown = choices[start : start + MOST_TEMPLATE_BUTTONS]
        messages.append(_template(over if start == 0 else CHOOSE, shown))
    return messages


def _texts(text: str) -> list[dict[str, Any]]:
    return [{"text": piece} for piece in cut(text or CHOOSE, MOST_TEXT)]


def _template(text: str, choices: list[tuple[str, Button]]) -> dict[str, Any]:
    buttons = [
        {
            "type": "postback",
            "title": shortened(label, MOST_TITLE),
            "payload": carried(button, MOST_PAYLOAD_BYTES),
        }
        for label, button in choices
    ]
    payload = {"template_type": "button", "text": text, "buttons": buttons}
    return {"attachment": {"type": "template", "payload": payload}}
