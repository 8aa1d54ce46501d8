"""Weighing: what evidence there is, how scales weigh it, and that weights can be learnt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.conversation.reading import read_facts
from bot.conversation.reading.clauses import clauses
from bot.conversation.reading.weighing.candidates import ages, countries
from bot.conversation.reading.weighing.evidence import Heard, around, of_text
from bot.conversation.reading.weighing.examples import Description
from bot.conversation.reading.weighing.learning import learn
from bot.conversation.reading.weighing.outcomes import outcome_of, value_of
from bot.conversation.reading.weighing.scales import Scales
from bot.conversation.reading.weighing.weighed import find
from bot.conversation.reading.words.said import listen

TODAY = date(2026, 11, 22)
SCALES = Scales(
    {"age": ("age", "neither"), "student": ("false", "neither", "true")},
    np.array([0, 1, 0, 0.5, 0], np.float32),
    {"-1:am": 0, "university": 1},
    np.array([[3, 0, 0, 0, 0], [0, 0, -1, 0, 2]], np.float32),
)


def heard(text: str, candidates=countries) -> Heard:
    said = listen(text)
    return Heard(said, clauses(said), candidates(said))


def test_evidence_on_a_word_is_what_stands_beside_it_and_whose_clause_it_is_in():
    text = heard("my brother is in Spain")
    evidence = around(text, text.alike[0])
    assert {"-1:in", "is:CTRY", "whose:somebody else", "closes"} <= evidence
    assert "Canada" not in evidence


def test_evidence_of_a_text_tells_what_the_speaker_denies_from_what_others_have():
    said = listen("I have no offer, but my sister has insurance")
    evidence = of_text(said, clauses(said))
    assert {"not offer", "of somebody insurance"} <= evidence
    assert "insurance" not in evidence


def test_a_contract_of_another_thing_is_no_evidence_of_ones_work():
    said = listen("found an apartment, lease signed")
    assert "signed" not in of_text(said, clauses(said))


@pytest.mark.parametrize(
    ("text", "numbers"), [("24 or 25", [24, 25]), ("3 kids, 4000 dollars, 17.5", [])]
)
def test_only_whole_numbers_of_an_applicants_years_may_be_ages(text, numbers):
    said = listen(text)
    assert [said.words[position].value for position in ages(said)] == numbers


def test_scales_add_up_the_evidence_and_what_is_unknown_weighs_nothing():
    evidence = {"-1:am", "university", "never heard of"}
    assert SCALES.weigh(evidence, 0.7) == {"age": "age", "student": "true"}
    assert SCALES.weigh(evidence, 0.8) == {"age": "age"}


def test_scales_say_nothing_where_nothing_is_the_likeliest():
    assert SCALES.weigh({"never heard of"}, 0.5) == {}


def test_scales_come_back_from_their_file_as_they_were(tmp_path: Path):
    SCALES.write(tmp_path / "scales.jsonl")
    again = Scales.read(tmp_path / "scales.jsonl")
    assert again.questions == SCALES.questions
    assert again.rows == SCALES.rows
    assert np.array_equal(again.weights, SCALES.weights)
    assert np.array_equal(again.beforehand, SCALES.beforehand)


@pytest.mark.parametrize("value", [True, False, [], "not_sure", "ro_working_holiday"])
def test_a_value_comes_back_from_its_outcome(value):
    assert value_of(outcome_of(value)) == value


def test_weights_are_learnt_from_examples():
    told = [f"{verb} {age}" for verb in ("being", "feeling") for age in range(20, 40)]
    others = [f"room {number}" for number in range(20, 40)]
    lessons = [
        *(Description(say, {"age": int(say[-2:]), "student": True}, {}) for say in told),
        *(Description(say, {"student": False}, {}) for say in others),
    ]
    learnt = learn([*lessons, Description("a Pole in Spain", {"nationalities": ["PL"]}, {})])
    text = heard("being 41", ages)
    assert learnt["ages"].weigh(around(text, text.alike[0]), 0.8) == {"age": "age"}


def test_what_may_or_may_not_be_taken_from_a_sentence_is_no_lesson():
    clear = [Description("a Pole", {"nationalities": ["PL"]}, {}), Description("Spain", {}, {})]
    doubtful = Description("Swedish maybe", {}, {"nationalities": ["SE"]})
    clear = [*clear, Description("24", {"age": 24, "student": True}, {}), Description("25", {}, {})]
    one, other = learn(clear)["countries"], learn([*clear, doubtful])["countries"]
    assert one.rows == other.rows
    assert np.array_equal(one.weights, other.weights)


def test_only_what_is_still_open_is_weighed():
    said = listen("Been in Cork all my life, so Irish through and through, thirty now")
    fields = {"nationalities", "residence", "age"}
    assert not {each.field for each in find(said, clauses(said), known=fields)} & fields


def test_what_no_pattern_reads_is_weighed():
    assert read_facts("plumber by trade, Irish since forever, 31", TODAY)["nationalities"] == ["IE"]
