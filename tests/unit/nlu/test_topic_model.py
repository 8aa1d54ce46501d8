"""The classifier without Rasa: TF-IDF, neighbours, regression, score."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.embedding import MiniLm
from bot.nlu.neighbours import DIRECTIONS, Neighbours
from bot.nlu.tfidf import Tfidf, letter_groups, words
from bot.nlu.topic_model import TopicModel
from bot.nlu.weights import build_weights
from bot.nlu.zones import Thresholds, Zone

EXAMPLES = {
    "greet": ["hello", "hi there", "good morning", "hey you"],
    "faq/fee": ["how much is the fee", "what does it cost", "price of the permit", "is it free"],
    "faq/stay": ["how long can i stay", "how many months", "duration of the permit", "stay longer"],
    "out_of_scope": ["weather in toronto", "order a pizza", "tell me a joke", "express entry"],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
LABELS = [label for label, texts in EXAMPLES.items() for _ in texts]


@pytest.fixture(scope="module")
def minilm():
    return MiniLm(build_weights())


@pytest.fixture(scope="module")
def model(minilm):
    return TopicModel.fit(TEXTS, LABELS, minilm.embed(TEXTS))


def vector_of(minilm, text):
    return minilm.embed([text])[0]


def test_tfidf_weighs_like_scikit_learn():
    texts = ["how much is it", "how long is it", "a passport"]
    ours = Tfidf.fit(texts)
    theirs = TfidfVectorizer(analyzer=lambda t: [*letter_groups(t), *(f"={w}" for w in words(t))])
    expected = theirs.fit_transform(texts).toarray()
    columns, weights = ours.transform(texts[0])
    order = theirs.vocabulary_
    for feature, column in ours.columns.items():
        weight = dict(zip(columns, weights, strict=True)).get(column, 0.0)
        assert weight == pytest.approx(expected[0][order[feature]])


def test_letter_groups_are_those_of_scikit_learn():
    analyse = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)).build_analyzer()
    for text in ["how long", "a b", "passport!"]:
        assert sorted(letter_groups(text)) == sorted(analyse(text))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("hello hello", "greet"),
        ("what is the price", "faq/fee"),
        ("how many months may i stay", "faq/stay"),
        ("a joke please", "out_of_scope"),
    ],
)
def test_a_paraphrase_gets_the_label_of_its_examples(model, minilm, text, label):
    prediction = model.predict(text, vector_of(minilm, text))
    assert prediction.ranking[0][0] == label
    assert sum(probability for _, probability in prediction.ranking) == pytest.approx(1)


def test_a_question_near_an_example_is_trusted_more_than_gibberish(model, minilm):
    known = model.predict("how much is it", vector_of(minilm, "how much is it"))
    noise = model.predict("xqz blorp", vector_of(minilm, "xqz blorp"))
    assert known.score > 4 * noise.score


def test_an_empty_text_is_never_trusted(model):
    prediction = model.predict("", None)
    assert prediction.score == 0
    assert len(prediction.ranking) == len(EXAMPLES)


def test_without_vectors_it_still_learns_and_the_score_is_the_lead_of_the_first_label():
    model = TopicModel.fit(TEXTS, LABELS, None)
    prediction = model.predict("how much is the fee", None)
    (first, most), (_, next_most), *_ = prediction.ranking
    assert first == "faq/fee"
    assert prediction.score == pytest.approx(most - next_most)


def test_two_labels_are_enough(minilm):
    texts, labels = TEXTS[:8], LABELS[:8]
    model = TopicModel.fit(texts, labels, minilm.embed(texts))
    assert model.predict("hello", vector_of(minilm, "hello")).ranking[0][0] == "greet"
    text = "what does the permit cost"
    assert model.predict(text, vector_of(minilm, text)).ranking[0][0] == "faq/fee"


def test_the_same_examples_give_the_same_probabilities(model, minilm):
    again = TopicModel.fit(TEXTS, LABELS, minilm.embed(TEXTS))
    vector = vector_of(minilm, "how long")
    assert again.predict("how long", vector) == model.predict("how long", vector)


@pytest.mark.parametrize("with_vectors", [True, False])
def test_a_stored_model_predicts_the_same(minilm, tmp_path, with_vectors):
    vectors = minilm.embed(TEXTS) if with_vectors else None
    model = TopicModel.fit(TEXTS, LABELS, vectors)
    model.save(tmp_path)
    loaded = TopicModel.load(tmp_path)
    for text in ["how long", "", "é 中文 👍"]:
        vector = vector_of(minilm, text) if with_vectors else None
        assert loaded.predict(text, vector) == model.predict(text, vector)


def test_the_stored_arrays_hold_no_pickled_object(model, tmp_path):
    model.save(tmp_path)
    with np.load(tmp_path / "topics.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "fi" for name in arrays)


def test_neighbours_give_each_label_its_nearest_example():
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)
    neighbours = Neighbours.fit(vectors, [1, 0, 1])
    assert neighbours.similarities(np.array([0, 1], np.float32)).tolist() == pytest.approx([1, 0.8])


@pytest.mark.parametrize(
    ("score", "zone"),
    [
        (0.6, Zone.SURE),
        (0.5, Zone.SURE),
        (0.49, Zone.BETWEEN),
        (0.2, Zone.BETWEEN),
        (0.19, Zone.NO_IDEA),
    ],
)
def test_a_score_that_reaches_a_threshold_is_in_its_zone(score, zone):
    assert Thresholds(sure=0.5, between=0.2).zone(score) is zone


def test_thresholds_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="between <= sure"):
        Thresholds(sure=0.2, between=0.5)


def test_many_examples_are_compared_along_their_main_directions():
    random = np.random.default_rng(1)
    flat = random.normal(size=(500, 40)) @ random.normal(size=(40, 384))
    vectors = (flat / np.linalg.norm(flat, axis=1, keepdims=True)).astype(np.float32)
    neighbours = Neighbours.fit(vectors, list(range(500)))
    assert neighbours.vectors.shape == (500, DIRECTIONS)
    assert neighbours.similarities(vectors[7]) == pytest.approx(vectors @ vectors[7], abs=1e-4)
