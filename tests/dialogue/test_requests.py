"""Status, leaving the list, deleting everything."""

from __future__ import annotations

import re

import pytest

from actions.services import Services
from tests.dialogue.journeys import join_the_list, qualify_for_coop
from tests.dialogue.visitor import Visitor


@pytest.fixture
async def reference(visitor: Visitor) -> str:
    """The code of an application that `visitor` has just made."""
    await qualify_for_coop(visitor)
    await join_the_list(visitor)
    await visitor.says("yes")
    found = re.search(r"IEC-\w{4}-\w{4}", visitor.answer)
    assert found
    return found.group()


@pytest.mark.usefixtures("reference")
async def test_the_status_needs_only_the_address_in_the_same_conversation(visitor: Visitor):
    await visitor.says("what is the status of my application?")
    assert await visitor.slot("requested_slot") == "email"
    await visitor.says("marie@example.org")
    visitor.sees("on the waiting list", "number 1")


async def test_the_status_works_from_another_conversation(new_visitor, reference: str):
    stranger = new_visitor()
    await stranger.says_all("where am I on the list?", reference.lower(), "marie@example.org")
    stranger.sees(reference, "number 1")


async def test_a_wrong_address_learns_nothing(new_visitor, reference: str):
    stranger = new_visitor()
    await stranger.says_all("where am I on the list?", reference, "eve@example.org")
    stranger.sees("no application with that code").does_not_see("waiting list for")


@pytest.mark.usefixtures("reference")
async def test_leaving_the_list_asks_once_more_and_then_does_it(
    visitor: Visitor, services: Services
):
    await visitor.says_all("take me off the list", "marie@example.org")
    visitor.sees("cannot be undone")
    await visitor.says("yes")
    visitor.sees("off the waiting list")
    (entry,) = services.waiting_list.entries()
    assert entry.state.value == "withdrawn"


@pytest.mark.usefixtures("reference")
async def test_a_no_leaves_everything_as_it_is(visitor: Visitor, services: Services):
    await visitor.says_all("take me off the list", "marie@example.org", "no")
    visitor.sees("nothing was changed")
    (entry,) = services.waiting_list.entries()
    assert entry.state.value == "waiting"


async def test_delete_my_data_says_what_was_deleted(
    visitor: Visitor, services: Services, reference: str
):
    await visitor.says_all("delete my data", "marie@example.org", "yes")
    visitor.sees("deleted", reference)
    (entry,) = services.waiting_list.entries()
    assert "marie" not in repr(entry).lower()


async def test_data_can_be_deleted_without_a_code(visitor: Visitor):
    await visitor.says_all("delete my data", "I have none", "yes")
    visitor.sees("I deleted this conversation")
