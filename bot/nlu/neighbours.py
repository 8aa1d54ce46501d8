"""How near a message is to the examples of each label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.nlu.embedding import Vectors

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Neighbours:
    """The sentence vectors of all examples, in the order of their labels."""

    vectors: Vectors
    starts: npt.NDArray[np.int64]

    @classmethod
    def fit(cls, vectors: Vectors, places: Sequence[int]) -> Neighbours:
        """Keep `vectors`, each with the place of its label; every place has at least one."""
        order = np.argsort(places, kind="stable")
        starts = np.searchsorted(np.array(places)[order], np.arange(max(places) + 1))
        return cls(np.ascontiguousarray(vectors[order]), starts)

    def similarities(self, vector: Floats) -> Floats:
        """Return for every label the similarity (-1 to 1) of its nearest example to `vector`."""
        nearest: Floats = np.maximum.reduceat(self.vectors @ vector, self.starts)
        return nearest
