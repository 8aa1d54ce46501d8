"""Graph component: gives every message the sentence vector of its text."""

# ruff: noqa: ARG003  -- Rasa calls with arguments that we do not need.
from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import InvalidConfigException, RasaException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.embedding import MiniLm
from bot.nlu.text import readable
from bot.nlu.weights import WeightsError, build_weights


class EmbedderUnavailable(RasaException):
    """The embedder's weights cannot be used; Rasa prints the message as one line."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEmbedder(GraphComponent):
    """Adds one dense sentence feature a message; with `embedder: null` it adds nothing."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults: `embedder` is `minilm` or null."""
        return {"embedder": "minilm"}

    @staticmethod
    def required_packages() -> list[str]:
        """Return the packages that must be importable."""
        return ["onnxruntime", "tokenizers"]

    def __init__(self, model: MiniLm | None, name: str) -> None:
        self._model = model
        self._name = name

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEmbedder:
        """Load the embedder that `config` names, building its weights if need be.

        Raises:
            EmbedderUnavailable: a weight file is missing or damaged.
            InvalidConfigException: `embedder` names something else.
        """
        embedder = config["embedder"]
        if embedder not in ("minilm", None):
            raise InvalidConfigException(f"embedder: {embedder!r} is unknown; use minilm or null.")
        try:
            model = MiniLm(build_weights()) if embedder else None
        except WeightsError as error:
            raise EmbedderUnavailable(str(error)) from None
        return cls(model, execution_context.node_name)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the sentence vectors to all examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the sentence vectors to `messages`; those without a text are left as they are."""
        spoken = [message for message in messages if message.get(TEXT)]
        if self._model and spoken:
            vectors = self._model.embed([readable(message) for message in spoken])
            for message, vector in zip(spoken, vectors, strict=True):
                message.add_features(
                    Features(np.array([vector]), FEATURE_TYPE_SENTENCE, TEXT, self._name)
                )
        return messages
