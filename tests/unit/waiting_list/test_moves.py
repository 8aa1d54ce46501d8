"""Which state may follow which, and what a step needs."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product

import pytest

from bot.waiting_list.entry import (
    ACTIVE,
    MOVES,
    Consent,
    Entry,
    State,
    check_deadline,
    check_move,
    moved,
)
from bot.waiting_list.errors import DeadlineRefused, MoveNotAllowed, ReasonNeeded
from tests.unit.waiting_list.samples import NOON

ALLOWED = """
waiting    -> contacted withdrawn declined
contacted  -> meeting withdrawn declined lapsed
meeting    -> accepted withdrawn declined lapsed
accepted   -> invoiced withdrawn declined lapsed
invoiced   -> registered withdrawn declined lapsed
registered -> withdrawn
withdrawn  ->
declined   ->
lapsed     ->
"""
TABLE = {
    (State(line.split("->")[0].strip()), State(to))
    for line in ALLOWED.strip().splitlines()
    for to in line.split("->")[1].split()
}
TOMORROW = NOON + timedelta(days=1)


def entry_in(state: State) -> Entry:
    return Entry(
        reference="IEC-2345-6789",
        program="international_coop",
        season="2024",
        position=1,
        state=state,
        deadline=NOON,
        reviewed=False,
        outcome="qualified",
        entered_at=NOON,
        changed_at=NOON,
        erased_at=None,
        name="Zoé",
        email="zoe@example.org",
        nationality="FR",
        answers={},
        decision={},
        conversation_id=None,
        consent=Consent("1", "I agree.", NOON, "web"),
    )


@pytest.mark.parametrize(("start", "to"), product(State, State))
def test_exactly_the_moves_of_the_table_are_allowed(start: State, to: State) -> None:
    if (start, to) in TABLE:
        check_move(entry_in(start), to, "a reason")
    else:
        with pytest.raises(MoveNotAllowed, match=f"{start.value} and cannot become {to.value}"):
            check_move(entry_in(start), to, "a reason")


@pytest.mark.parametrize(("start", "to"), sorted(TABLE))
def test_declining_and_lapsing_somebody_needs_a_reason(start: State, to: State) -> None:
    if to in (State.DECLINED, State.LAPSED):
        with pytest.raises(ReasonNeeded):
            check_move(entry_in(start), to, None)
    else:
        check_move(entry_in(start), to, None)


def test_who_has_left_is_not_active() -> None:
    assert set(State) - set(ACTIVE) == {State.WITHDRAWN, State.DECLINED, State.LAPSED}


@pytest.mark.parametrize("to", [state for state in State if MOVES[state] or state in ACTIVE])
def test_only_contacted_and_invoiced_have_a_deadline(to: State) -> None:
    if to in (State.CONTACTED, State.INVOICED):
        check_deadline(to, TOMORROW, NOON)
    else:
        with pytest.raises(DeadlineRefused, match="no deadline"):
            check_deadline(to, TOMORROW, NOON)


@pytest.mark.parametrize(
    ("deadline", "message"),
    [
        (NOON, "not in the future"),
        (NOON - timedelta(seconds=1), "not in the future"),
        (datetime(2023, 2, 1, 12, 0), "time zone"),  # noqa: DTZ001
    ],
)
def test_a_deadline_is_aware_and_in_the_future(deadline: datetime, message: str) -> None:
    with pytest.raises(DeadlineRefused, match=message):
        check_deadline(State.INVOICED, deadline, NOON)


def test_a_step_forgets_the_deadline_of_the_state_before() -> None:
    after = moved(entry_in(State.CONTACTED), State.MEETING, None, TOMORROW)
    assert (after.state, after.deadline, after.changed_at) == (State.MEETING, None, TOMORROW)
