"""What became of a conversation, told by its events."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.transcripts.course import Course, go_on
from tests.unit.transcripts.stored import (
    APPLIED,
    CHECKED,
    OFF_TOPIC,
    PERSON,
    QUESTION,
    UNKNOWN,
    asked,
    done,
    form,
    in_time,
    said,
    slot,
)

EVERYTHING = in_time((*QUESTION, *UNKNOWN, *CHECKED, *APPLIED, *OFF_TOPIC, *PERSON))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (QUESTION, {"turns": 1, "unanswered": 0, "unsure": 0, "lowest_confidence": 0.9}),
        (UNKNOWN, {"turns": 1, "unanswered": 1, "unsure": 1, "lowest_confidence": 0.2}),
        (OFF_TOPIC, {"unanswered": 1, "unsure": 0}),
        # An odd word is no riddle when it answers an open question.
        (CHECKED, {"turns": 3, "unanswered": 0, "unsure": 0, "lowest_confidence": 0.9}),
        (CHECKED, {"country": "FR", "applied": False, "form": None, "question": None}),
        ((*CHECKED, *APPLIED), {"applied": True, "unsure": 0}),
        (PERSON, {"asked_person": True}),
        ((slot("under_age", True),), {"under_age": True, "turns": 0}),
    ],
)
def test_a_course_tells_what_became_of_the_conversation(events, expected) -> None:
    course = go_on(Course(), in_time(events)).course
    assert {name: getattr(course, name) for name in expected} == expected


def test_the_steps_reached_are_told_with_their_questions() -> None:
    steps = go_on(Course(), in_time((*CHECKED, *APPLIED))).steps
    assert list(steps) == [
        "greeted",
        "prescreening",
        "prescreening.age",
        "prescreening.nationalities",
        "decided",
        "application",
        "application.consent",
        "application.applicant_name",
        "applied",
    ]
    assert list(steps.values()) == sorted(steps.values())


def test_a_message_keeps_how_it_was_understood_and_no_words() -> None:
    first, second = go_on(Course(), in_time((*UNKNOWN, *APPLIED[2:5]))).messages
    assert (first.label, first.zone, first.unanswered, first.unsure) == (
        "faq/pets",
        "between",
        True,
        True,
    )
    assert (second.number, second.question, second.unanswered) == (2, "consent", False)
    assert "text" not in vars(first)


def test_a_button_is_understood_for_certain_and_lowers_no_confidence() -> None:
    button = said("/affirm", "affirm", 0.01, zone="no_idea")
    progress = go_on(Course(), in_time([button]))
    assert progress.course.lowest_confidence is None
    assert progress.messages[0].zone is None


def test_a_new_session_closes_what_was_open_and_carries_nothing_over() -> None:
    before = go_on(Course(), in_time([form("prescreen_form"), asked("age")])).course
    assert before.question == "age"
    session = [
        done("action_session_start"),
        {"event": "session_started"},
        asked("age"),
        slot("misunderstandings", 2),
        done("action_listen"),
    ]
    after = go_on(before, in_time(session)).course
    assert (after.question, after.form, after.unanswered) == (None, None, 0)


def test_a_failed_submission_is_no_application() -> None:
    failed = [done("action_submit_application"), slot("offer", "waiting_list")]
    assert not go_on(Course(), in_time(failed)).course.applied


TURN_STARTS = [place for place, event in enumerate(EVERYTHING) if event["event"] == "user"]


@given(st.sets(st.sampled_from(TURN_STARTS)))
def test_it_does_not_matter_how_many_turns_are_stored_at_once(cuts: set[int]) -> None:
    course = Course()
    borders = sorted({0, *cuts, len(EVERYTHING)})
    for start, end in pairwise(borders):
        course = go_on(course, EVERYTHING[start:end]).course
    assert course == go_on(Course(), EVERYTHING).course
