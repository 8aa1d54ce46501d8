"""Sentence vectors."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.embedding import DIMENSIONS, MiniLm, english_words
from bot.nlu.weights import build_weights


@pytest.fixture(scope="module")
def minilm():
    return MiniLm(build_weights())


def test_a_sentence_is_nearer_to_its_paraphrase_than_to_another_subject(minilm):
    fee, price, cold = minilm.embed(
        ["how much is the fee", "what does it cost", "is it cold in winter"]
    )
    assert fee @ price > fee @ cold + 0.2


def test_vectors_have_length_one_and_do_not_depend_on_each_other(minilm):
    texts = ["hi", "how long may i stay in canada with this permit", "é 中文 👍", "x" * 2000]
    together = minilm.embed(texts)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, together, strict=True):
        alone = minilm.embed([text])[0]
        assert alone @ vector > 0.98


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_text_has_a_vector_of_zeros(minilm, text):
    assert minilm.embed([text]).tolist() == [[0.0] * DIMENSIONS]


def test_no_text_gives_no_vector(minilm):
    assert minilm.embed([]).shape == (0, DIMENSIONS)


def test_the_tokenizer_lists_english_words_most_frequent_first():
    words = english_words(build_weights())
    assert words.index("the") < words.index("passport") < words.index("reprise")
    assert len(words) > 20_000
