"""The usual ways through the bot, for tests that start in the middle."""

from __future__ import annotations

from tests.dialogue.visitor import Visitor

FRENCH_STUDENT = "I'm a 24 year old French student with a signed internship offer in Montreal"


async def qualify_for_coop(visitor: Visitor) -> Visitor:
    """Take a French student through the pre-screening for International Co-op."""
    await visitor.says("check if I qualify")
    await visitor.says("International Co-op")
    await visitor.says(FRENCH_STUDENT)
    return await answer_the_rest(visitor)


async def answer_the_rest(visitor: Visitor) -> Visitor:
    """Answer whatever the pre-screening still asks in the way that holds no surprise."""
    usual = {
        "nationalities": "French",
        "student": "yes",
        "job_offer": "yes",
        "placement_required": "yes",
        "in_field_of_study": "yes",
        "teer": "TEER 2",
        "residence": "France",
        "previous_participations": "no, never",
        "passport_expires": "15 March 2031",
        "funds_cad": "3000",
        "insurance": "yes",
        "return_ticket": "yes",
        "dependants": "no",
        "admissibility_concern": "no",
    }
    for _ in range(len(usual) + 1):
        question = await visitor.slot("requested_slot")
        if question not in usual:
            return visitor
        await visitor.says(usual[question])
    raise AssertionError(f"still asked after every answer: {visitor.answer}")


async def join_the_list(
    visitor: Visitor, name: str = "Marie Dupont", email: str = "marie@example.org"
) -> Visitor:
    """Accept the offered waiting list, up to the summary that asks for a last yes."""
    await visitor.says_all("yes", "I agree", name, email)
    return visitor
