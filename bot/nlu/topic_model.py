"""One multinomial logistic regression over sentence vector and TF-IDF, kept as plain arrays.

The examples nearest to a message have a say too: in the ranking, and above all in the score. A
message that resembles no example of its label, or as much one that is out of scope, is not to be
trusted, however sure the regression seems.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from bot.nlu.embedding import Vectors
from bot.nlu.neighbours import Floats, Neighbours
from bot.nlu.tfidf import Tfidf

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

OUT_OF_SCOPE = "out_of_scope"
INVERSE_REGULARISATION = 20.0
MINIMUM_COUNT = 2
# The gradient's largest entry, by example, at which to stop: less costs time for no other answer.
TOLERANCE = 0.00015
MAX_ITERATIONS = 300
# What a similarity of one adds to a label's logit.
NEIGHBOUR_WEIGHT = 5.0


@dataclass(frozen=True)
class Prediction:
    """Every label from likeliest to least likely, and a score for trusting the first."""

    ranking: tuple[tuple[str, float], ...]
    score: float


@dataclass(frozen=True)
class TopicModel:
    """What was learnt: one weight for each feature and label, and (with vectors) the examples."""

    labels: tuple[str, ...]
    tfidf: Tfidf
    tfidf_weights: Floats
    vector_weights: Floats
    intercepts: Floats
    neighbours: Neighbours | None

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: Vectors | None,
        seed: int = 0,
    ) -> TopicModel:
        """Learn from cleaned `texts`, their `labels` and (unless None) their sentence vectors.

        The same input and seed give the same model. At least two different labels are needed.
        """
        from scipy.sparse import csr_matrix, hstack
        from sklearn.linear_model import LogisticRegression

        tfidf = Tfidf.fit(texts, MINIMUM_COUNT)
        sparse = _matrix(tfidf, texts)
        dense = np.zeros((len(texts), 0), np.float32) if vectors is None else vectors
        regression = LogisticRegression(
            C=INVERSE_REGULARISATION,
            class_weight=_label_weights(labels),
            multi_class="multinomial",
            tol=TOLERANCE * len(texts),
            max_iter=MAX_ITERATIONS,
            random_state=seed,
        )
        regression.fit(hstack([sparse, csr_matrix(dense)]).tocsr(), labels)
        weights, intercepts = _one_row_per_label(regression.coef_, regression.intercept_)
        width = len(tfidf.columns)
        known = tuple(str(label) for label in regression.classes_)
        places = [known.index(label) for label in labels]
        return cls(
            labels=known,
            tfidf=tfidf,
            tfidf_weights=np.ascontiguousarray(weights[:, :width].T, np.float32),
            vector_weights=np.ascontiguousarray(weights[:, width:].T, np.float32),
            intercepts=intercepts.astype(np.float32),
            neighbours=None if vectors is None else Neighbours.fit(vectors, places),
        )

    def predict(self, text: str, vector: Floats | None) -> Prediction:
        """Rank the labels for a cleaned `text`; `vector` as in training, or None without one.

        The score is the distance between the first two probabilities, times how much nearer the
        message is to an example on the first label's side (in scope, or out of it) than to one on
        the other; without vectors, that distance alone. An empty text, without vector, scores 0.
        """
        columns, weights = self.tfidf.transform(text)
        logits = self.intercepts + np.array(weights, np.float32) @ self.tfidf_weights[columns]
        nearness = np.zeros(len(self.labels), np.float32)
        if self.neighbours is not None and vector is not None:
            nearness = self.neighbours.similarities(vector)
            logits = logits + vector @ self.vector_weights + NEIGHBOUR_WEIGHT * nearness
        exponentials = np.exp(logits - logits.max())
        probabilities = exponentials / exponentials.sum()
        order = np.argsort(-probabilities, kind="stable")
        ranking = tuple((self.labels[i], float(probabilities[i])) for i in order)
        distance = ranking[0][1] - ranking[1][1]
        return Prediction(ranking, self._lead(order[0], nearness) * distance)

    def _lead(self, first: int, nearness: Floats) -> float:
        """Return how much nearer the label `first` is than the other side, 0 if it is not."""
        if self.neighbours is None:
            return 1.0
        other_side = nearness[self._outside != self._outside[first]]
        return max(float(nearness[first] - other_side.max(initial=0.0)), 0.0)

    @cached_property
    def _outside(self) -> npt.NDArray[np.bool_]:
        """Which labels are out of scope."""
        return np.array([label == OUT_OF_SCOPE for label in self.labels])

    def save(self, folder: Path) -> None:
        """Write the model to `topics.npz` and `topics.json` in `folder`."""
        neighbours = {} if self.neighbours is None else vars(self.neighbours)
        np.savez(
            folder / "topics.npz",
            idf=np.array(self.tfidf.idf),
            tfidf_weights=self.tfidf_weights,
            vector_weights=self.vector_weights,
            intercepts=self.intercepts,
            **neighbours,
        )
        content = {"labels": self.labels, "features": list(self.tfidf.columns)}
        (folder / "topics.json").write_text(json.dumps(content), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Read what `save` wrote. Raises OSError or ValueError when it is not readable."""
        content = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
        with np.load(folder / "topics.npz", allow_pickle=False) as arrays:
            columns = {feature: column for column, feature in enumerate(content["features"])}
            return cls(
                labels=tuple(content["labels"]),
                tfidf=Tfidf(columns, arrays["idf"].tolist()),
                tfidf_weights=arrays["tfidf_weights"],
                vector_weights=arrays["vector_weights"],
                intercepts=arrays["intercepts"],
                neighbours=Neighbours(arrays["directions"], arrays["vectors"], arrays["starts"])
                if "vectors" in arrays
                else None,
            )


def _label_weights(labels: Sequence[str]) -> dict[str, float]:
    """Let every label count the same, whatever its number of examples.

    All but out_of_scope: it stands for hundreds of subjects and keeps the weight of its examples.
    """
    counts = Counter(labels)
    weights = {label: len(labels) / (len(counts) * count) for label, count in counts.items()}
    return {**weights, OUT_OF_SCOPE: 1.0} if OUT_OF_SCOPE in counts else weights


def _matrix(tfidf: Tfidf, texts: Sequence[str]) -> csr_matrix:
    from scipy.sparse import csr_matrix

    rows = [tfidf.transform(text) for text in texts]
    starts = np.cumsum([0] + [len(columns) for columns, _ in rows])
    indices = np.array([column for columns, _ in rows for column in columns], np.int32)
    data = np.array([weight for _, weights in rows for weight in weights])
    return csr_matrix((data, indices, starts), shape=(len(texts), len(tfidf.columns)))


def _one_row_per_label(
    weights: npt.NDArray[np.float64], intercepts: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Undo scikit-learn's shorthand of a single row for two labels."""
    if len(weights) == 1:
        return np.vstack([-weights, weights]), np.concatenate([-intercepts, intercepts])
    return weights, intercepts
