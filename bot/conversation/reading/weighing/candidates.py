"""Candidates: the words that may name a nationality, a home or an age."""

from __future__ import annotations

from bot.conversation.reading.words.said import Said

YOUNGEST, OLDEST = 16, 60
MOST = 12
"""Whoever writes more of a kind is not describing themselves; judging all would take long."""
_NUMBERS = frozenset({"NUM", "ORD"})
_NAMES = frozenset({"CTRY", "DEM", "DEMS", "PLACE"})


def countries(said: Said) -> list[int]:
    """Return where `said` names a country, a people or a town, the first `MOST`."""
    return [position for position, word in enumerate(said.words) if word.text in _NAMES][:MOST]


def ages(said: Said) -> list[int]:
    """Return where `said` has a number that may be an age or a birthday, the first `MOST`."""
    return [
        position
        for position, word in enumerate(said.words)
        if word.text in _NUMBERS and YOUNGEST <= word.value <= OLDEST and word.value % 1 == 0
    ][:MOST]
