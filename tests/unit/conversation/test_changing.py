"""Which answer a visitor wants to change, and to what."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.applying import APPLICATION_QUESTIONS
from bot.conversation.changing import CHANGE_WORDS, changes_in
from bot.conversation.prescreening import FACTS
from bot.conversation.reading import read_facts

TODAY = date(2026, 11, 22)
NOT_CHANGEABLE = {"program_choice", "consent", "confirm"}


def test_every_answer_can_be_changed():
    assert set(CHANGE_WORDS) == {*FACTS, "program", *APPLICATION_QUESTIONS} - NOT_CHANGEABLE


@pytest.mark.parametrize(("name", "said"), CHANGE_WORDS.items())
def test_what_is_offered_to_say_names_its_answer_and_states_nothing(name, said):
    assert changes_in(said, TODAY) == {"age" if name == "date_of_birth" else name: None}
    assert read_facts(said, TODAY) == {}


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("change my age to 31", {"age": 31}),
        ("I want to change my age to 31", {"age": 31}),
        ("the age is wrong, it should be 31", {"age": 31}),
        ("change my passport to German", {"nationalities": ["DE"]}),
        ("my passport is wrong, it is German", {"nationalities": ["DE"]}),
        ("change where I live to Italy", {"residence": "IT"}),
        ("change when my passport expires to May 2030", {"passport_expires": "2030-05-01"}),
        ("change my job offer to no", {"job_offer": False}),
        ("change my name to Marie Age", {"applicant_name": "Marie Age"}),
        ("change the program to RO Working Holiday", {"program": "ro_working_holiday"}),
        ("update my funds: 5000", {"funds_cad": 5000}),
        ("change my age to whatever", {"age": None}),
        ("my job offer and my funds are wrong", {"funds_cad": None, "job_offer": None}),
        ("there is a typo in my name and my email", {"applicant_name": None, "email": None}),
        ("the e-mail is wrong", {"email": None}),
        ("no, my email is marie@example.org", {"email": "marie@example.org"}),
        ("marie@", {}),
        ("change something", {}),
        ("my name is correct", {}),
        ("yes, all my answers are correct", {}),
        ("yes", {}),
    ],
)
def test_a_wish_to_change_an_answer_is_read(text, changes):
    assert changes_in(text, TODAY) == changes
