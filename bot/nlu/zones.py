"""How sure we are of a prediction, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Zone(str, Enum):
    """SURE: answer. BETWEEN: ask which of the two likeliest was meant. NO_IDEA: say so."""

    SURE = "sure"
    BETWEEN = "between"
    NO_IDEA = "no_idea"


@dataclass(frozen=True)
class Thresholds:
    """The scores at which a prediction is answered, and at which it is still worth a question."""

    sure: float
    between: float

    def __post_init__(self) -> None:
        if not 0 <= self.between <= self.sure <= 1:
            raise ValueError("Thresholds must satisfy 0 <= between <= sure <= 1.")

    def zone(self, score: float) -> Zone:
        """Return the zone of `score`; a score equal to a threshold has reached it."""
        if score >= self.sure:
            return Zone.SURE
        return Zone.BETWEEN if score >= self.between else Zone.NO_IDEA
