"""Changing one's mind."""

from __future__ import annotations

from tests.dialogue.visitor import Visitor


async def asked_after_nationality(visitor: Visitor) -> Visitor:
    return await visitor.says_all("check if I qualify", "International Co-op", "24", "French")


async def test_an_earlier_answer_can_be_corrected_at_any_question(visitor: Visitor):
    await asked_after_nationality(visitor)
    question = await visitor.slot("requested_slot")
    await visitor.says("actually I am 29")
    visitor.sees("I changed your age")
    assert await visitor.slot("age") == 29
    assert await visitor.slot("requested_slot") == question


async def test_the_last_answer_can_be_corrected_without_naming_it(visitor: Visitor):
    await asked_after_nationality(visitor)
    await visitor.says("sorry, I meant Irish")
    assert await visitor.slot("nationalities") == ["IE"]


async def test_a_bad_correction_leaves_the_good_answer(visitor: Visitor):
    await asked_after_nationality(visitor)
    await visitor.says("correction, my age is 300")
    assert await visitor.slot("age") == 24


async def test_a_corrected_age_below_18_ends_the_check(visitor: Visitor):
    await asked_after_nationality(visitor)
    await visitor.says("sorry, I'm 17 actually")
    visitor.sees("18")
    assert await visitor.slot("nationalities") is None


async def test_a_second_passport_told_later_is_added(visitor: Visitor):
    await asked_after_nationality(visitor)
    await visitor.says("I also have an Italian passport")
    assert await visitor.slot("nationalities") == ["FR", "IT"]
