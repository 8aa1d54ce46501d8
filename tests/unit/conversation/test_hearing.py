"""What a message means while a question is open."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.hearing import NOT_UNDERSTOOD, Heard, hear
from bot.conversation.reading import read_facts

TODAY = date(2026, 11, 22)
KNOWN = {"age": 24, "nationalities": ["FR"]}


def heard(text: str, intent: str, question: str, previous: str | None = None) -> Heard:
    return hear(
        text,
        intent,
        question=question,
        previous_question=previous,
        known=KNOWN,
        facts=read_facts(text, TODAY),
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("text", "intent", "question", "answers"),
    [
        ("Spain", "inform", "residence", {"residence": "ES"}),
        ("yes", "affirm", "student", {"student": True}),
        ("I don't know", "not_sure", "teer", {"teer": "unknown"}),
        ("Spain, and I'm 25", "inform", "residence", {"residence": "ES", "age": 25}),
        # The reply is read for what was asked, not only for what it states plainly.
        ("New Zealand and Irish", "inform", "nationalities", {"nationalities": ["NZ", "IE"]}),
        # What it answers counts for more than what the classifier makes of it.
        ("3000", "faq", "funds_cad", {"funds_cad": 3000}),
        ("RO Working Holiday", "faq", "program", {"program": "ro_working_holiday"}),
        # "Finnish" looks like an order to finish.
        ("Icelandic and Finnish", "stop", "nationalities", {"nationalities": ["IS", "FI"]}),
        ("im fininsh", "stop", "nationalities", {"nationalities": ["FI"]}),
    ],
)
def test_a_message_that_answers_the_question_is_an_answer(text, intent, question, answers):
    assert heard(text, intent, question).answers == answers


def test_an_order_is_obeyed_though_the_message_also_answers():
    assert heard("stop, I am French", "stop", "nationalities").digression
    assert heard("no more of this", "stop", "student").digression


@pytest.mark.parametrize("intent", ["stop", "restart", "human_handoff", "delete_my_data"])
def test_orders_are_obeyed_whatever_is_asked(intent):
    assert heard("stop it now", intent, "student").digression


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("do I need to be a student?", "faq"),
        ("why do you ask?", "ask_why"),
        ("what's the weather in Toronto?", "out_of_scope"),
        ("thanks a lot", "thank"),
        ("/start_prescreening", "start_prescreening"),
    ],
)
def test_questions_small_talk_and_commands_are_left_to_the_rules(text, intent):
    assert heard(text, intent, "student") == Heard(digression=True)


def test_a_correction_changes_the_fact_it_names():
    changed = heard("actually I am 29", "correct_answer", "student")
    assert (changed.answers, changed.corrected) == ({"age": 29}, ("age",))


def test_a_correction_without_a_name_changes_the_last_answer():
    changed = heard("sorry, I meant Irish", "correct_answer", "student", previous="nationalities")
    assert (changed.answers, changed.corrected) == ({"nationalities": ["IE"]}, ("nationalities",))


def test_saying_the_same_again_is_no_correction():
    assert heard("I'm 24", "inform", "student").corrected == ()


def test_a_further_passport_is_added_to_those_known():
    answers = heard("I also have an Italian passport", "inform", "student").answers
    assert answers == {"nationalities": ["FR", "IT"]}


@pytest.mark.parametrize(
    ("text", "intent", "problem"),
    [
        ("300", "inform", "age_out_of_range"),
        ("24 months", "inform", "age_is_months"),
        ("xqz blorp", "nlu_fallback", NOT_UNDERSTOOD),
        ("xqz blorp", "out_of_scope", NOT_UNDERSTOOD),
        ("🍁🍁🍁", "feedback_positive", NOT_UNDERSTOOD),
        ("", "nlu_fallback", NOT_UNDERSTOOD),
    ],
)
def test_what_cannot_be_used_is_a_problem_and_no_answer(text, intent, problem):
    assert heard(text, intent, "age") == Heard(problem=problem)


@pytest.mark.parametrize(
    ("text", "question", "previous", "answers"),
    [
        ("sorry, I meant 29", "nationalities", "age", {"age": 29}),
        ("sorry, I meant Nigerian", "job_offer", "nationalities", {"nationalities": ["NG"]}),
        ("wait, my last answer should be yes", "teer", "job_offer", {"job_offer": True}),
        ("I meant no to the last question", "student", "job_offer", {"job_offer": False}),
        ("actually I will have 3000 CAD", "insurance", "funds_cad", {"funds_cad": 3000}),
        ("actually I will have 3000 dollars", "insurance", "funds_cad", {"funds_cad": 3000}),
    ],
)
def test_words_of_correction_count_whatever_the_classifier_says(text, question, previous, answers):
    assert heard(text, "nlu_fallback", question, previous).answers == answers


def test_a_correction_of_the_last_answer_never_answers_the_open_question():
    unclear = heard("my last answer should be different", "nlu_fallback", "student", "job_offer")
    assert unclear.answers == {}


def test_finnish_is_a_nationality_and_no_order_to_finish():
    assert heard("Finnish", "stop", "nationalities").answers == {"nationalities": ["FI"]}
    assert heard("cancel", "stop", "student").digression


def test_a_short_reply_that_is_not_readable_is_asked_again_and_no_topic():
    assert heard("nigerin passport", "faq", "nationalities") == Heard(problem=NOT_UNDERSTOOD)
    assert heard("tell me about passports", "faq", "nationalities").digression


def test_facts_about_other_things_are_no_yes_to_the_open_question():
    assert heard("I have 4000 CAD", "inform", "insurance").answers == {"funds_cad": 4000}
    said = heard("yes, and I have 4000 CAD", "inform", "insurance").answers
    assert said == {"insurance": True, "funds_cad": 4000}
