"""The pre-screening from the first question to the decision."""

from __future__ import annotations

from tests.dialogue.journeys import FRENCH_STUDENT, answer_the_rest, qualify_for_coop
from tests.dialogue.visitor import Visitor


async def test_program_age_and_nationality_are_asked_first_and_in_this_order(visitor: Visitor):
    await visitor.says("am i eligible?")
    assert await visitor.slot("requested_slot") == "program"
    await visitor.says("RO Working Holiday")
    assert await visitor.slot("requested_slot") == "age"
    await visitor.says("24")
    assert await visitor.slot("requested_slot") == "nationalities"


async def test_one_message_fills_several_answers_and_they_are_not_asked_again(visitor: Visitor):
    await visitor.says_all("check if I qualify", "International Co-op", FRENCH_STUDENT)
    for name, value in {
        "age": 24,
        "nationalities": ["FR"],
        "student": True,
        "job_offer": True,
    }.items():
        assert await visitor.slot(name) == value
    assert await visitor.slot("requested_slot") == "placement_required"


async def test_facts_in_the_very_first_message_are_kept(visitor: Visitor):
    await visitor.says("I'm french and 25, am I eligible?")
    visitor.sees("25 years old", "France")
    await visitor.says("International Co-op")
    assert await visitor.slot("requested_slot") == "student"


async def test_a_french_student_with_an_internship_seems_to_meet_the_criteria(visitor: Visitor):
    await qualify_for_coop(visitor)
    visitor.sees(
        "International Co-op", "you seem to meet", "12 months", "source", "2024", "not a decision"
    ).does_not_see("you are eligible")
    assert "Join the list" in visitor.buttons


async def test_an_australian_of_32_can_join_the_young_professional_list(visitor: Visitor):
    await visitor.says_all("am I eligible", "RO Young Professional", "32", "Australian")
    await answer_the_rest(visitor)
    visitor.sees("RO Young Professional", "season 2023")
    assert "Join the list" in visitor.buttons


async def test_a_country_outside_iec_is_explained_at_once(visitor: Visitor):
    await visitor.says_all("am I eligible", "not sure", "27", "I am from Nigeria")
    visitor.sees("a published criterion seems not to be met", "Nigeria").does_not_see(
        "join the free"
    )
    assert await visitor.slot("offer") is None


async def test_an_american_is_told_about_the_one_way_through_an_organization(visitor: Visitor):
    await visitor.says_all("am I eligible", "not sure", "27", "American")
    visitor.sees("United States", "seems not to be met")


async def test_two_citizenships_are_both_tried(visitor: Visitor):
    await visitor.says_all("am I eligible", "RO Working Holiday", "27", "Irish and Argentinian")
    assert await visitor.slot("nationalities") == ["IE", "AR"]
    await answer_the_rest(visitor)
    assert "Join the list" in visitor.buttons


async def test_somebody_under_18_is_told_kindly_and_nothing_is_kept(visitor: Visitor):
    await visitor.says_all("am I eligible", "RO Working Holiday", "I'm 16 and French")
    visitor.sees("18", "keep nothing")
    for name in ("age", "nationalities", "program"):
        assert await visitor.slot(name) is None
    await visitor.says("am I eligible?")
    visitor.sees("18")
    assert await visitor.slot("requested_slot") is None


async def test_an_answer_of_i_do_not_know_leads_to_a_person_never_to_qualified(visitor: Visitor):
    await visitor.says_all("check if I qualify", "International Co-op", FRENCH_STUDENT)
    assert await visitor.slot("requested_slot") == "placement_required"
    await visitor.says("I don't know")
    await answer_the_rest(visitor)
    visitor.sees("needs a person").does_not_see("you seem to meet")


async def test_a_second_check_starts_from_nothing(visitor: Visitor):
    await qualify_for_coop(visitor)
    await visitor.says("check again if I qualify for something else")
    assert await visitor.slot("requested_slot") == "program"
    assert await visitor.slot("age") is None


async def test_the_program_named_in_the_first_message_is_not_asked_again(visitor: Visitor):
    await visitor.says("am I eligible for a co-op?")
    assert await visitor.slot("program") == "international_coop"
    assert await visitor.slot("requested_slot") == "age"


async def test_facts_with_a_question_about_oneself_start_the_check_at_once(visitor: Visitor):
    await visitor.says("I'm Irish and I'm 23. am I eligible?")
    assert await visitor.slot("requested_slot") == "program"
    assert await visitor.slot("age") == 23
