"""Questions asked outside every form, the way people type them."""

from __future__ import annotations

import pytest

from tests.dialogue.visitor import Visitor


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("max age for australians?", "Working Holiday: 18 to 35."),
        ("how long can irish people stay", "Working Holiday: up to 24 months."),
        ("can brits apply", "United Kingdom:\n• Working Holiday: ages 18 to 35"),
        ("nigeria", "Nigeria: I find no IEC agreement"),
        ("germany", "Germany:\n• Working Holiday: ages 18 to 35"),
        ("what about japan?", "Japan:\n• Working Holiday: ages 18 to 30"),
        ("how old can i be if im from chile for co-op", "International Co-op: 18 to 35."),
        ("can dutch do it twice", "Only once in Working Holiday."),
        ("korean 32 is ok?", "South Korea:\n• Working Holiday: 18 to 35."),
        ("does us citizen can go", "United States: no direct way"),
        ("waht is teh diffrence between wh and yp", "IEC has three categories"),
        ("can i bring my gf", "for one person only"),
        ("i hav a dui from 2019 can i still come", "Admissible means"),
    ],
)
async def test_a_question_gets_the_answer_for_its_country(
    visitor: Visitor, question: str, told: str
):
    await visitor.says(question)
    visitor.sees(told, "Source:", "Season")
    assert visitor.buttons


async def test_a_country_alone_goes_on_with_the_question_before(visitor: Visitor):
    await visitor.says("what is the age limit?")
    await visitor.says("germany")
    visitor.sees("Ages for citizens", "Germany:\n• Working Holiday: 18 to 35.")
    await visitor.says("and belgium?")
    visitor.sees("Ages for citizens", "Belgium:\n• Working Holiday: 18 to 30.")
    assert await visitor.slot("nationalities") is None


async def test_a_question_without_a_country_goes_on_with_the_country_before(visitor: Visitor):
    await visitor.says_all("can brits apply?", "and how long can they stay?")
    visitor.sees("United Kingdom:", "Working Holiday: up to 24 months")


async def test_a_question_that_is_taken_for_a_statement_is_asked_about(visitor: Visitor):
    await visitor.says_all("what is the age limit?", "and how much money")
    visitor.sees("Is it one of these?").does_not_see("Shall I check")
    assert "Proof of funds" in visitor.buttons


async def test_a_passport_of_ones_own_answers_the_question_before_and_is_kept(visitor: Visitor):
    await visitor.says_all("how long can I stay?", "I'm German")
    visitor.sees("Longest permit", "Germany")
    assert await visitor.slot("nationalities") == ["DE"]


async def test_a_passport_of_ones_own_without_a_question_offers_the_check(visitor: Visitor):
    await visitor.says("I'm German")
    visitor.sees("Shall I check")
    assert await visitor.slot("nationalities") == ["DE"]


async def test_a_question_without_a_country_is_about_the_passport_told_before(visitor: Visitor):
    await visitor.says_all("I'm a 24 year old French student", "how long could I stay?")
    visitor.sees("France:", "Working Holiday: up to 24 months").does_not_see("Tell me your country")
    await visitor.says("and how long can irish people stay?")
    visitor.sees("Ireland:").does_not_see("France:")
