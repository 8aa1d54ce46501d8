"""The embedder's graph computes what its architecture says."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
from safetensors.numpy import load_file
from scipy.special import erf, softmax

from bot.nlu.embedding import MiniLm
from bot.nlu.minilm_graph import EPSILON, HEADS, LAYERS, minilm_graph
from bot.nlu.weights import MODEL, build_weights, verified

IDS = [101, 2129, 2172, 2003, 1996, 7408, 102]
"""[CLS] how much is the fee [SEP]"""


@pytest.fixture(scope="module")
def tensors():
    return load_file(verified(MODEL))


def sentence_vector(weights, ids):
    """The same, step by step in NumPy."""

    def dense(states, name):
        return states @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def normalised(states, name):
        centred = states - states.mean(-1, keepdims=True)
        scale = np.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON)
        return centred / scale * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def heads(states):
        return states.reshape(len(ids), HEADS, -1).transpose(1, 0, 2)

    states = normalised(
        weights["embeddings.word_embeddings.weight"][ids]
        + weights["embeddings.position_embeddings.weight"][: len(ids)]
        + weights["embeddings.token_type_embeddings.weight"][0],
        "embeddings.LayerNorm",
    )
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}."
        query, key, value = (
            heads(dense(states, f"{name}attention.self.{part}"))
            for part in ("query", "key", "value")
        )
        looks = softmax(query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1]), axis=-1)
        attention = (looks @ value).transpose(1, 0, 2).reshape(len(ids), -1)
        states = normalised(
            states + dense(attention, f"{name}attention.output.dense"),
            f"{name}attention.output.LayerNorm",
        )
        inner = dense(states, f"{name}intermediate.dense")
        inner = inner * (1 + erf(inner / np.sqrt(2))) / 2
        states = normalised(states + dense(inner, f"{name}output.dense"), f"{name}output.LayerNorm")
    mean = states.mean(0)
    return mean / np.linalg.norm(mean)


def test_the_graph_gives_the_vector_that_its_architecture_describes(tensors):
    session = onnxruntime.InferenceSession(minilm_graph(tensors).SerializeToString())
    (computed,) = session.run(None, {"input_ids": np.array([IDS], np.int32)})
    assert computed[0] == pytest.approx(sentence_vector(tensors, IDS), abs=1e-4)


def test_the_quantised_graph_gives_nearly_the_same_vector(tensors):
    (quantised,) = MiniLm(build_weights()).embed(["how much is the fee"])
    assert quantised @ sentence_vector(tensors, IDS) > 0.98


def test_weights_that_lack_a_tensor_are_refused(tensors):
    lacking = {name: values for name, values in tensors.items() if "layer.5.output" not in name}
    with pytest.raises(KeyError, match=r"layer\.5\.output"):
        minilm_graph(lacking)
