"""Replies as texts for WhatsApp, where buttons become menus."""

from __future__ import annotations

from bot.channels.menu import bullets, numbered_lines
from bot.channels.rendering.fitting import cut
from bot.mailroom import Reply

MOST_TEXT = 1600
ALSO = "You can also write:"
HOW_TO_CHOOSE = "Reply with a number, or in your own words."


def is_numbered(reply: Reply) -> bool:
    """Tell whether the reply ends with a menu, so that a number cannot answer anything else."""
    return bool(reply) and bool(reply[-1].buttons)


def render(reply: Reply) -> list[dict[str, str]]:
    """Return the whole reply as one text, more where it is too long: each one costs money.

    Where buttons stand only before the last question, they are listed without numbers: a number
    would be the answer to that question.
    """
    numbered = is_numbered(reply)
    parts: list[str] = []
    first = 1
    for bubble in reply:
        parts += [bubble.text] if bubble.text else []
        if bubble.buttons and numbered:
            parts += ["\n".join(numbered_lines(bubble.buttons, first))]
            first += len(bubble.buttons)
        elif bubble.buttons:
            parts += ["\n".join([ALSO, *bullets(bubble.buttons)])]
    if numbered:
        parts.append(HOW_TO_CHOOSE)
    return [{"Body": piece} for piece in cut("\n\n".join(parts), MOST_TEXT)]
