"""Graph component: mends the typos of a message for the components that follow.

They read the mended text; what the visitor typed stays as it is, for the transcript and for
reading names and figures.
"""

# ruff: noqa: ARG003  -- Rasa calls with arguments that we do not need.
from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import InvalidConfigException, RasaException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import code_fingerprint
from bot.nlu.embedding import english_words
from bot.nlu.sentence_embedder import EmbedderUnavailable
from bot.nlu.spelling import Spelling
from bot.nlu.text import MENDED_TEXT, clean
from bot.nlu.weights import WeightsError, build_weights


class SpellingUnavailable(RasaException):
    """The learnt spelling is not readable; Rasa prints the message as one line."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingCorrector(GraphComponent):
    """Learns the words of the examples; with `dictionary: null` it knows no others."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults: `dictionary` is `minilm` (its word list) or null."""
        return {"dictionary": "minilm"}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Return what else, beside this class, a cached training depends on."""
        return code_fingerprint()

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        spelling: Spelling | None = None,
    ) -> None:
        if config["dictionary"] not in ("minilm", None):
            raise InvalidConfigException(
                f"dictionary: {config['dictionary']!r} is unknown; use minilm or null."
            )
        self._dictionary = config["dictionary"]
        self._model_storage = model_storage
        self._resource = resource
        self._spelling = spelling

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpellingCorrector:
        """Return a corrector that has learnt nothing yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpellingCorrector:
        """Return the corrector that `train` stored.

        Raises:
            SpellingUnavailable: its file is missing or damaged.
        """
        try:
            with model_storage.read_from(resource) as folder:
                spelling = Spelling.load(folder / "spelling.json")
        except (OSError, ValueError, TypeError) as error:
            raise SpellingUnavailable(
                f"The learnt spelling is not readable ({error}): train again."
            ) from error
        return cls(config, model_storage, resource, spelling)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of all examples that have an intent, and store them.

        Raises:
            EmbedderUnavailable: the file with the English words is missing or damaged.
        """
        texts = [clean(e.get(TEXT)) for e in training_data.intent_examples if e.get(TEXT)]
        try:
            english = english_words(build_weights()) if self._dictionary else []
        except WeightsError as error:
            raise EmbedderUnavailable(str(error)) from None
        self._spelling = Spelling.fit(texts, english)
        with self._model_storage.write_to(self._resource) as folder:
            self._spelling.save(folder / "spelling.json")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give the examples their mended text: it is their own, as all their words are known."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `MENDED_TEXT` on every message that has a text."""
        for message in messages:
            if self._spelling and message.get(TEXT) is not None:
                message.set(MENDED_TEXT, self._spelling.correct(clean(message.get(TEXT))))
        return messages
