"""Candidates: the words that may name a nationality, a home or an age."""

from __future__ import annotations

from bot.conversation.reading.words.said import Said

YOUNGEST, OLDEST = 16, 60
_NAMES = frozenset({"CTRY", "DEM", "DEMS", "PLACE"})


def countries(said: Said) -> list[int]:
    """Return where `said` names a country, a people or a town."""
    return [position for position, word in enumerate(said.words) if word.text in _NAMES]


def ages(said: Said) -> list[int]:
    """Return where `said` has a whole number that an applicant's age may be."""
    return [
        position
        for position, word in enumerate(said.words)
        if word.text == "NUM" and YOUNGEST <= word.value <= OLDEST and word.value % 1 == 0
    ]
