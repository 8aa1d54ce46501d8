"""Getting on the list, applying again, looking oneself up, and leaving."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.waiting_list import State, WaitingList
from bot.waiting_list.errors import KeyReused, PoolNotFound, PoolNotOpen
from tests.unit.waiting_list.samples import (
    NOON,
    PROGRAM,
    SEASON,
    STEPS,
    HandSetClock,
    advance,
    join,
    submission,
)


def test_a_receipt_names_reference_position_and_people_ahead(waiting_list: WaitingList) -> None:
    first = waiting_list.submit(submission("a@example.org"), "1")
    second = waiting_list.submit(submission("b@example.org"), "2")
    assert (first.position, first.ahead, first.moved_down) == (1, 0, False)
    assert (second.position, second.ahead, second.program) == (2, 1, PROGRAM)
    assert first.reference != second.reference


def test_an_entry_keeps_the_whole_submission(waiting_list: WaitingList) -> None:
    sent = submission()
    entry = waiting_list.entry(waiting_list.submit(sent, "1").reference)
    for name in ("name", "email", "nationality", "answers", "decision", "consent", "outcome"):
        assert getattr(entry, name) == getattr(sent, name)
    assert (entry.program, entry.season, entry.conversation_id) == (PROGRAM, SEASON, "web-1")
    assert (entry.state, entry.entered_at) == (State.WAITING, NOON)


def test_the_same_key_again_changes_nothing(waiting_list: WaitingList) -> None:
    receipt = waiting_list.submit(submission(), "1")
    join(waiting_list, "b")
    again = waiting_list.submit(submission(" ZOE@example.org"), "1")
    assert again == replace(receipt, repeated=True)
    assert len(waiting_list.entries()) == 2
    assert len(waiting_list.history(receipt.reference)) == 1
    assert len(waiting_list.messages(receipt.reference)) == 1


def test_the_same_key_for_another_program_is_another_submission(waiting_list: WaitingList) -> None:
    waiting_list.set_pool("international_coop", "2024", "eva", quota=5)
    first = waiting_list.submit(submission(), "1")
    other = submission(program="international_coop", season="2024")
    second = waiting_list.submit(other, "1")
    assert not second.repeated
    assert first.reference != second.reference


def test_a_key_never_hands_out_the_receipt_of_somebody_else(waiting_list: WaitingList) -> None:
    waiting_list.submit(submission("a@example.org"), "1")
    with pytest.raises(KeyReused):
        waiting_list.submit(submission("b@example.org"), "1")
    assert len(waiting_list.entries()) == 1


def test_applying_again_moves_down_and_keeps_the_earlier_submission(
    waiting_list: WaitingList, clock: HandSetClock
) -> None:
    first = waiting_list.submit(submission(), "1")
    join(waiting_list, "b", "c")
    clock.forward(hours=1)
    second = waiting_list.submit(submission("Zoe@Example.org", answers={"age": 25}), "2")
    assert (second.reference, second.position, second.ahead) == (first.reference, 4, 2)
    assert second.moved_down
    assert waiting_list.entry(first.reference).answers == {"age": 25}
    (earlier,) = waiting_list.earlier_submissions(first.reference)
    assert (earlier.position, earlier.submitted_at) == (1, NOON)
    assert (earlier.answers, earlier.email) == (submission().answers, "zoe@example.org")
    assert [line.event.value for line in waiting_list.history(first.reference)] == [
        "applied",
        "applied_again",
    ]
    assert [message.kind for message in waiting_list.messages(first.reference)] == [
        "confirmation",
        "moved_down",
    ]


@pytest.mark.parametrize("state", STEPS)
def test_applying_again_once_in_contact_updates_the_details_only(
    waiting_list: WaitingList, state: State
) -> None:
    (reference,) = join(waiting_list, "a")
    join(waiting_list, "b")
    advance(waiting_list, reference, state)
    before = waiting_list.entry(reference)
    receipt = waiting_list.submit(submission("a@example.org", answers={"age": 25}), "again")
    after = waiting_list.entry(reference)
    assert (receipt.reference, receipt.state, receipt.moved_down) == (reference, state, False)
    assert (after.state, after.position, after.deadline) == (
        before.state,
        before.position,
        before.deadline,
    )
    assert after.answers == {"age": 25}
    assert waiting_list.history(reference)[-1].event.value == "updated"
    assert waiting_list.messages(reference)[-1].kind == "update"


def test_who_has_left_applies_again_as_a_new_entry_at_the_end(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    join(waiting_list, "b")
    waiting_list.withdraw(reference, "a@example.org", "w")
    receipt = waiting_list.submit(submission("a@example.org"), "again")
    assert receipt.reference != reference
    assert (receipt.position, receipt.moved_down) == (3, False)
    assert waiting_list.entry(reference).state is State.WITHDRAWN


def test_somebody_may_stand_on_the_lists_of_several_programs(waiting_list: WaitingList) -> None:
    waiting_list.set_pool("international_coop", "2024", "eva", quota=5)
    waiting_list.submit(submission(), "1")
    waiting_list.submit(submission(program="international_coop", season="2024"), "2")
    assert [entry.position for entry in waiting_list.entries()] == [1, 1]


def test_before_the_opening_nobody_gets_on_the_list(
    waiting_list: WaitingList, clock: HandSetClock
) -> None:
    waiting_list.set_pool(PROGRAM, SEASON, "eva", opens_at=NOON + timedelta(hours=1))
    with pytest.raises(PoolNotOpen, match="opens at 2023-01-16 13:00 UTC"):
        waiting_list.submit(submission(), "1")
    assert waiting_list.entries() == ()
    clock.forward(hours=1)
    assert waiting_list.submit(submission(), "1").position == 1


def test_a_program_without_a_pool_has_no_list(waiting_list: WaitingList) -> None:
    with pytest.raises(PoolNotFound, match="no waiting list for surfing 2023"):
        waiting_list.submit(submission(program="surfing"), "1")


def test_the_list_stays_open_when_the_quota_is_full(waiting_list: WaitingList) -> None:
    waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=1)
    (reference,) = join(waiting_list, "a")
    advance(waiting_list, reference, State.REGISTERED)
    assert waiting_list.submit(submission("b@example.org"), "b").position == 2


def test_people_ahead_are_those_who_wait_before(waiting_list: WaitingList) -> None:
    a, b, c = join(waiting_list, "a", "b", "c")
    assert [waiting_list.ahead(each) for each in (a, b, c)] == [0, 1, 2]
    waiting_list.move(a, State.CONTACTED, "eva")
    assert [waiting_list.ahead(each) for each in (a, b, c)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("reference", "email", "found"),
    [
        ("{}", "a@example.org", True),
        ("{}", " A@EXAMPLE.ORG ", True),
        ("{}", "b@example.org", False),
        ("{}", "", False),
        ("{}", "a@example.org\x00'--", False),
        ("IEC-2222-2222", "a@example.org", False),
        ("", "a@example.org", False),
        ("\x00' OR 1=1 --", "a@example.org", False),
    ],
)
def test_an_entry_is_found_and_left_by_reference_and_address_together(
    waiting_list: WaitingList, reference: str, email: str, found: bool
) -> None:
    mine, _other = join(waiting_list, "a", "b")
    typed = reference.format(mine.lower())
    assert (waiting_list.find(typed, email) is not None) is found
    assert (waiting_list.withdraw(typed, email, "w") is not None) is found
    assert (waiting_list.entry(mine).state is State.WITHDRAWN) is found
    assert (waiting_list.erase(typed, email, "e") is not None) is found


def test_leaving_twice_is_leaving_once(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    first = waiting_list.withdraw(reference, "a@example.org", "w")
    assert waiting_list.withdraw(reference, "a@example.org", "w") == first
    assert waiting_list.withdraw(reference, "a@example.org", "other") == first
    assert len(waiting_list.history(reference)) == 2


def test_a_key_that_one_person_used_takes_another_off_the_list_all_the_same(
    waiting_list: WaitingList,
) -> None:
    for reference, name in zip(join(waiting_list, "a", "b"), "ab", strict=True):
        left = waiting_list.withdraw(reference, f"{name}@example.org", "w")
        assert left is not None
        assert left.state is State.WITHDRAWN


def test_an_active_entry_is_found_by_its_address(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    found = waiting_list.active_entry(PROGRAM, SEASON, "A@example.org")
    assert found is not None
    assert found.reference == reference
    waiting_list.withdraw(reference, "a@example.org", "w")
    assert waiting_list.active_entry(PROGRAM, SEASON, "a@example.org") is None
