"""Deadlines that pass, places that become free, and who is contacted by the system."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.waiting_list import State, WaitingList
from bot.waiting_list.errors import MoveNotAllowed
from tests.unit.waiting_list.samples import (
    NOON,
    PROGRAM,
    SEASON,
    HandSetClock,
    advance,
    join,
    states,
)

TOMORROW = NOON + timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (State.CONTACTED, "no reply by the deadline"),
        (State.INVOICED, "no payment by the deadline"),
    ],
)
def test_somebody_lapses_after_the_deadline_and_not_at_it(
    waiting_list: WaitingList, clock: HandSetClock, state: State, reason: str
) -> None:
    (reference,) = join(waiting_list, "a")
    advance(waiting_list, reference, state, deadline=TOMORROW)
    clock.now = TOMORROW
    assert waiting_list.settle().lapsed == ()
    clock.forward(seconds=1)
    assert waiting_list.settle().lapsed == (reference,)
    line = waiting_list.history(reference)[-1]
    assert (line.by, line.to_state, line.reason) == ("system", State.LAPSED, reason)
    assert waiting_list.messages(reference)[-1].kind == "lapse"
    assert waiting_list.settle().lapsed == ()


@pytest.mark.parametrize("state", [State.MEETING, State.ACCEPTED, State.REGISTERED])
def test_without_a_deadline_nobody_lapses(
    waiting_list: WaitingList, clock: HandSetClock, state: State
) -> None:
    (reference,) = join(waiting_list, "a")
    advance(waiting_list, reference, state)
    clock.forward(days=1000)
    assert waiting_list.settle().lapsed == ()


def test_a_payment_after_the_deadline_is_refused_and_the_lapse_is_kept(
    waiting_list: WaitingList, clock: HandSetClock
) -> None:
    (reference,) = join(waiting_list, "a")
    advance(waiting_list, reference, State.INVOICED, deadline=TOMORROW)
    clock.now = TOMORROW + timedelta(seconds=1)
    with pytest.raises(MoveNotAllowed, match="is lapsed and cannot become registered"):
        waiting_list.move(reference, State.REGISTERED, "eva")
    assert waiting_list.entry(reference).state is State.LAPSED


def test_without_automatic_contact_the_next_person_is_named_and_not_contacted(
    waiting_list: WaitingList, clock: HandSetClock
) -> None:
    a, b = join(waiting_list, "a", "b")
    waiting_list.move(a, State.CONTACTED, "eva", deadline=TOMORROW)
    clock.forward(days=2)
    assert waiting_list.settle().contacted == ()
    following = waiting_list.next_in_line(PROGRAM, SEASON)
    assert following is not None
    assert following.reference == b


def test_the_system_contacts_as_many_as_there_are_places_in_order(automatic: WaitingList) -> None:
    automatic.set_pool(PROGRAM, SEASON, "eva", quota=2)
    references = join(automatic, "a", "b", "c", "d")
    assert states(automatic) == {
        "a": "contacted",
        "b": "contacted",
        "c": "waiting",
        "d": "waiting",
    }
    entry = automatic.entry(references[0])
    assert entry.deadline == NOON + timedelta(days=7)
    line = automatic.history(entry.reference)[-1]
    assert (line.by, line.to_state) == ("system", State.CONTACTED)


def test_who_is_in_contact_counts_as_a_place_that_may_be_needed(automatic: WaitingList) -> None:
    automatic.set_pool(PROGRAM, SEASON, "eva", quota=2)
    a, b, _c = join(automatic, "a", "b", "c")
    automatic.move(a, State.MEETING, "eva")
    automatic.move(b, State.MEETING, "eva")
    automatic.move(a, State.ACCEPTED, "eva")
    assert states(automatic)["c"] == "waiting"


@pytest.mark.parametrize("leaving", [State.WITHDRAWN, State.DECLINED, State.LAPSED])
@pytest.mark.parametrize("start", [State.CONTACTED, State.MEETING, State.ACCEPTED, State.INVOICED])
def test_a_place_that_becomes_free_goes_to_the_next_person(
    automatic: WaitingList, start: State, leaving: State
) -> None:
    automatic.set_pool(PROGRAM, SEASON, "eva", quota=1)
    a, _b = join(automatic, "a", "b")
    for state in (State.MEETING, State.ACCEPTED, State.INVOICED):
        if automatic.entry(a).state is not start:
            automatic.move(a, state, "eva")
    automatic.move(a, leaving, "eva", reason="no longer interested")
    assert states(automatic)["b"] == "contacted"


def test_silence_brings_up_one_person_after_the_other(
    automatic: WaitingList, clock: HandSetClock
) -> None:
    automatic.set_pool(PROGRAM, SEASON, "eva", quota=1)
    join(automatic, "a", "b", "c")
    seen = []
    for _ in range(4):
        seen.append(states(automatic))
        clock.forward(days=8)
        automatic.settle()
    assert [list(each.values()) for each in seen] == [
        ["contacted", "waiting", "waiting"],
        ["lapsed", "contacted", "waiting"],
        ["lapsed", "lapsed", "contacted"],
        ["lapsed", "lapsed", "lapsed"],
    ]


def test_the_system_waits_for_a_review(automatic: WaitingList) -> None:
    (a,) = join(automatic, "a", outcome="needs_review")
    join(automatic, "b")
    assert states(automatic) == {"a": "waiting", "b": "contacted"}
    automatic.review(a, "eva")
    assert states(automatic)["a"] == "contacted"


def test_a_higher_quota_is_offered_at_once(automatic: WaitingList) -> None:
    automatic.set_pool(PROGRAM, SEASON, "eva", quota=0)
    join(automatic, "a", "b")
    assert states(automatic) == {"a": "waiting", "b": "waiting"}
    automatic.set_pool(PROGRAM, SEASON, "eva", quota=2)
    assert states(automatic) == {"a": "contacted", "b": "contacted"}
