"""Where speakers take back what they said: "sorry, I mean 31", "Danish... no, Swedish"."""

from __future__ import annotations

from collections.abc import Set

from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.speaker import END, QUESTION_START, START

_EDGES = frozenset({",", START, END})
_GOES_ON = frozenset({",", END, "i", "DEM", "it"})


def taken_back_at(said: Said, words: Set[str]) -> list[int]:
    """Return where one of `words` stands, or a bare "no" that stops the speaker.

    The "no" after a question answers it.
    """
    texts = said.texts()
    return [
        position
        for position, text in enumerate(texts)
        if text in words or (text == "no" and _stops(texts, position))
    ]


def _stops(texts: list[str], position: int) -> bool:
    if texts[position - 1] not in _EDGES or texts[position + 1] not in _GOES_ON:
        return False
    openings = [text for text in texts[: position - 1] if text in (START, QUESTION_START)]
    return bool(openings) and openings[-1] == START
