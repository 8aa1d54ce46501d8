"""Replies as Telegram's `sendMessage` takes them. Without a parse mode nothing is markup."""

from __future__ import annotations

from typing import Any

from bot.channels.rendering.fitting import CHOOSE, carried, cut, length
from bot.mailroom import Bubble, Reply
from bot.transcripts import Button

MOST_TEXT = 4096
MOST_CALLBACK_BYTES = 64
SHORT_TITLE = 18
"""Two buttons with titles up to this length stand side by side on a phone."""


def render(reply: Reply) -> list[dict[str, Any]]:
    """Return one message a bubble, more where it is too long; buttons hang under its end."""
    return [message for bubble in reply for message in _messages(bubble)]


def _messages(bubble: Bubble) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = [
        {"text": piece, "link_preview_options": {"is_disabled": True}}
        for piece in cut(bubble.text or CHOOSE, MOST_TEXT)
    ]
    if bubble.buttons:
        messages[-1]["reply_markup"] = {"inline_keyboard": _keyboard(bubble.buttons)}
    return messages


def _keyboard(buttons: tuple[Button, ...]) -> list[list[dict[str, str]]]:
    keys = [
        {"text": button.title, "callback_data": carried(button, MOST_CALLBACK_BYTES)}
        for button in buttons
    ]
    a_row = 2 if all(length(button.title) <= SHORT_TITLE for button in buttons) else 1
    return [keys[start : start + a_row] for start in range(0, len(keys), a_row)]
