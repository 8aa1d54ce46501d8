"""Scales: how much each piece of evidence weighs for each outcome of some questions.

A multinomial logistic regression a question, stored as plain numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any


@dataclass(frozen=True)
class Scales:
    """The outcomes of each question, what speaks for them beforehand, and the weights.

    Every outcome of every question has a place, in their order; `weights` names for each piece of
    evidence the places that it speaks for or against, and how much.
    """

    questions: Mapping[str, tuple[str, ...]]
    beforehand: Sequence[float]
    weights: Mapping[str, Sequence[tuple[int, float]]]

    def weigh(self, evidence: Iterable[str]) -> dict[str, dict[str, float]]:
        """Return the probability of each outcome, by question."""
        totals = list(self.beforehand)
        for piece in evidence:
            for place, weight in self.weights.get(piece, ()):
                totals[place] += weight
        found: dict[str, dict[str, float]] = {}
        start = 0
        for question, outcomes in self.questions.items():
            end = start + len(outcomes)
            found[question] = dict(zip(outcomes, _probabilities(totals[start:end]), strict=True))
            start = end
        return found

    def as_json(self) -> str:
        """Return the scales as text, a line for each piece of evidence."""
        lines = [
            f"{json.dumps(piece)}: {json.dumps(places, separators=(',', ':'))}"
            for piece, places in sorted(self.weights.items())
        ]
        weights = ",\n".join(lines)
        return (
            f'{{"questions": {json.dumps(self.questions)},\n'
            f'"beforehand": {json.dumps(self.beforehand)},\n'
            f'"weights": {{\n{weights}\n}}}}\n'
        )

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Scales:
        """Return the scales that `as_json` wrote."""
        questions = {name: tuple(outcomes) for name, outcomes in content["questions"].items()}
        return cls(questions, content["beforehand"], content["weights"])


def _probabilities(totals: Sequence[float]) -> list[float]:
    highest = max(totals)
    shares = [exp(total - highest) for total in totals]
    return [share / sum(shares) for share in shares]
