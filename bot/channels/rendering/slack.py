"""Replies as blocks for Slack's `chat.postMessage`, and Slack's own markup read back as words."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from bot.channels.rendering.fitting import CHOOSE, carried, cut, shortened
from bot.mailroom import Bubble, Reply
from bot.transcripts import Button

MOST_SECTION_TEXT = 3000
MOST_FALLBACK_TEXT = 4000
MOST_BLOCKS = 50
MOST_IN_ROW = 5
MOST_TITLE = 75
MOST_VALUE_BYTES = 2000

_SENTINELS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")
_NAMED = re.compile(r"<[#!][^|>]*\|([^>]*)>")
_ADDRESS = re.compile(
    r"<(?:mailto|tel):[^|>]*\|([^>]*)>|<(?:mailto:|tel:)?([^|>#@!]+)(?:\|[^>]*)?>"
)


def escaped(text: str) -> str:
    """Return `text` so that Slack shows it as it is and sees no mention or link in it."""
    return "".join(_SENTINELS.get(character, character) for character in text)


def plain(text: str) -> str:
    """Return what somebody typed, of what Slack made of it: no mentions, links as their address."""
    without_mentions = _MENTION.sub(" ", text)
    named = _NAMED.sub(r"\1", without_mentions)
    return unescape(_ADDRESS.sub(lambda found: found[1] or found[2], named))


def render(reply: Reply) -> list[dict[str, Any]]:
    """Return the reply as one message, more where Slack allows no further block in it."""
    blocks = [block for bubble in reply for block in _blocks(bubble)]
    text = escaped("\n\n".join(bubble.text for bubble in reply if bubble.text) or CHOOSE)
    fallback = cut(text, MOST_FALLBACK_TEXT)[0]
    return [
        {"text": fallback, "blocks": blocks[start : start + MOST_BLOCKS]}
        for start in range(0, len(blocks), MOST_BLOCKS)
    ]


def _blocks(bubble: Bubble) -> list[dict[str, Any]]:
    # Escaping makes a character five long at most, and a cut within `&amp;` would show.
    pieces = cut(bubble.text or CHOOSE, MOST_SECTION_TEXT // 5)
    if len(escaped(bubble.text)) <= MOST_SECTION_TEXT:
        pieces = [bubble.text or CHOOSE]
    sections: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": escaped(piece)}} for piece in pieces
    ]
    rows = [
        bubble.buttons[start : start + MOST_IN_ROW]
        for start in range(0, len(bubble.buttons), MOST_IN_ROW)
    ]
    return sections + [{"type": "actions", "elements": _elements(row)} for row in rows]


def _elements(buttons: tuple[Button, ...]) -> list[dict[str, Any]]:
    return [
        {
            "type": "button",
            "action_id": f"choice_{number}",
            "text": {
                "type": "plain_text",
                "text": shortened(button.title, MOST_TITLE),
                "emoji": False,
            },
            "value": carried(button, MOST_VALUE_BYTES),
        }
        for number, button in enumerate(buttons, start=1)
    ]
