"""Questions, doubts and orders in the middle of the pre-screening."""

from __future__ import annotations

import pytest

from tests.dialogue.visitor import Visitor


async def asked_for_age(visitor: Visitor) -> Visitor:
    return await visitor.says_all("check if I qualify", "RO Working Holiday")


async def test_a_question_is_answered_and_the_open_question_comes_back(visitor: Visitor):
    await asked_for_age(visitor)
    await visitor.says("how much is the participation fee?")
    visitor.sees("CAD 172", "How old are you")
    assert await visitor.slot("requested_slot") == "age"


async def test_why_do_you_ask_is_answered(visitor: Visitor):
    await asked_for_age(visitor)
    await visitor.says("why do you need to know that?")
    visitor.sees("age range", "How old are you")


@pytest.mark.parametrize("order", ["stop", "please stop asking", "cancel"])
async def test_stop_is_obeyed_at_once(visitor: Visitor, order: str):
    await asked_for_age(visitor)
    await visitor.says(order)
    visitor.does_not_see("How old are you")
    assert await visitor.slot("requested_slot") is None


async def test_answers_survive_a_stop(visitor: Visitor):
    await asked_for_age(visitor)
    await visitor.says_all("24", "stop", "check if I qualify")
    assert await visitor.slot("requested_slot") == "nationalities"


async def test_start_over_clears_every_answer(visitor: Visitor):
    await asked_for_age(visitor)
    await visitor.says_all("24", "start over")
    visitor.sees("start over")
    assert await visitor.slot("age") is None
    await visitor.says("check if I qualify")
    assert await visitor.slot("requested_slot") == "program"


async def test_talk_to_a_person_is_obeyed_at_once(visitor: Visitor):
    await asked_for_age(visitor)
    await visitor.says("I want to talk to a real person")
    visitor.sees("@").does_not_see("How old are you")


async def test_an_unknown_matter_gets_an_honest_answer_and_the_question_again(visitor: Visitor):
    await asked_for_age(visitor)
    await visitor.says("what is the weather in Toronto?")
    visitor.sees("How old are you")


async def test_small_talk_does_not_lose_the_question(visitor: Visitor):
    await asked_for_age(visitor)
    await visitor.says("thanks!")
    visitor.sees("How old are you")


@pytest.mark.parametrize(
    "reply",
    [
        "yes check",
        "ye check",
        "yes pls check it",
        "sure, check that for me",
        "lets go",
        "ok do it",
        "yeah check where i stand",
        "check me",
        "yes go on then",
    ],
)
async def test_the_offered_check_is_taken_in_many_words(visitor: Visitor, reply: str):
    await visitor.says_all("I'm a 26 year old Irish chef", reply)
    visitor.sees("Let's see where you stand")


@pytest.mark.parametrize("reply", ["no dont check", "not now", "nah just a question"])
async def test_the_offered_check_is_turned_down_in_many_words(visitor: Visitor, reply: str):
    await visitor.says_all("I'm a 26 year old Irish chef", reply)
    visitor.does_not_see("Let's see where you stand").does_not_see("can't tell what you need")


async def test_more_facts_in_reply_to_the_offered_check_take_it(visitor: Visitor):
    await visitor.says("I'm a 26 year old Irish chef")
    visitor.sees("Shall I check where you stand?")
    await visitor.says("young professional, I have a job offer")
    visitor.does_not_see("Shall I check").sees("Let's see where you stand")
    assert await visitor.slot("age") == 26
    assert await visitor.slot("job_offer") is True
    assert await visitor.slot("program") == "ro_young_professional"
