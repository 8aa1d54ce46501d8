"""The application: what it asks, what changes it, and what becomes of the answers."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.applying import (
    APPLICATION_QUESTIONS,
    changes_in,
    open_application_questions,
    submission_from,
    wants_to_join,
)
from bot.knowledge import load_knowledge

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("no, my email is marie@example.org", {"email": "marie@example.org"}),
        ("change my name", {"applicant_name": None}),
        ("the e-mail is wrong", {"email": None}),
        ("there is a typo in my name and my email", {"applicant_name": None, "email": None}),
        ("yes", {}),
        ("my name is fine", {}),
        ("marie@", {}),
    ],
)
def test_a_reply_to_the_summary_can_change_the_application(text, changes):
    assert changes_in(text, TODAY) == changes


def test_consent_is_asked_before_name_and_address_and_its_refusal_ends_all():
    assert open_application_questions({}) == list(APPLICATION_QUESTIONS)
    assert open_application_questions({"consent": False}) == []


@pytest.mark.parametrize(
    "text", ["put me on the list", "I want to join", "sign me up", "yes please"]
)
def test_words_that_accept_the_offer(text):
    assert wants_to_join(text)


@pytest.mark.parametrize("text", ["check another program", "am i eligible for co-op?"])
def test_words_that_ask_for_another_check(text):
    assert not wants_to_join(text)


def test_a_submission_keeps_answers_decision_and_the_consent_given():
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
        consent_text="Do you agree?",
        on=TODAY,
        knowledge=load_knowledge("2024", "2023"),
    )
    assert (submission.program, submission.season) == ("ro_working_holiday", "2023")
    assert submission.answers == {"age": 24, "nationalities": ["IE"]}
    assert submission.outcome == submission.decision["outcome"] == "needs_review"
    assert submission.consent.text == "Do you agree?"
    assert submission.consent.given_at.utcoffset() is not None
