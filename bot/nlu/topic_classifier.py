"""Graph component: which intent or topic a message is about, and whether to trust that.

Learns full labels (`faq/max_stay`), so it does the work of an intent classifier, a
ResponseSelector and a FallbackClassifier, and writes what each of them would write. Two more
properties reach the actions in `latest_message`: `label_ranking` and `understanding`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, RESPONSE_SELECTOR, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.learning_component import LearningComponent
from bot.nlu.neighbours import Floats
from bot.nlu.text import readable
from bot.nlu.topic_model import Prediction, TopicModel
from bot.nlu.zones import Thresholds, Zone

LABEL_RANKING = "label_ranking"
UNDERSTANDING = "understanding"
RANKING_LENGTH = 10
RESPONSES_FILE = "responses.json"


class Topics(NamedTuple):
    """What is learnt: the model, and the responses of the topics, as Rasa knows them."""

    model: TopicModel
    responses: dict[str, list[dict[str, Any]]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, LearningComponent):
    """Ranks the labels of a message and decides between answering, asking back and refusing."""

    learns = "The trained topic model"

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults; `iec nlu tune` writes the two thresholds."""
        return {"sure": 0.5, "between": 0.3, "random_seed": 1}

    @staticmethod
    def required_packages() -> list[str]:
        """Return the packages that must be importable."""
        return ["sklearn", "scipy"]

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        learnt: Topics | None = None,
    ) -> None:
        try:
            self._thresholds = Thresholds(sure=config["sure"], between=config["between"])
        except (TypeError, ValueError) as error:
            raise InvalidConfigException(f"TopicClassifier: {error}") from error
        super().__init__(config, model_storage, resource, learnt)

    @classmethod
    def read(cls, folder: Path) -> Topics:
        """Return the stored model and responses."""
        responses = json.loads((folder / RESPONSES_FILE).read_text(encoding="utf-8"))
        return Topics(TopicModel.load(folder), responses)

    def write(self, folder: Path) -> None:
        """Store the model and the responses."""
        self._learnt.model.save(folder)
        responses = json.dumps(self._learnt.responses)
        (folder / RESPONSES_FILE).write_text(responses, encoding="utf-8")

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the label of every example that has an intent, and store the model.

        Raises:
            InvalidConfigException: the examples have fewer than two different labels.
        """
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        labels = [example.get_full_intent() for example in examples]
        if len(set(labels)) < 2:
            raise InvalidConfigException("TopicClassifier needs examples of at least two intents.")
        vectors = [_sentence_vector(example) for example in examples]
        model = TopicModel.fit(
            [readable(example) for example in examples],
            labels,
            None if vectors[0] is None else np.array(vectors),
            self._config["random_seed"],
        )
        responses = {
            key.removeprefix("utter_"): variations
            for key, variations in training_data.responses.items()
            if key.removeprefix("utter_") in model.labels
        }
        return self._keep(Topics(model, responses))

    def process(self, messages: list[Message]) -> list[Message]:
        """Write intent, rankings and the zone into every message that has a text."""
        for message in messages:
            if self._learnt and message.get(TEXT) is not None:
                model = self._learnt.model
                prediction = model.predict(readable(message), _sentence_vector(message))
                self._write(message, prediction)
        return messages

    def _write(self, message: Message, prediction: Prediction) -> None:
        zone = self._thresholds.zone(prediction.score)
        intents = _intent_ranking(prediction)
        if zone is not Zone.SURE:
            intents.insert(0, _entry(DEFAULT_NLU_FALLBACK_INTENT_NAME, self._thresholds.sure))
        labels = [_entry(*guess) for guess in prediction.ranking[:RANKING_LENGTH]]
        properties = {
            INTENT: dict(intents[0]),
            INTENT_RANKING_KEY: intents[:RANKING_LENGTH],
            RESPONSE_SELECTOR: self._response_selector(prediction),
            LABEL_RANKING: labels,
            UNDERSTANDING: {"zone": zone.value, "score": prediction.score},
        }
        for name, value in properties.items():
            message.set(name, value, add_to_output=True)

    def _response_selector(self, prediction: Prediction) -> dict[str, Any]:
        """Return what Rasa's ResponseSelector would write for each retrieval intent."""
        rankings: dict[str, list[dict[str, Any]]] = {}
        for label, probability in prediction.ranking:
            if "/" in label:
                guess = {"confidence": probability, "intent_response_key": label}
                rankings.setdefault(label.split("/")[0], []).append(guess)
        selector: dict[str, Any] = {"all_retrieval_intents": sorted(rankings)}
        for intent, ranking in rankings.items():
            label = ranking[0]["intent_response_key"]
            response = {
                "responses": self._learnt.responses.get(label, []),
                **ranking[0],
                "utter_action": f"utter_{label}",
            }
            selector[intent] = {"response": response, "ranking": ranking[:RANKING_LENGTH]}
        return selector


def _intent_ranking(prediction: Prediction) -> list[dict[str, Any]]:
    """Rank intents by their likeliest label: the first intent is that of the first label."""
    best: dict[str, float] = {}
    for label, probability in prediction.ranking:
        best.setdefault(label.split("/")[0], probability)
    return [_entry(intent, probability) for intent, probability in best.items()]


def _entry(name: str, confidence: float) -> dict[str, Any]:
    return {"name": name, "confidence": confidence}


def _sentence_vector(message: Message) -> Floats | None:
    _, sentence = message.get_dense_features(TEXT, [])
    return None if sentence is None else sentence.features[0]
