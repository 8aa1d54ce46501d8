"""The application: what it asks, what changes it, and what becomes of the answers."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.applying import (
    APPLICATION_QUESTIONS,
    open_application_questions,
    standing,
    submission_from,
    told_at_the_summary,
    wants_to_join,
)
from bot.conversation.consent import consent_texts
from bot.knowledge import load_knowledge

TODAY = date(2026, 11, 22)
KNOWLEDGE = load_knowledge("2024", "2023")
QUALIFIED = {
    "program": "ro_working_holiday",
    "age": 24,
    "nationalities": ["IE"],
    "residence": "IE",
    "previous_participations": [],
    "passport_expires": "2031-03-15",
    "funds_cad": 3000,
    "insurance": True,
    "return_ticket": True,
    "dependants": False,
    "admissibility_concern": False,
}


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("yes", {}),
        ("my name is fine", {}),
        ("no, my email is marie@example.org", {"email": "marie@example.org"}),
        ("no, I have no job offer", {"job_offer": False}),
        ("the age is wrong, I'm 29", {"age": 29}),
        ("change something", {"confirm": False}),
    ],
)
def test_a_reply_to_the_summary_can_change_the_application(text, changes):
    assert told_at_the_summary(text, TODAY) == changes


def still_open(**answers):
    return open_application_questions(answers, TODAY, KNOWLEDGE)


def test_consent_is_asked_before_name_and_address_and_its_refusal_ends_all():
    assert still_open(**QUALIFIED) == list(APPLICATION_QUESTIONS)
    assert still_open(**QUALIFIED, consent=False) == []


def test_an_answer_taken_back_is_asked_before_all_else_and_no_open_list_ends_all():
    assert still_open(**{**QUALIFIED, "age": None})[0] == "age"
    assert still_open(**{**QUALIFIED, "age": 45}) == []
    assert still_open(**QUALIFIED, under_age=True) == []


def test_the_outcome_waits_for_the_answers_and_follows_them():
    chosen = {**QUALIFIED, "program_choice": "ro_working_holiday"}
    name = "ro_working_holiday"
    told = {"program_choice": name, "outcomes": {name: "qualified"}}
    assert standing(QUALIFIED, TODAY, KNOWLEDGE) == told
    assert standing({**chosen, "age": None}, TODAY, KNOWLEDGE) == {}
    assert standing({**chosen, "funds_cad": "unknown"}, TODAY, KNOWLEDGE) == {
        "program_choice": name,
        "outcomes": {name: "needs_review"},
    }
    none = {"program_choice": None, "outcomes": {name: "not_qualified"}}
    assert standing({**chosen, "age": 45}, TODAY, KNOWLEDGE) == none


@pytest.mark.parametrize(
    "text", ["put me on the list", "I want to join", "sign me up", "yes please"]
)
def test_words_that_accept_the_offer(text):
    assert wants_to_join(text)


@pytest.mark.parametrize("text", ["check another program", "am i eligible for co-op?"])
def test_words_that_ask_for_another_check(text):
    assert not wants_to_join(text)


def test_a_submission_keeps_answers_decision_and_the_consent_given():
    version, words = list(consent_texts().items())[-1]
    submission = submission_from(
        {
            "program": "not_sure",
            "program_choice": "ro_working_holiday",
            "age": 24,
            "nationalities": ["IE"],
            "teer": "unknown",
            "applicant_name": "Aoife Byrne",
            "email": "aoife@example.org",
            "consent_given_at": "2026-11-22T12:00:00+00:00",
        },
        conversation_id="web-1",
        channel="web",
        consent_text=words,
        on=TODAY,
        knowledge=load_knowledge("2024", "2023"),
    )
    assert (submission.program, submission.season) == ("ro_working_holiday", "2023")
    assert submission.answers == {"age": 24, "nationalities": ["IE"]}
    assert submission.outcome == submission.decision["outcome"] == "needs_review"
    assert (submission.consent.version, submission.consent.text) == (version, words)
    assert submission.consent.channel == "web"
    assert submission.consent.given_at.utcoffset() is not None
