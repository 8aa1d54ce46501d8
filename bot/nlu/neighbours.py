"""How near a message is to the examples of each label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.nlu.embedding import Vectors

Floats = npt.NDArray[np.float32]

# Directions in which the examples differ most. Reading all 384 numbers of every example takes
# longer than all else that the classifier does; on the tuning questions 160 judge as well, and
# with 128 or fewer more of what is out of scope is answered.
DIRECTIONS = 160


@dataclass(frozen=True)
class Neighbours:
    """The sentence vectors of all examples along their main directions, in the order of labels."""

    directions: Vectors
    vectors: Vectors
    starts: npt.NDArray[np.int64]

    @classmethod
    def fit(cls, vectors: Vectors, places: Sequence[int]) -> Neighbours:
        """Keep `vectors`, each with the place of its label; every place has at least one."""
        order = np.argsort(places, kind="stable")
        starts = np.searchsorted(np.array(places)[order], np.arange(max(places) + 1))
        _, directions = np.linalg.eigh(vectors.T @ vectors)
        main = np.ascontiguousarray(directions[:, -DIRECTIONS:])
        return cls(main, np.ascontiguousarray(vectors[order] @ main), starts)

    def similarities(self, vector: Floats) -> Floats:
        """Return for every label the similarity (-1 to 1) of its nearest example to `vector`."""
        along = vector @ self.directions
        nearest: Floats = np.maximum.reduceat(self.vectors @ along, self.starts)
        return nearest
