"""Recognising a misspelt word: the nearest known word, unless it is a plain English word itself.

Optimal string alignment (a swap of neighbours counts once): at most 1 edit up to six letters, 2
above, same first letter. `tests/unit/reading/test_countries.py` measures it on country names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

SHORTEST = 5
LONGEST = 24
ENGLISH_WORDS = frozenset(
    Path(__file__).with_name("english_words.txt").read_text(encoding="utf-8").split()
)
"""English words that lie within reach of a known word and must not be corrected to it."""


class Speller:
    """Finds the known word that a misspelt one stands for."""

    def __init__(
        self, words: Iterable[str], meaning: Callable[[str], Hashable] = lambda word: word
    ) -> None:
        """Take the known words, and a function that tells which of them mean the same."""
        self._meaning = meaning
        self._words = frozenset(words)
        self._by_first_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if len(word) >= SHORTEST:
                self._by_first_letter[word[0]].append(word)
        self.correct = lru_cache(maxsize=4096)(self._correct)

    def _correct(self, word: str) -> str | None:
        """Return the one nearest known word; None when there is none, or no telling which.

        Of two equally near, the longer wins: people drop letters more often than they add them.
        """
        if not SHORTEST <= len(word) <= LONGEST or word in ENGLISH_WORDS:
            return None
        if word[-1] == word[-2] and word[:-1] in self._words:
            return word[:-1]
        reach = 1 if len(word) <= 6 else 2
        near = [
            (distance, -len(known), known)
            for known in self._by_first_letter[word[0]]
            if (distance := OSA.distance(word, known, score_cutoff=reach)) <= reach
        ]
        near.sort()
        nearest = [known for distance, length, known in near if (distance, length) == near[0][:2]]
        return nearest[0] if len({self._meaning(known) for known in nearest}) == 1 else None
