"""From the offer of the waiting list to the lead on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.services import Services
from bot.conversation.changing import CHANGE_WORDS
from bot.waiting_list.service import WaitingList
from tests.dialogue.journeys import join_the_list, qualify_for_coop
from tests.dialogue.visitor import Visitor


async def test_a_confirmed_application_is_on_the_list_with_code_place_and_the_truths(
    visitor: Visitor, services: Services
):
    await qualify_for_coop(visitor)
    await join_the_list(visitor)
    visitor.sees("Marie Dupont", "marie@example.org", "International Co-op", "Is this right")
    await visitor.says("yes")
    visitor.sees("IEC-", "number 1", "not a secured place", "nothing to pay now", "move you down")
    (entry,) = services.waiting_list.entries()
    assert (entry.name, entry.email) == ("Marie Dupont", "marie@example.org")
    assert entry.conversation_id == visitor.conversation_id
    assert entry.answers["nationalities"] == ["FR"]
    assert entry.decision["outcome"] == "qualified"
    assert entry.consent.text.startswith("Before I ask")


async def test_consent_is_asked_before_a_name_or_an_address(visitor: Visitor):
    await qualify_for_coop(visitor)
    await visitor.says("yes please")
    visitor.sees("name and e-mail", "agree", "delete my data")
    assert await visitor.slot("requested_slot") == "consent"


async def test_without_consent_nothing_is_asked_or_kept(visitor: Visitor, services: Services):
    await qualify_for_coop(visitor)
    await visitor.says_all("yes", "no")
    visitor.sees("not on any list")
    assert not services.waiting_list.entries()
    assert await visitor.slot("requested_slot") is None


@pytest.mark.parametrize(
    "yes", ["join", "Sure, I'd love to join", "Yes please, put me on the list!", "sign me up"]
)
async def test_the_offer_can_be_accepted_in_many_words(visitor: Visitor, yes: str):
    await qualify_for_coop(visitor)
    await visitor.says(yes)
    assert await visitor.slot("requested_slot") == "consent"


async def test_a_refused_offer_is_respected(visitor: Visitor, services: Services):
    await qualify_for_coop(visitor)
    await visitor.says("no thanks")
    assert await visitor.slot("offer") is None
    assert not services.waiting_list.entries()


@pytest.mark.parametrize("address", ["marie at example", "marie@", "no idea", "@example.org"])
async def test_an_address_that_cannot_work_is_asked_again(visitor: Visitor, address: str):
    await qualify_for_coop(visitor)
    await visitor.says_all("yes", "yes", "Marie Dupont", address)
    assert await visitor.slot("email") is None
    assert await visitor.slot("requested_slot") == "email"


async def test_name_and_address_can_be_changed_before_confirming(
    visitor: Visitor, services: Services
):
    await qualify_for_coop(visitor)
    await join_the_list(visitor)
    await visitor.says("no, my email is marie.dupont@example.org")
    visitor.sees("marie.dupont@example.org")
    await visitor.says_all("change my name", "Marie Durand")
    visitor.sees("Marie Durand")
    await visitor.says("yes")
    (entry,) = services.waiting_list.entries()
    assert (entry.name, entry.email) == ("Marie Durand", "marie.dupont@example.org")


ANOTHER_ANSWER = {
    "age": "25",
    "nationalities": "French and German",
    "student": "yes I am",
    "job_offer": "yes",
    "placement_required": "yes",
    "in_field_of_study": "yes",
    "teer": "TEER 1",
    "residence": "Germany",
    "previous_participations": "never",
    "passport_expires": "April 2032",
    "funds_cad": "4000",
    "insurance": "yes",
    "return_ticket": "yes",
    "dependants": "no",
    "admissibility_concern": "no",
}


async def test_every_answer_in_the_summary_can_be_changed_and_is_checked_again(
    visitor: Visitor, services: Services
):
    await qualify_for_coop(visitor)
    await join_the_list(visitor)
    for question, answer in ANOTHER_ANSWER.items():
        await visitor.says(CHANGE_WORDS[question])
        assert await visitor.slot("requested_slot") == question
        visitor.does_not_see("OK, I changed")
        await visitor.says(answer)
        visitor.sees("Is this right")
        assert await visitor.slot("requested_slot") == "confirm"
    visitor.sees("25 years old", "France and Germany", "TEER 1", "CAD 4,000")
    await visitor.says("change my age to 26")
    visitor.sees("changed your age", "has not changed", "26 years old", "Is this right")
    await visitor.says("yes")
    (entry,) = services.waiting_list.entries()
    assert entry.answers["age"] == 26
    assert entry.answers["teer"] == 1
    assert entry.decision["outcome"] == "qualified"


async def test_a_changed_answer_that_leaves_a_doubt_is_told_before_the_summary(visitor: Visitor):
    await qualify_for_coop(visitor)
    await join_the_list(visitor)
    await visitor.says_all("change my funds", "I don't know")
    visitor.sees("the outcome has changed", "needs a person", "not known: your funds", "right")
    await visitor.says("change my funds to 3000")
    visitor.sees("the outcome has changed", "seem to meet", "Is this right")


async def test_a_changed_answer_that_a_criterion_does_not_allow_ends_the_application_honestly(
    visitor: Visitor, services: Services
):
    await qualify_for_coop(visitor)
    await join_the_list(visitor)
    await visitor.says_all("change my passport country", "Brazilian")
    visitor.sees("the outcome has changed", "seems not to be met").does_not_see("Is this right")
    assert await visitor.slot("requested_slot") is None
    await visitor.says("yes")
    assert not services.waiting_list.entries()
    await visitor.says_all("sorry, change my passport to French", "yes", "yes")
    visitor.sees("Marie Dupont", "Is this right")


async def test_another_program_is_checked_before_it_is_applied_for(
    visitor: Visitor, services: Services
):
    await qualify_for_coop(visitor)
    await join_the_list(visitor)
    await visitor.says("change the program")
    visitor.sees("Which program")
    await visitor.says("RO Young Professional")
    visitor.sees("the program that you named", "Is this right", "RO Young Professional 2023")
    await visitor.says("yes")
    (entry,) = services.waiting_list.entries()
    assert entry.program == "ro_young_professional"


async def test_a_visitor_who_turns_out_to_be_a_minor_is_kept_nowhere(
    visitor: Visitor, services: Services
):
    await qualify_for_coop(visitor)
    await join_the_list(visitor)
    await visitor.says_all("change my age", "16")
    visitor.sees("every IEC agreement starts at 18").does_not_see("Is this right")
    assert await visitor.slot("email") is None
    await visitor.says("yes")
    assert not services.waiting_list.entries()


async def test_no_at_the_summary_sends_nothing(visitor: Visitor, services: Services):
    await qualify_for_coop(visitor)
    await join_the_list(visitor)
    await visitor.says_all("no", "stop")
    assert not services.waiting_list.entries()


async def test_applying_again_is_announced_and_moves_down_only_on_yes(
    visitor: Visitor, new_visitor: Callable[[], Visitor], services: Services
):
    for person, email in ((visitor, "marie@example.org"), (new_visitor(), "ben@example.org")):
        await qualify_for_coop(person)
        await join_the_list(person, email=email)
        await person.says("yes")
    again = new_visitor()
    await qualify_for_coop(again)
    await join_the_list(again, email="MARIE@example.org")
    again.sees("already on this list", "moves you down").does_not_see("IEC-")
    before = services.waiting_list.active_entry("international_coop", "2024", "marie@example.org")
    await again.says("yes")
    again.sees("number 2").does_not_see("IEC-")
    after = services.waiting_list.active_entry("international_coop", "2024", "marie@example.org")
    assert before is not None
    assert after is not None
    assert after.position > before.position


async def test_a_database_failure_is_told_and_the_next_yes_writes_it_once(
    visitor: Visitor, services: Services, monkeypatch: pytest.MonkeyPatch
):
    await qualify_for_coop(visitor)
    await join_the_list(visitor)
    with monkeypatch.context() as broken:
        broken.setattr(WaitingList, "submit", _fails)
        await visitor.says("yes")
        visitor.sees("could not save", "try again")
    assert not services.waiting_list.entries()
    await visitor.says_all("yes", "yes")
    visitor.sees("IEC-")
    assert len(services.waiting_list.entries()) == 1


async def test_questions_are_answered_while_applying(visitor: Visitor):
    await qualify_for_coop(visitor)
    await visitor.says_all("yes", "who can see my data?", "I agree")
    assert await visitor.slot("requested_slot") == "applicant_name"
    await visitor.says("how much is the participation fee?")
    visitor.sees("CAD 172", "name")
    assert await visitor.slot("requested_slot") == "applicant_name"


def _fails(*_args: object, **_kwargs: object) -> None:
    raise OSError("the disk is full")
