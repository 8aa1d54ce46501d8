"""Corrects typos by what people usually ask here: a noisy channel over pairs of words.

A word that the examples use is never touched. Any other is compared with the words one slip of
the finger away (a letter too many, missing, wrong, or two swapped); the likeliest sentence wins.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase

SLIP = 0.1  # how often a word is mistyped
FOREIGN = 0.3  # how often a word is English but in none of the examples
PAIR = 0.8  # how much the word before counts, against the word's own frequency
MAX_CANDIDATES = 40
UNSEEN = 1e-9
START, END = "<", ">"

# Whole words: no piece of a number, reference, address or hyphenated name.
_WORD = re.compile(r"(?<![\w@./-])[^\W\d_]+(?![\w@/])")


@dataclass(frozen=True)
class Spelling:
    """How likely each word is, alone and after another word of the examples."""

    frequency: Mapping[str, float]
    following: Mapping[str, Mapping[str, float]]

    @classmethod
    def fit(cls, texts: Iterable[str], english: Iterable[str] = ()) -> Spelling:
        """Learn from cleaned `texts`; `english` lists further words, most frequent first."""
        words: Counter[str] = Counter()
        pairs: dict[str, Counter[str]] = {}
        for text in texts:
            sentence = [START, *_WORD.findall(text), END]
            words.update(sentence)
            for left, right in pairwise(sentence):
                pairs.setdefault(left, Counter())[right] += 1
        frequency = _by_rank(english)
        for word, count in words.items():
            frequency[word] = frequency.get(word, 0.0) + (1 - FOREIGN) * count / words.total()
        following = {
            left: {right: count / words[left] for right, count in rights.items()}
            for left, rights in pairs.items()
        }
        return cls(frequency, following)

    def correct(self, text: str) -> str:
        """Return a cleaned `text` with its likely typos mended, otherwise unchanged."""
        sentence = _WORD.findall(text)
        if all(word in self.following for word in sentence):
            return text
        mended = iter(self._likeliest(sentence))
        return _WORD.sub(lambda _: next(mended), text)

    def _likeliest(self, sentence: list[str]) -> list[str]:
        """Find the best path through the candidates of every word (Viterbi)."""
        paths: dict[str, tuple[float, list[str]]] = {START: (0.0, [])}
        for choices in [*map(self._candidates, sentence), {END: 0.0}]:
            paths = {word: self._arrive(paths, word, cost) for word, cost in choices.items()}
        return paths[END][1][:-1]

    def _arrive(
        self, paths: Mapping[str, tuple[float, list[str]]], word: str, cost: float
    ) -> tuple[float, list[str]]:
        score, left = max(
            (score + self._log_probability(left, word), left) for left, (score, _) in paths.items()
        )
        return score + cost, [*paths[left][1], word]

    def _candidates(self, word: str) -> dict[str, float]:
        """What may have been meant by `word`, each with the log probability of that slip."""
        if word in self.following or len(word) < 2:
            return {word: 0.0}
        slips = set(_one_slip_away(word)) - {word}
        meant = sorted(
            (slip for slip in slips if slip in self.frequency and len(slip) > 1),
            key=self.frequency.__getitem__,
            reverse=True,
        )
        cost = math.log(SLIP / len(slips))
        return {word: math.log(1 - SLIP), **dict.fromkeys(meant[:MAX_CANDIDATES], cost)}

    def _log_probability(self, left: str, word: str) -> float:
        after = self.following.get(left, {}).get(word, 0.0)
        return math.log(PAIR * after + (1 - PAIR) * self.frequency.get(word, UNSEEN))

    def save(self, file: Path) -> None:
        """Write what was learnt as JSON."""
        file.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> Spelling:
        """Read what `save` wrote. Raises OSError, ValueError or TypeError if not readable."""
        return cls(**json.loads(file.read_text(encoding="utf-8")))


def _by_rank(words: Iterable[str]) -> dict[str, float]:
    """Guess frequencies from ranks (Zipf's law), with a sum of `FOREIGN`."""
    weights = {word: 1 / rank for rank, word in enumerate(words, start=1)}
    total = sum(weights.values())
    return {word: FOREIGN * weight / total for word, weight in weights.items()}


def _one_slip_away(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        for letter in ascii_lowercase:
            yield before + letter + after
        if after:
            yield before + after[1:]
            for letter in ascii_lowercase:
                yield before + letter + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
