"""The components as Rasa runs them: trained, stored, loaded, and what they write."""

from __future__ import annotations

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import sentence_embedder
from bot.nlu.learning_component import NotReadable
from bot.nlu.sentence_embedder import EmbedderUnavailable, SentenceEmbedder
from bot.nlu.spelling_corrector import SpellingCorrector
from bot.nlu.text import MENDED_TEXT
from bot.nlu.topic_classifier import TopicClassifier
from bot.nlu.weights import WeightsError

EXAMPLES = {
    "greet": ["hello", "hi there", "good morning"],
    "faq/participation_fee": ["how much is the fee", "what does it cost", "price of the permit"],
    "faq/max_stay": ["how long can i stay", "how many months", "duration of the permit"],
    "out_of_scope": ["weather in toronto", "order a pizza", "tell me a joke"],
}
RESPONSES = {
    "utter_greet": [{"text": "Hello."}],
    "utter_faq/max_stay": [{"text": "Twelve months."}],
    "utter_faq/participation_fee": [{"text": "It costs something."}],
}


class Pipeline:
    """The three components in a row, trained on a few examples and loaded again."""

    def __init__(self, storage, *, embedder="minilm", **thresholds):
        self.storage = storage
        self.context = ExecutionContext(GraphSchema({}), "test", node_name="node")
        self.spelling_config = {"dictionary": embedder}
        self.embedder_config = {"embedder": embedder}
        self.config = {**TopicClassifier.get_default_config(), **thresholds}

    def train(self, examples=EXAMPLES):
        data = TrainingData(
            [Message.build(text, label) for label, texts in examples.items() for text in texts],
            responses=RESPONSES,
        )
        spelling = SpellingCorrector.create(self.spelling_config, *self._place("spelling"))
        spelling.train(data)
        spelling.process_training_data(data)
        self._embedder().process_training_data(data)
        TopicClassifier.create(self.config, *self._place("topics")).train(data)
        return self.load()

    def load(self):
        spelling = SpellingCorrector.load(self.spelling_config, *self._place("spelling"))
        embedder = self._embedder()
        classifier = TopicClassifier.load(self.config, *self._place("topics"))
        self.parts = [spelling, embedder, classifier]
        return self

    def parse(self, text):
        messages = [Message({"text": text})]
        for part in self.parts:
            messages = part.process(messages)
        return messages[0].as_dict(only_output_properties=True)

    def _embedder(self):
        return SentenceEmbedder.create(self.embedder_config, *self._place("embedder"))

    def _place(self, name):
        return self.storage, Resource(name), self.context


@pytest.fixture(scope="module")
def storage(tmp_path_factory):
    return LocalModelStorage(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def pipeline(storage):
    return Pipeline(storage, sure=0.1, between=0.02).train()


def test_a_topic_sets_the_retrieval_intent_and_the_response_selector(pipeline):
    parsed = pipeline.parse("How LONG may I stay??")
    assert parsed["intent"]["name"] == "faq"
    assert parsed["intent_ranking"][0] == parsed["intent"]
    assert sorted(entry["name"] for entry in parsed["intent_ranking"]) == [
        *["faq", "greet", "out_of_scope"]
    ]
    selector = parsed["response_selector"]
    assert selector["all_retrieval_intents"] == ["faq"]
    assert selector["faq"]["response"] == {
        "responses": [{"text": "Twelve months."}],
        "confidence": parsed["intent"]["confidence"],
        "intent_response_key": "faq/max_stay",
        "utter_action": "utter_faq/max_stay",
    }
    assert [entry["intent_response_key"] for entry in selector["faq"]["ranking"]] == [
        *["faq/max_stay", "faq/participation_fee"]
    ]


def test_all_labels_are_ranked_for_questions_back(pipeline):
    parsed = pipeline.parse("how long may i stay")
    assert parsed["label_ranking"][0]["name"] == "faq/max_stay"
    assert {entry["name"] for entry in parsed["label_ranking"]} == set(EXAMPLES)
    assert parsed["understanding"]["zone"] == "sure"
    assert 0 < parsed["understanding"]["score"] <= 1


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("hello", {"sure"}),
        ("how mcuh dose it csot", {"sure"}),
        ("xqz blorp", {"between", "no_idea"}),
        ("", {"no_idea"}),
        ("   \n", {"no_idea"}),
    ],
)
def test_a_message_falls_into_its_zone(pipeline, text, zones):
    parsed = pipeline.parse(text)
    assert parsed["understanding"]["zone"] in zones
    assert (parsed["intent"]["name"] == "nlu_fallback") == (zones != {"sure"})


def test_a_fallback_keeps_the_guess_as_second_in_the_ranking(pipeline):
    fallback, guess, *_ = pipeline.parse("xqz blorp")["intent_ranking"]
    assert fallback == {"name": "nlu_fallback", "confidence": 0.1}
    assert guess["name"] != "nlu_fallback"


