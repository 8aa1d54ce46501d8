"""The questionnaire behind the pre-screening: what is asked, in which order, and when it ends."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.prescreening import (
    PROGRAMS,
    QUESTIONS,
    UNKNOWN,
    decisions,
    is_under_age,
    known_facts,
    open_programs,
    open_questions,
    program_named_in,
    programs_in_play,
)
from bot.knowledge import load_knowledge

TODAY = date(2026, 11, 22)
KNOWLEDGE = load_knowledge("2024", "2023")
STUDENT = {"program": "international_coop", "age": 24, "nationalities": ["FR"]}


def asked(**answers: object) -> list[str]:
    return open_questions(answers, TODAY, KNOWLEDGE)


def test_program_age_and_nationality_come_first_in_this_order():
    assert asked() == ["program", "age", "nationalities"]
    assert asked(program="not_sure") == ["age", "nationalities"]


def test_the_questions_keep_one_order():
    later = asked(**STUDENT)
    assert later == [name for name in QUESTIONS if name in later]
    assert later[:2] == ["student", "job_offer"]


def test_nothing_more_is_asked_once_a_criterion_is_not_met():
    assert asked(**STUDENT | {"student": False}) == []
    assert asked(program="not_sure", age=27, nationalities=["NG"]) == []


def test_a_program_that_is_out_leaves_the_questions_of_the_others():
    still_open = asked(program="not_sure", age=24, nationalities=["NZ"])
    assert "student" not in still_open
    assert "previous_participations" in still_open


def test_residence_matters_only_where_the_country_has_a_rule():
    holiday = {"program": "ro_working_holiday", "age": 24}
    assert "residence" in asked(**holiday, nationalities=["IT"])
    assert "residence" not in asked(**holiday, nationalities=["IE"])


def test_a_question_answered_with_i_do_not_know_is_not_asked_again():
    assert "student" not in asked(**STUDENT, student=UNKNOWN)


def test_somebody_under_age_is_asked_nothing_more():
    assert is_under_age({"age": 17})
    assert not is_under_age({"age": 18})
    assert asked(**STUDENT | {"age": 17}) == []


def test_not_sure_puts_every_program_in_play():
    assert programs_in_play({"program": "not_sure"}) == PROGRAMS
    assert programs_in_play({"program": "ro_working_holiday"}) == ("ro_working_holiday",)


def test_unknown_answers_are_no_facts_and_never_qualify():
    answers = {**STUDENT, "student": UNKNOWN}
    assert "student" not in known_facts(answers)
    (decision,) = decisions(answers, TODAY, KNOWLEDGE).values()
    assert decision.outcome.value == "needs_review"
    assert open_programs({"international_coop": decision}) == ["international_coop"]


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("am I eligible for a co-op?", "international_coop"),
        ("do i qualify for the working holiday", "ro_working_holiday"),
        ("check me for young professionals", "ro_young_professional"),
        ("am I eligible", None),
        ("I have an internship, am I eligible", None),
        ("working holiday or young professionals?", None),
    ],
)
def test_a_program_named_in_the_first_words_is_taken(text: str, program: str | None):
    assert program_named_in(text, KNOWLEDGE).get("program") == program
