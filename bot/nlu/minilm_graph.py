"""all-MiniLM-L6-v2 as a graph of onnxruntime's fused operators, from its published weights.

A graph exported by a framework has hundreds of small nodes for one short sentence; this one has
forty. It returns the sentence vector itself: the mean of the words, scaled to length one.

Source: Devlin et al. 2018 (BERT); Wang et al. 2020 (MiniLM); config.json of the package.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

LAYERS = 6
HEADS = 12
WIDTH = 384
EPSILON = 1e-12
FUSED = "com.microsoft"

Tensors = Mapping[str, npt.NDArray[np.float32]]


def minilm_graph(weights: Tensors) -> onnx.ModelProto:
    """Return the model: `input_ids` (1 x words, int32) in, `sentence` (1 x 384) out.

    `weights` are the tensors of the published checkpoint, by name. Raises KeyError if one is
    missing.
    """
    graph = _Graph(weights)
    states = graph.embedded("input_ids")
    for layer in range(LAYERS):
        states = graph.layer(f"encoder.layer.{layer}.", states)
    graph.node("ReduceMean", [states], "mean", axes=[1], keepdims=0)
    graph.node("LpNormalization", ["mean"], "sentence", axis=1, p=2)
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT32, [1, "words"])],
            [helper.make_tensor_value_info("sentence", TensorProto.FLOAT, [1, WIDTH])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 13), helper.make_opsetid(FUSED, 1)],
        ir_version=8,
    )


class _Graph:
    """Nodes and constants as they are added; each method returns the name of what it computes."""

    def __init__(self, weights: Tensors) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._weights = weights

    def node(
        self,
        operator: str,
        inputs: list[str],
        *outputs: str,
        domain: str = "",
        **attributes: object,
    ) -> str:
        name = outputs[0]
        self.nodes.append(
            helper.make_node(operator, inputs, outputs, name=name, domain=domain, **attributes)
        )
        return name

    def constant(self, name: str, values: npt.NDArray[np.float32]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self._weights[name])

    def embedded(self, words: str) -> str:
        """The words and their places; the kind is 0 for all, as there is one text."""
        kinds = self.node("Sub", [words, words], "kinds")
        tables = ("word_embeddings", "position_embeddings", "token_type_embeddings")
        return self.node(
            "EmbedLayerNormalization",
            [
                words,
                kinds,
                *(self.weight(f"embeddings.{table}.weight") for table in tables),
                self.weight("embeddings.LayerNorm.weight"),
                self.weight("embeddings.LayerNorm.bias"),
            ],
            "embedded",
            "mask",
            domain=FUSED,
            epsilon=EPSILON,
        )

    def layer(self, name: str, states: str) -> str:
        """One layer: attention, and two dense steps with a GELU between them."""
        attention = self.node(
            "Attention",
            [
                states,
                self._stacked(name, "weight"),
                self._stacked(name, "bias"),
            ],
            f"{name}attention",
            domain=FUSED,
            num_heads=HEADS,
        )
        attended = self._added(f"{name}attention.output.", attention, states)
        inner = self._times(f"{name}intermediate.dense", attended)
        inner = self.node(
            "BiasGelu",
            [inner, self.weight(f"{name}intermediate.dense.bias")],
            f"{name}gelu",
            domain=FUSED,
        )
        return self._added(f"{name}output.", inner, attended)

    def _stacked(self, name: str, kind: str) -> str:
        """Query, key and value side by side."""
        parts = [
            self._weights[f"{name}attention.self.{part}.{kind}"].T
            for part in ("query", "key", "value")
        ]
        return self.constant(f"{name}attention.self.{kind}", np.concatenate(parts, axis=-1))

    def _times(self, name: str, states: str) -> str:
        weights = self.constant(f"{name}.weight", self._weights[f"{name}.weight"].T)
        return self.node("MatMul", [states, weights], name)

    def _added(self, name: str, states: str, before: str) -> str:
        """A dense step, added to what was `before` and normalised."""
        return self.node(
            "SkipLayerNormalization",
            [
                self._times(f"{name}dense", states),
                before,
                self.weight(f"{name}LayerNorm.weight"),
                self.weight(f"{name}LayerNorm.bias"),
                self.weight(f"{name}dense.bias"),
            ],
            f"{name}normalised",
            domain=FUSED,
            epsilon=EPSILON,
        )
