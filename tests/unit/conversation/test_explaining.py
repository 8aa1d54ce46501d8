"""The words of a decision."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.explaining import describe_facts, explain
from bot.conversation.words import Words, and_list
from bot.eligibility import Applicant, decide
from bot.knowledge import load_knowledge
from tests.project.files import responses

TODAY = date(2026, 11, 22)
KNOWLEDGE = load_knowledge("2024", "2023")
WORDS = Words(responses())
QUALIFIED = {
    "nationalities": ["FR"],
    "age": 24,
    "student": True,
    "job_offer": True,
    "placement_required": True,
    "in_field_of_study": True,
    "teer": 2,
    "previous_participations": [],
    "passport_expires": "2031-03-15",
    "funds_cad": 3000,
    "insurance": True,
    "return_ticket": True,
    "dependants": False,
    "admissibility_concern": False,
}


def explained(program: str = "international_coop", **answers: object) -> str:
    applicant = Applicant.from_answers({**QUALIFIED, **answers})
    return explain(decide(applicant, program, TODAY, KNOWLEDGE), KNOWLEDGE, WORDS)


@pytest.mark.parametrize(
    ("answers", "fragments"),
    [
        ({}, ["you seem to meet", "Longest stay: 12 months", "season 2024"]),
        ({"age": 36}, ["seems not to be met", "✗ You are 36", "35, inclusive"]),
        ({"nationalities": ["US"]}, ["✗ Citizens of", "through a Recognized Organization"]),
        ({"nationalities": ["AU"], "age": 33}, ["needs a person", "another 35"]),
        ({"passport_expires": "2027-05-30"}, ["Longest stay: 6 months", "! Your passport ends"]),
        ({"admissibility_concern": True}, ["needs a person", "lawyer"]),
    ],
)
def test_a_decision_says_what_why_how_long_and_from_where(answers, fragments):
    text = explained(**answers)
    for fragment in [*fragments, "Source: ", "read 21 November 2026"]:
        assert fragment in text


def test_no_decision_promises_or_advises():
    for answers in ({}, {"age": 36}, {"nationalities": ["GB"]}):
        text = explained(**answers).lower()
        assert "you are eligible" not in text
        assert "you should" not in text


def test_facts_read_as_a_list_without_the_unknown_ones():
    assert describe_facts({"age": 24, "nationalities": ["FR", "IT"], "teer": "unknown"}, WORDS) == (
        "24 years old, passport: France and Italy"
    )


@pytest.mark.parametrize(
    ("parts", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")],
)
def test_lists_read_as_a_person_would_say_them(parts, text):
    assert and_list(parts) == text
