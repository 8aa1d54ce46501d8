"""Making words and buttons fit: lengths, places to cut at, labels."""

from __future__ import annotations

import re

from bot.mailroom.reply import key_of
from bot.transcripts import Button

CHOOSE = "Please choose:"
"""Stands over buttons that come without words, which no messenger takes."""

_BREAKS = (re.compile(r"\n"), re.compile(r"(?<=[.!?])\s"), re.compile(r"\s"))


def length(text: str) -> int:
    """Return how long messengers think that `text` is: in UTF-16 units, an emoji counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> list[str]:
    """Return `text` in pieces of at most `most` units, cut at line, sentence or word ends."""
    pieces = []
    rest = text
    while length(rest) > most:
        end = _place_to_cut(_head(rest, most))
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*pieces, rest]


def shortened(title: str, most: int) -> str:
    """Return `title` in at most `most` units; what is missing is marked by an ellipsis."""
    return title if length(title) <= most else f"{_head(title, most - 1).rstrip()}…"


def carried(button: Button, most_bytes: int) -> str:
    """Return the button's payload, or its key where the messenger has no room for it."""
    fits = len(button.payload.encode()) <= most_bytes
    return button.payload if fits else key_of(button)


def _head(text: str, most: int) -> str:
    head = text[:most]
    while length(head) > most:
        head = head[:-1]
    return head


def _place_to_cut(head: str) -> int:
    """Return where `head` is best cut: not before its middle, unless there is nothing better."""
    for pattern in _BREAKS:
        ends = [found.end() for found in pattern.finditer(head)]
        if ends and (ends[-1] > len(head) // 2 or pattern is _BREAKS[-1]):
            return ends[-1]
    return len(head)
