"""Answers that answer nothing."""

from __future__ import annotations

import pytest

from tests.dialogue.visitor import Visitor

ODD = ["asdf qwer", "?????", "🍁🍁🍁", "24 months", "300", "minus four"]


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_answer_is_never_stored_and_the_question_is_asked_in_other_words(
    visitor: Visitor, odd: str
):
    await visitor.says_all("check if I qualify", "RO Working Holiday")
    first = visitor.answer
    await visitor.says(odd)
    assert await visitor.slot("age") is None
    assert await visitor.slot("requested_slot") == "age"
    assert visitor.answer != first
    visitor.sees("age")


async def test_the_third_time_offers_buttons_or_a_person(visitor: Visitor):
    await visitor.says_all("check if I qualify", "hmm blorp", "xqz blorp")
    assert {"RO Working Holiday", "Not sure", "Talk to a person"} <= set(visitor.buttons)


async def test_a_good_answer_resets_the_patience(visitor: Visitor):
    await visitor.says_all("check if I qualify", "xqz", "RO Working Holiday")
    assert await visitor.slot("attempt") is None


@pytest.mark.parametrize("junk", ["xqz blorp", "lorem ipsum dolor", "…", "12345678901234567890"])
async def test_junk_at_the_start_gets_an_answer(visitor: Visitor, junk: str):
    await visitor.says(junk)
    assert visitor.answer
