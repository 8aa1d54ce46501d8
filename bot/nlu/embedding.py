"""Sentence vectors from all-MiniLM-L6-v2 on onnxruntime."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.nlu.weights import Weights

DIMENSIONS = 384
MAX_TOKENS = 256

Vectors = npt.NDArray[np.float32]


def english_words(weights: Weights) -> list[str]:
    """Return the English words that the tokenizer knows as a whole, most frequent first."""
    vocabulary = json.loads(weights.tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    ranked = sorted(vocabulary, key=vocabulary.__getitem__)
    return [word for word in ranked if word.isascii() and word.isalpha() and len(word) > 1]


class MiniLm:
    """Turns sentences into vectors of length one, so that a dot product is their similarity."""

    def __init__(self, weights: Weights) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(weights.tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(weights.model), options, providers=["CPUExecutionProvider"]
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row of `DIMENSIONS` numbers a text; an empty text gets zeros.

        One text at a time: in a batch, the quantisation of one would depend on the others.
        """
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            if text.strip():
                vectors[row] = self._embed(text)
        return vectors

    def _embed(self, text: str) -> npt.NDArray[np.float32]:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int32)
        (sentences,) = self._session.run(None, {"input_ids": ids})
        vector: npt.NDArray[np.float32] = sentences[0]
        return vector
