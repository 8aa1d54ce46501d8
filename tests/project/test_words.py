"""Every question, fact and problem that the code names has words to say it."""

from __future__ import annotations

import pytest

from bot.conversation.applying import APPLICATION_QUESTIONS
from bot.conversation.prescreening import FACTS, QUESTIONS
from bot.conversation.reading import PROBLEMS
from bot.conversation.requests import REQUEST_QUESTIONS
from bot.waiting_list.entry import State
from tests.project.files import domain, responses

FORMS = {
    "prescreen_form": QUESTIONS,
    "waiting_list_form": APPLICATION_QUESTIONS,
    "request_form": REQUEST_QUESTIONS,
}
ASKED_BY_AN_ACTION = {"program_choice", "confirm"}
QUESTIONS_IN_WORDS = [
    (form, question)
    for form, questions in FORMS.items()
    for question in questions
    if question not in ASKED_BY_AN_ACTION
]


def test_the_forms_of_the_domain_ask_what_the_code_asks():
    assert {
        name: tuple(form["required_slots"]) for name, form in domain()["forms"].items()
    } == FORMS


@pytest.mark.parametrize(("form", "question"), QUESTIONS_IN_WORDS)
def test_a_question_has_other_words_after_an_odd_answer_and_a_way_out_after_two(form, question):
    asked_by = "" if form == "prescreen_form" else f"{form}_"
    variations = responses()[f"utter_ask_{asked_by}{question}"]
    by_attempt = {
        one["condition"][0]["value"] if "condition" in one else 0: one for one in variations
    }
    assert sorted(by_attempt) == [0, 1, 2]
    assert len({one["text"] for one in variations}) == 3
    payloads = {button["payload"] for button in by_attempt[2]["buttons"]}
    assert "/human_handoff" in payloads


@pytest.mark.parametrize(
    "question", sorted({*QUESTIONS, *APPLICATION_QUESTIONS, *REQUEST_QUESTIONS})
)
def test_a_question_can_say_why_it_is_asked_and_what_is_changed(question):
    assert f"utter_why_{question}" in responses()
    assert f"utter_label_{question}" in responses()


@pytest.mark.parametrize("fact", [name for name in FACTS if name != "program"])
def test_a_fact_can_be_said(fact):
    said = {f"utter_fact_{fact}", f"utter_fact_{fact}_yes", f"utter_fact_{fact}_no"}
    assert said & responses().keys() in (
        {f"utter_fact_{fact}"},
        {f"utter_fact_{fact}_yes", f"utter_fact_{fact}_no"},
    )


@pytest.mark.parametrize("problem", sorted(PROBLEMS))
def test_a_problem_of_a_reading_has_words(problem):
    assert f"utter_problem_{problem}" in responses()


@pytest.mark.parametrize("state", list(State))
def test_a_state_of_the_list_has_words(state):
    assert f"utter_state_{state.value}" in responses()
