"""No text makes reading fail, and long ones take no longer than their length."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.reading import (
    PROBLEMS,
    QUESTIONS,
    countries_mentioned,
    is_question,
    read_answer,
    read_facts,
    yes_or_no,
)
from bot.conversation.reading.words.patterns import VOCAB

TODAY = date(2026, 11, 22)
PIECES = (
    "I'm 24 French student from Spain 12/05/1998 May 2027 3k CAD $ € passport expires born"
    " turning never"
    " working holiday not yes no ? . , ' - teer 2 IEC-7K3M-9QXD a@b.com the of and"
    " 99999999999999999999th 0 \x00"
).split(" ")
ANY_TEXT = st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
ANY_DAY = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(ANY_TEXT, ANY_DAY)
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_read(text: str, today: date) -> None:
    facts = read_facts(text, today)
    assert all(value is not None for value in facts.values())
    countries_mentioned(text)
    is_question(text)
    yes_or_no(text)


@given(st.sampled_from(sorted(QUESTIONS)), ANY_TEXT, ANY_DAY)
@settings(max_examples=500, deadline=None)
def test_any_reply_to_any_question_can_be_read(question: str, text: str, today: date) -> None:
    reading = read_answer(question, text, today)
    assert reading.value is None or reading.problem is None
    assert reading.problem is None or reading.problem in PROBLEMS


@given(st.text(alphabet="aeiou xyz", min_size=50, max_size=200))
@settings(max_examples=30, deadline=None)
def test_what_strangers_type_does_not_stay_in_memory(text: str) -> None:
    read_facts("warm up", TODAY)
    before = len(VOCAB.strings)
    read_facts(text, TODAY)
    assert len(VOCAB.strings) == before


@pytest.mark.parametrize(
    "piece",
    [
        "I'm a 24 year old French student. ",
        "i am ",
        "a, french and ",
        "24, ",
        "x",
        "1.",
        "a'",
        " ",
        "?",
    ],
)
def test_two_thousand_characters_are_read_in_a_fraction_of_a_second(piece: str) -> None:
    text = (piece * 2000)[:2000]
    started = time.process_time()
    read_facts(text, TODAY)
    for question in QUESTIONS:
        read_answer(question, text, TODAY)
    assert time.process_time() - started < 3
