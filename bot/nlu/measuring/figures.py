"""What a classifier did with a set of questions, in figures."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.nlu.topic_model import OUT_OF_SCOPE
from bot.nlu.zones import Thresholds


@dataclass(frozen=True)
class Judgement:
    """One question, the labels guessed for it, likeliest first, and the score of the first."""

    text: str
    label: str
    guesses: tuple[str, ...]
    score: float

    @property
    def in_scope(self) -> bool:
        """Say whether somebody should get an answer."""
        return self.label != OUT_OF_SCOPE

    @property
    def right(self) -> bool:
        """Say whether the first guess is the right label."""
        return self.guesses[0] == self.label

    def answered(self, sure: float) -> bool:
        """Say whether the first guess would be acted on at this threshold."""
        return self.score >= sure and self.guesses[0] != OUT_OF_SCOPE


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1; all but the recall are shares of the questions in scope.

    `accuracy`: the first guess is right. `refused`: not answered at the threshold (asked back or
    turned down). `wrong`: answered with the wrong topic. `recall`: questions out of scope that
    are not answered.
    """

    questions: int
    out_of_scope: int
    accuracy: float
    refused: float
    wrong: float
    recall: float


def figures(judgements: Sequence[Judgement], sure: float) -> Figures:
    """Return the figures at the threshold `sure`; both kinds of question must be there."""
    inside = [j for j in judgements if j.in_scope]
    outside = [j for j in judgements if not j.in_scope]
    return Figures(
        questions=len(inside),
        out_of_scope=len(outside),
        accuracy=_share(j.right for j in inside),
        refused=_share(not j.answered(sure) for j in inside),
        wrong=_share(j.answered(sure) and not j.right for j in inside),
        recall=_share(not j.answered(sure) for j in outside),
    )


def accuracy_by_label(judgements: Iterable[Judgement]) -> dict[str, float]:
    """Return the share of right first guesses for every label in scope."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for judgement in judgements:
        if judgement.in_scope:
            groups[judgement.label].append(judgement.right)
    return {label: _share(rights) for label, rights in sorted(groups.items())}


def choose_thresholds(
    judgements: Iterable[Judgement], unanswered: float, turned_down: float
) -> Thresholds:
    """Return the highest thresholds that cost no more questions in scope than allowed.

    At most the share `unanswered` of these (tuning) questions scores less than `sure`, and at most
    `turned_down` less than `between`. A question taken for out of scope counts as lost already.
    """
    scores = sorted(
        j.score if j.guesses[0] != OUT_OF_SCOPE else 0.0 for j in judgements if j.in_scope
    )
    sure, between = (scores[int(share * len(scores))] for share in (unanswered, turned_down))
    return Thresholds(sure=_floor(sure), between=_floor(between))


def _floor(score: float) -> float:
    return math.floor(score * 1000) / 1000


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
