"""Mending typos."""

from __future__ import annotations

import pytest

from bot.nlu.spelling import Spelling
from bot.nlu.text import MAX_CHARACTERS, clean

EXAMPLES = [
    "how long can i stay in canada",
    "how much does the permit cost",
    "what does the permit cost",
    "is my passport valid long enough",
    "can i stay with my passport",
]


@pytest.fixture(scope="module")
def spelling():
    return Spelling.fit(EXAMPLES, ["the", "stage", "mortgage", "weather"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how logn can i stay", "how long can i stay"),
        ("hw much does teh permt cosst", "how much does the permit cost"),
        ("is my pasport valid", "is my passport valid"),
        ("can i sta with my pssport?", "can i stay with my passport?"),
        ("waht dose the permit cost", "what does the permit cost"),
    ],
)
def test_one_slip_in_a_word_is_mended_by_its_neighbours(spelling, typed, meant):
    assert spelling.correct(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        *EXAMPLES,
        "",
        "mortgage weather",
        "IEC-7K3M-9QXD".lower(),
        "mail@permt.com",
        "xqzvw blorpt",
        "中文 привет",
        "👍",
        "25 1998-02-03",
        "x",
    ],
)
def test_a_text_without_a_near_word_stays_as_it_is(spelling, text):
    assert spelling.correct(text) == text


def test_the_word_before_decides_between_two_corrections():
    spelling = Spelling.fit(["from canada", "a form", "the form", "fill the form"])
    assert spelling.correct("fill the forms") == "fill the form"
    assert spelling.correct("xfrom canada") == "from canada"


def test_what_was_learnt_survives_a_file(spelling, tmp_path):
    spelling.save(tmp_path / "spelling.json")
    assert Spelling.load(tmp_path / "spelling.json") == spelling


def test_a_long_text_is_corrected_in_time(spelling):
    text = clean("pasport " * 400)
    assert len(text) <= MAX_CHARACTERS
    assert set(spelling.correct(text).split()) == {"passport"}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  How   LONG\n", "how long"),
        ("What’s “IEC”…", 'what\'s "iec"...'),
        ("ﬁve", "five"),
        ("STRASSE straße", "strasse strasse"),
        ("a" * 3000, "a" * MAX_CHARACTERS),
    ],
)
def test_a_message_is_cleaned_before_anything_else(text, cleaned):
    assert clean(text) == cleaned
