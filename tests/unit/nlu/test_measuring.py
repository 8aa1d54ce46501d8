"""The measures themselves, checked by hand-made judgements."""

from __future__ import annotations

from random import Random

import pytest

from bot.nlu.measuring.config import read_thresholds, write_thresholds
from bot.nlu.measuring.figures import (
    Judgement,
    accuracy_by_label,
    choose_thresholds,
    figures,
)
from bot.nlu.measuring.questions import Question, read_questions, unseen
from bot.nlu.measuring.typos import misspell
from bot.nlu.zones import Thresholds

RIGHT = Judgement("a", "faq/x", ("faq/x", "faq/y"), 0.9)
WRONG = Judgement("b", "faq/x", ("faq/y", "faq/x"), 0.8)
UNSURE = Judgement("c", "faq/y", ("faq/y", "faq/x"), 0.1)
TAKEN_FOR_OUTSIDE = Judgement("d", "greet", ("out_of_scope", "greet"), 0.9)
OUTSIDE = Judgement("e", "out_of_scope", ("out_of_scope", "faq/x"), 0.9)
OUTSIDE_UNSURE = Judgement("f", "out_of_scope", ("faq/x", "out_of_scope"), 0.2)
OUTSIDE_ANSWERED = Judgement("g", "out_of_scope", ("faq/x", "out_of_scope"), 0.7)
ALL = [RIGHT, WRONG, UNSURE, TAKEN_FOR_OUTSIDE, OUTSIDE, OUTSIDE_UNSURE, OUTSIDE_ANSWERED]


def test_figures_are_shares_of_the_questions_they_are_about():
    measured = figures(ALL, sure=0.5)
    assert (measured.questions, measured.out_of_scope) == (4, 3)
    assert measured.accuracy == pytest.approx(2 / 4)
    assert measured.refused == pytest.approx(2 / 4)
    assert measured.wrong == pytest.approx(1 / 4)
    assert measured.recall == pytest.approx(2 / 3)


def test_accuracy_is_counted_by_label_for_questions_in_scope():
    assert accuracy_by_label(ALL) == {"faq/x": 0.5, "faq/y": 1.0, "greet": 0.0}


@pytest.mark.parametrize("unanswered", [0.0, 0.03, 0.1, 0.5])
def test_the_threshold_leaves_no_more_questions_unanswered_than_allowed(unanswered):
    judgements = [Judgement("", "a", ("a", "b"), score / 97) for score in range(97)]
    thresholds = choose_thresholds([*judgements, OUTSIDE], unanswered, 0.0)
    assert figures([*judgements, OUTSIDE], thresholds.sure).refused <= unanswered
    assert thresholds.between <= thresholds.sure


def test_a_question_that_stands_among_the_examples_is_not_counted():
    asked = [Question("Is it free?", "a"), Question("is it cheap", "a")]
    assert unseen(asked, [Question("is it  free", "b")]) == asked[1:]


def test_questions_are_read_without_annotations(tmp_path):
    file = tmp_path / "nlu.yml"
    file.write_text(
        'nlu:\n- intent: inform\n  examples: |\n    - im [24](age) and [french]{"entity": "n"}\n'
        "- lookup: ignored\n  examples: |\n    - x\n"
    )
    assert read_questions(file) == [Question("im 24 and french", "inform")]


@pytest.mark.parametrize("seed", range(20))
def test_every_word_of_three_letters_gets_one_slip(seed):
    text = "how long may we stay in canada"
    for word, typed in zip(text.split(), misspell(text, Random(seed)).split(), strict=True):
        assert abs(len(word) - len(typed)) <= 1
        if len(word) < 3:
            assert typed == word


def test_the_same_seed_makes_the_same_typos():
    text = "how long may we stay"
    assert misspell(text, Random(1)) == misspell(text, Random(1)) != misspell(text, Random(2))


def test_thresholds_are_written_with_their_origin_and_nothing_else_changes(tmp_path):
    config = tmp_path / "config.yml"
    config.write_text(
        "# about\npipeline:\n  # why\n  - name: bot.nlu.topic_classifier.TopicClassifier\n"
        "    sure: 0.5  # from before\n    between: 0.3\n    random_seed: 1\n"
    )
    write_thresholds(config, Thresholds(sure=0.4, between=0.2), "from tuning.yml, 3 questions")
    assert read_thresholds(config) == Thresholds(sure=0.4, between=0.2)
    assert config.read_text() == (
        "# about\npipeline:\n  # why\n  - name: bot.nlu.topic_classifier.TopicClassifier\n"
        "    sure: 0.4  # from tuning.yml, 3 questions\n    between: 0.2\n    random_seed: 1\n"
    )


def test_a_config_without_the_classifier_is_refused(tmp_path):
    config = tmp_path / "config.yml"
    config.write_text("pipeline:\n  - name: WhitespaceTokenizer\n")
    with pytest.raises(ValueError, match="has no bot"):
        write_thresholds(config, Thresholds(sure=0.4, between=0.2), "x")
