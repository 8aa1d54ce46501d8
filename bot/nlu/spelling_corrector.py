"""Graph component: mends the typos of a message for the components that follow.

They read the mended text; what the visitor typed stays as it is, for the transcript and for
reading names and figures.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.embedding import english_words
from bot.nlu.learning_component import LearningComponent
from bot.nlu.sentence_embedder import EmbedderUnavailable
from bot.nlu.spelling import Spelling
from bot.nlu.text import MENDED_TEXT, clean
from bot.nlu.weights import WeightsError, build_weights

FILE = "spelling.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingCorrector(LearningComponent):
    """Learns the words of the examples; with `dictionary: null` it knows no others."""

    learns = "The learnt spelling"

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults: `dictionary` is `minilm` (its word list) or null."""
        return {"dictionary": "minilm"}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        learnt: Spelling | None = None,
    ) -> None:
        if config["dictionary"] not in ("minilm", None):
            raise InvalidConfigException(
                f"dictionary: {config['dictionary']!r} is unknown; use minilm or null."
            )
        super().__init__(config, model_storage, resource, learnt)

    @classmethod
    def read(cls, folder: Path) -> Spelling:
        """Return the stored spelling."""
        return Spelling.load(folder / FILE)

    def write(self, folder: Path) -> None:
        """Store the spelling."""
        self._learnt.save(folder / FILE)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of all examples that have an intent, and store them.

        Raises:
            EmbedderUnavailable: the file with the English words is missing or damaged.
        """
        texts = [clean(e.get(TEXT)) for e in training_data.intent_examples if e.get(TEXT)]
        try:
            english = english_words(build_weights()) if self._config["dictionary"] else []
        except WeightsError as error:
            raise EmbedderUnavailable(str(error)) from None
        return self._keep(Spelling.fit(texts, english))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give the examples their mended text: it is their own, as all their words are known."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `MENDED_TEXT` on every message that has a text."""
        for message in messages:
            if self._learnt and message.get(TEXT) is not None:
                message.set(MENDED_TEXT, self._learnt.correct(clean(message.get(TEXT))))
        return messages
