"""Scales: how much each piece of evidence weighs for each outcome of some questions.

A multinomial logistic regression a question, kept as plain numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.conversation.reading.weighing.outcomes import NEITHER

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Scales:
    """The outcomes of each question, what speaks for them beforehand, and the weights.

    `weights` has a row for each piece of evidence in `rows`, and a column for every outcome of
    every question, in their order; `beforehand` is one such row.
    """

    questions: Mapping[str, tuple[str, ...]]
    beforehand: Floats
    rows: Mapping[str, int]
    weights: Floats

    def weigh(self, evidence: Iterable[str], enough: float) -> dict[str, str]:
        """Return by question the outcome that is more probable than `enough`, 0.5 or above.

        Questions of which nothing is stated, or none is that probable, are left out.
        """
        known = [self.rows[piece] for piece in evidence if piece in self.rows]
        totals = (self.beforehand + self.weights[known].sum(axis=0)).tolist()
        found: dict[str, str] = {}
        start = 0
        for question, outcomes in self.questions.items():
            part = totals[start : start + len(outcomes)]
            start += len(outcomes)
            best = max(part)
            likeliest = outcomes[part.index(best)]
            if likeliest != NEITHER and 1 / sum(exp(total - best) for total in part) > enough:
                found[question] = likeliest
        return found

    def write(self, path: Path) -> None:
        """Write the scales to `path`: a line of places and weights for each piece of evidence."""
        lines = [
            json.dumps({"questions": self.questions, "beforehand": _written(self.beforehand)}),
            *(
                json.dumps([piece, _written(self.weights[row])], separators=(",", ":"))
                for piece, row in sorted(self.rows.items())
            ),
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Scales:
        """Return the scales that `write` wrote. Raises OSError or ValueError if it cannot."""
        head, *lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        questions = {name: tuple(outcomes) for name, outcomes in head["questions"].items()}
        width = sum(map(len, questions.values()))
        weights = np.zeros((len(lines), width), np.float32)
        for row, (_, written) in enumerate(lines):
            for place, weight in written:
                weights[row, place] = weight
        beforehand = np.zeros(width, np.float32)
        for place, weight in head["beforehand"]:
            beforehand[place] = weight
        rows = {piece: row for row, (piece, _) in enumerate(lines)}
        return cls(questions, beforehand, rows, weights)


def _written(weights: Floats) -> list[tuple[int, float]]:
    """Return the places and values of the weights that are not nothing."""
    return [(int(place), round(float(weights[place]), 2)) for place in weights.nonzero()[0]]