@pytest.mark.parametrize(
    "text", ["a" * 5000, "fee " * 500, "Was kostet’s? 中文 👍\u200b", "🇨🇦", "/"]
)
def test_any_text_is_ranked(pipeline, text):
    parsed = pipeline.parse(text)
    assert parsed["text"] == text
    assert len(parsed["label_ranking"]) == len(EXAMPLES)


def test_only_the_first_2000_characters_count(pipeline):
    start = "how much is the fee " + "x" * 1980
    short, long = pipeline.parse(start), pipeline.parse(start + " hello weather" * 50)
    assert short["label_ranking"] == long["label_ranking"]


def test_training_again_gives_the_same_probabilities(pipeline, tmp_path):
    again = Pipeline(LocalModelStorage(tmp_path), sure=0.1, between=0.02).train()
    for text in ["how long", "what does it cost", "hi"]:
        assert again.parse(text) == pipeline.parse(text)


def test_a_loaded_model_parses_like_the_trained_one(pipeline, storage):
    loaded = Pipeline(storage, sure=0.1, between=0.02).load()
    assert loaded.parse("how long is it") == pipeline.parse("how long is it")


def test_without_embedder_it_trains_and_understands(tmp_path):
    pipeline = Pipeline(LocalModelStorage(tmp_path), embedder=None, sure=0.1, between=0.0).train()
    parsed = pipeline.parse("how much is the fee")
    assert parsed["response_selector"]["faq"]["response"]["utter_action"] == (
        "utter_faq/participation_fee"
    )


def test_without_retrieval_intents_no_selector_is_filled(tmp_path):
    examples = {"greet": EXAMPLES["greet"], "out_of_scope": EXAMPLES["out_of_scope"]}
    pipeline = Pipeline(LocalModelStorage(tmp_path), embedder=None).train(examples)
    assert pipeline.parse("hello")["response_selector"] == {"all_retrieval_intents": []}


def test_typos_are_mended_for_the_other_components_only(pipeline):
    message = Message({"text": "How LOGN can i stay"})
    pipeline.parts[0].process([message])
    assert message.get(MENDED_TEXT) == "how long can i stay"
    assert message.get("text") == "How LOGN can i stay"
    assert MENDED_TEXT not in message.as_dict(only_output_properties=True)


def test_a_message_without_text_is_left_alone(pipeline):
    message = Message({"action_name": "action_listen"})
    for part in pipeline.parts:
        part.process([message])
    assert message.data == {"action_name": "action_listen"}


def test_a_single_intent_is_refused_with_a_clear_line(tmp_path):
    with pytest.raises(InvalidConfigException, match="at least two intents"):
        Pipeline(LocalModelStorage(tmp_path), embedder=None).train({"greet": ["hello", "hi"]})


@pytest.mark.parametrize("damage", ["topics.npz", "topics.json", "responses.json"])
@pytest.mark.parametrize("how", ["missing", "garbage"])
def test_a_damaged_topic_model_is_refused_with_a_clear_line(tmp_path, damage, how):
    pipeline = Pipeline(LocalModelStorage(tmp_path), embedder=None).train()
    damage_file(tmp_path / "topics" / damage, how)
    with pytest.raises(NotReadable, match="train again"):
        pipeline.load()


@pytest.mark.parametrize("how", ["missing", "garbage"])
def test_a_damaged_spelling_is_refused_with_a_clear_line(tmp_path, how):
    pipeline = Pipeline(LocalModelStorage(tmp_path), embedder=None).train()
    damage_file(tmp_path / "spelling" / "spelling.json", how)
    with pytest.raises(NotReadable, match="train again"):
        pipeline.load()


def test_damaged_weights_stop_the_embedder_with_their_own_line(pipeline, monkeypatch):
    def fail():
        raise WeightsError("The file is damaged: reinstall the package.")

    monkeypatch.setattr(sentence_embedder, "build_weights", fail)
    with pytest.raises(EmbedderUnavailable, match="damaged: reinstall"):
        pipeline._embedder()


@pytest.mark.parametrize(
    "thresholds", [{"sure": 0.1, "between": 0.2}, {"sure": 2}, {"sure": None}], ids=str
)
def test_thresholds_that_make_no_sense_are_refused(storage, thresholds):
    with pytest.raises(InvalidConfigException, match="TopicClassifier"):
        Pipeline(storage, **thresholds).load()


@pytest.mark.parametrize(
    "wrong", [{"embedder": "bert"}, {"dictionary": "oxford"}], ids=lambda wrong: next(iter(wrong))
)
def test_an_unknown_choice_in_the_config_is_refused(pipeline, storage, wrong):
    component = SentenceEmbedder if "embedder" in wrong else SpellingCorrector
    with pytest.raises(InvalidConfigException, match="use minilm or null"):
        component.create(wrong, storage, Resource("x"), pipeline.context)


def damage_file(path, how):
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(b"\x00 garbage")
