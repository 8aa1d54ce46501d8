"""Clauses: where they are cut, whom they are about, what they deny or wish."""

from __future__ import annotations

import pytest

from bot.conversation.reading.clauses import About, clauses
from bot.conversation.reading.words.said import listen

SPEAKER, SOMEBODY_ELSE, A_THING = About.SPEAKER, About.SOMEBODY_ELSE, About.A_THING


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("I'm Danish and live in Aarhus", [SPEAKER, SPEAKER]),
        ("my sister is 24, lives in Toronto", [SOMEBODY_ELSE, SOMEBODY_ELSE]),
        ("my sister is 24 but I am 27", [SOMEBODY_ELSE, SPEAKER]),
        ("my wife and I are both 28", [SOMEBODY_ELSE, SPEAKER]),
        ("living with my parents in Athens, 24", [SPEAKER, SPEAKER]),
        ("I'm a yoga teacher, 26", [SPEAKER, SPEAKER]),
        ("the course is long, I'm 24", [A_THING, SPEAKER]),
        ("if I was 30, then what", [SOMEBODY_ELSE, SOMEBODY_ELSE]),
        ("no friends, no family, 30", [SPEAKER, SPEAKER, SPEAKER]),
    ],
)
def test_a_clause_is_about_whom_it_names_or_about_the_one_before(text: str, about: list[About]):
    assert [clause.about for clause in clauses(listen(text))] == about


def test_a_question_has_no_clauses():
    assert clauses(listen("Is my insurance paid?")) == []


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("the insurance is not paid", True),
        ("I never had insurance", True),
        ("I have insurance", False),
        ("without an internship I can not graduate", False),
    ],
)
def test_a_clause_knows_whether_it_denies(text: str, denied: bool):
    assert clauses(listen(text))[0].denied is denied


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("hoping to get a job offer", True),
        ("unless they hire me", True),
        ("I got a job offer", False),
    ],
)
def test_a_clause_knows_whether_it_wishes(text: str, wished: bool):
    assert clauses(listen(text))[0].wished is wished


def test_a_correction_marks_the_clause_after_it():
    assert [clause.corrects for clause in clauses(listen("I'm 30, sorry, I mean 31"))] == [
        False,
        True,
    ]
