"""The floors under the understanding, on questions that nothing was trained or tuned on.

A floor is a little under what was measured (docs/nlu.md). Never look up a row that fails to write
an example after it: teach the topic in words of your own.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from bot.nlu.measuring.config import read_thresholds
from bot.nlu.measuring.figures import Figures, figures
from bot.nlu.measuring.questions import Question, read_questions, unseen
from bot.nlu.measuring.typos import misspell
from bot.nlu.topic_model import OUT_OF_SCOPE
from bot.nlu.trained import TrainedModel
from bot.settings import PROJECT_ROOT

EXAMPLES = read_questions(*sorted((PROJECT_ROOT / "data" / "nlu").rglob("*.yml")))
HELD_OUT = read_questions(Path(__file__).with_name("held_out.yml"))
TUNING = read_questions(Path(__file__).with_name("tuning.yml"))
TOPICS = sorted({example.label for example in EXAMPLES if example.label.startswith("faq/")})
NEAR_MISS = re.compile(
    r"permit|visa|express entry|\bcrs\b|pnp|nominee|sponsor|citizen|refugee|asylum|lmia|pgwp|study"
    r"|stud(?:ent|ies)|universit|college|tuition|tax|\bsin\b|rent|apartment|flat|landlord|bank"
    r"|licen[cs]e"
    r"|working holiday|immigra|permanent|\bpr\b|\beta\b|visitor|tourist|border|customs|canad|winter"
    r"|toronto|vancouver|work|job|employ|health card|insurance|flight",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def model(trained_model_path: Path) -> TrainedModel:
    return TrainedModel(trained_model_path)


@pytest.fixture(scope="module")
def as_served(model: TrainedModel) -> Figures:
    return _figures(model, HELD_OUT)


def test_the_right_topic_is_found(as_served: Figures) -> None:
    assert as_served.accuracy >= 0.955


def test_few_questions_stay_unanswered(as_served: Figures) -> None:
    assert as_served.refused <= 0.045


def test_few_answers_are_about_the_wrong_topic(as_served: Figures) -> None:
    assert as_served.wrong <= 0.035


def test_what_is_out_of_scope_is_not_answered(as_served: Figures) -> None:
    assert as_served.recall >= 0.95


def test_a_typo_in_every_word_costs_little(model: TrainedModel, as_served: Figures) -> None:
    typing = Random(1)
    mistyped = _figures(model, [Question(misspell(q.text, typing), q.label) for q in HELD_OUT])
    assert mistyped.accuracy >= as_served.accuracy - 0.055
    assert mistyped.wrong <= 0.06


@pytest.mark.parametrize("test_set", [HELD_OUT, TUNING], ids=["held_out", "tuning"])
def test_no_question_of_a_test_set_is_an_example(test_set: list[Question]) -> None:
    assert unseen(test_set, EXAMPLES) == test_set


def test_the_two_test_sets_share_no_question() -> None:
    assert unseen(HELD_OUT, TUNING) == HELD_OUT


def test_every_label_is_known_and_every_one_of_the_examples_is_tested() -> None:
    labels = {example.label for example in EXAMPLES}
    assert {question.label for question in HELD_OUT} == labels
    assert {question.label for question in TUNING} <= labels


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_enough_examples_and_questions(topic: str) -> None:
    assert Counter(example.label for example in EXAMPLES)[topic] >= 30
    assert Counter(question.label for question in HELD_OUT)[topic] >= 8


def test_half_of_what_is_out_of_scope_nearly_is_not() -> None:
    for rows in (EXAMPLES, HELD_OUT):
        outside = [row.text for row in rows if row.label == OUT_OF_SCOPE]
        assert len(outside) >= 150
        assert sum(bool(NEAR_MISS.search(text)) for text in outside) >= 0.45 * len(outside)


def _figures(model: TrainedModel, questions: list[Question]) -> Figures:
    """Count as answered what the bot would answer: the zone `sure` of its own thresholds."""
    thresholds = read_thresholds(PROJECT_ROOT / "config.yml")
    return figures(model.judge(questions), thresholds.sure)
