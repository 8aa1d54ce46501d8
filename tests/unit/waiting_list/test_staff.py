"""What staff do: contact, skip, accept, invoice, review, set the quota."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.waiting_list import State, WaitingList
from bot.waiting_list.errors import (
    DeadlineRefused,
    EntryNotFound,
    MoveNotAllowed,
    PoolNotFound,
    QuotaBelowUse,
    QuotaFull,
    ReasonNeeded,
)
from tests.unit.waiting_list.samples import (
    NOON,
    PROGRAM,
    SEASON,
    HandSetClock,
    advance,
    join,
    states,
    submission,
)


def test_every_step_is_in_the_history_with_who_when_and_why(
    waiting_list: WaitingList, clock: HandSetClock
) -> None:
    (reference,) = join(waiting_list, "a")
    clock.forward(hours=1)
    waiting_list.move(reference, State.CONTACTED, "eva", deadline=NOON + timedelta(days=3))
    clock.forward(hours=1)
    waiting_list.move(reference, State.DECLINED, "tom", reason="does not\nqualify")
    lines = [
        (line.at - NOON, line.by, line.from_state, line.to_state, line.reason)
        for line in waiting_list.history(reference)
    ]
    hour = timedelta(hours=1)
    assert lines == [
        (0 * hour, "applicant", None, State.WAITING, None),
        (1 * hour, "eva", State.WAITING, State.CONTACTED, None),
        (2 * hour, "tom", State.CONTACTED, State.DECLINED, "does not qualify"),
    ]
    assert waiting_list.history(reference)[1].deadline == NOON + timedelta(days=3)


def test_skipping_a_qualified_person_needs_a_reason(waiting_list: WaitingList) -> None:
    first, second = join(waiting_list, "a", "b")
    with pytest.raises(ReasonNeeded, match=f"{first} is qualified and waits before {second}"):
        waiting_list.move(second, State.CONTACTED, "eva")
    waiting_list.move(second, State.CONTACTED, "eva", reason="leaves in a week")
    assert waiting_list.history(second)[-1].reason == "leaves in a week"


def test_passing_somebody_who_needs_a_review_needs_no_reason(waiting_list: WaitingList) -> None:
    join(waiting_list, "a", outcome="needs_review")
    (second,) = join(waiting_list, "b")
    assert waiting_list.move(second, State.CONTACTED, "eva").state is State.CONTACTED


def test_staff_contact_the_next_people_in_order(waiting_list: WaitingList) -> None:
    join(waiting_list, "a")
    join(waiting_list, "b", outcome="needs_review")
    join(waiting_list, "c", "d")
    contacted = waiting_list.contact_next(PROGRAM, SEASON, 2, "eva", key="click")
    assert [entry.email for entry in contacted] == ["a@example.org", "c@example.org"]
    assert waiting_list.contact_next(PROGRAM, SEASON, 2, "eva", key="click") == contacted
    assert [entry.email for entry in waiting_list.contact_next(PROGRAM, SEASON, 9, "eva")] == [
        "d@example.org"
    ]
    assert states(waiting_list)["b"] == "waiting"


def test_a_reviewed_person_is_next_in_line(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a", outcome="needs_review")
    join(waiting_list, "b")
    waiting_list.review(reference, "eva", "both sources seen")
    following = waiting_list.next_in_line(PROGRAM, SEASON)
    assert following is not None
    assert following.reference == reference
    assert waiting_list.history(reference)[-1].event.value == "reviewed"
    with pytest.raises(MoveNotAllowed, match="does not wait for a review"):
        waiting_list.review(reference, "eva")


def test_a_new_submission_that_needs_review_must_be_reviewed_anew(
    waiting_list: WaitingList,
) -> None:
    (reference,) = join(waiting_list, "a", outcome="needs_review")
    waiting_list.review(reference, "eva")
    waiting_list.submit(submission("a@example.org", outcome="needs_review"), "again")
    assert waiting_list.next_in_line(PROGRAM, SEASON) is None


def test_nobody_is_accepted_over_the_quota(waiting_list: WaitingList) -> None:
    waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=1)
    a, b = join(waiting_list, "a", "b")
    advance(waiting_list, a, State.ACCEPTED)
    advance(waiting_list, b, State.MEETING)
    with pytest.raises(QuotaFull, match="All 1 places of ro_working_holiday 2023 are in use"):
        waiting_list.move(b, State.ACCEPTED, "eva")
    waiting_list.move(a, State.WITHDRAWN, "eva")
    assert waiting_list.move(b, State.ACCEPTED, "eva").state is State.ACCEPTED


def test_an_invoice_has_the_deadline_asked_for_or_the_usual_one(waiting_list: WaitingList) -> None:
    a, b = join(waiting_list, "a", "b")
    advance(waiting_list, a, State.INVOICED)
    advance(waiting_list, b, State.INVOICED, deadline=NOON + timedelta(days=3))
    assert waiting_list.entry(a).deadline == NOON + timedelta(days=14)
    assert waiting_list.entry(b).deadline == NOON + timedelta(days=3)


def test_a_refused_step_changes_nothing(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    before = waiting_list.entry(reference)
    for to, error in ((State.MEETING, MoveNotAllowed), (State.DECLINED, ReasonNeeded)):
        with pytest.raises(error):
            waiting_list.move(reference, to, "eva")
    with pytest.raises(DeadlineRefused):
        waiting_list.move(reference, State.CONTACTED, "eva", deadline=NOON)
    with pytest.raises(DeadlineRefused):
        waiting_list.contact_next(PROGRAM, SEASON, 1, "eva", deadline=NOON)
    assert waiting_list.entry(reference) == before
    assert len(waiting_list.history(reference)) == 1


def test_a_move_with_the_same_key_is_made_once(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    waiting_list.move(reference, State.CONTACTED, "eva", key="click")
    waiting_list.move(reference, State.MEETING, "eva")
    assert waiting_list.move(reference, State.CONTACTED, "eva", key="click").state is State.MEETING


def test_unknown_people_and_programs_are_named_in_the_refusal(waiting_list: WaitingList) -> None:
    with pytest.raises(EntryNotFound, match="IEC-2222-2222"):
        waiting_list.move("iec22222222", State.CONTACTED, "eva")
    with pytest.raises(EntryNotFound):
        waiting_list.entry("IEC-2222-2222")
    with pytest.raises(PoolNotFound):
        waiting_list.contact_next("surfing", "2023", 1, "eva")


def test_the_quota_never_falls_below_the_places_in_use(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    advance(waiting_list, reference, State.ACCEPTED)
    for quota in (0, -1):
        with pytest.raises(QuotaBelowUse):
            waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=quota)
    assert waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=1, reason="letter").quota == 1
    assert waiting_list.pools()[0].quota == 1
    line = waiting_list.pool_history(PROGRAM, SEASON)[-1]
    assert (line.by, line.reason, line.reference) == ("eva", "quota 1, was 5: letter", None)


def test_a_refused_new_pool_is_not_made(waiting_list: WaitingList) -> None:
    with pytest.raises(QuotaBelowUse):
        waiting_list.set_pool("surfing", "2023", "eva", quota=-1)
    assert len(waiting_list.pools()) == 1


def test_entries_are_filtered_and_in_the_order_of_the_list(waiting_list: WaitingList) -> None:
    a, b = join(waiting_list, "a", "b", conversation_id="web-2")
    (c,) = join(waiting_list, "c")
    waiting_list.move(a, State.CONTACTED, "eva")
    waiting_list.submit(submission("b@example.org"), "again")

    def found(**filters: object) -> list[str]:
        return [entry.reference for entry in waiting_list.entries(**filters)]

    assert found() == [a, c, b]
    assert found(states=[State.WAITING]) == [c, b]
    assert found(conversation_id="web-2") == [a]
    assert found(program=PROGRAM, season="2022") == []
