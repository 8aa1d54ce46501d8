"""Two members of staff look at the same thing; the second to act is told, and changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.waiting_list import Event, State, WaitingList
from bot.waiting_list.errors import ChangedMeanwhile, NoteRefused
from bot.waiting_list.person import LONGEST_NOTE
from tests.unit.waiting_list.samples import PROGRAM, SEASON, join


def test_the_second_to_move_somebody_is_told_who_was_first(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    seen = waiting_list.entry(reference).version
    waiting_list.move(reference, State.CONTACTED, "eva", expected=seen)
    with pytest.raises(ChangedMeanwhile, match="was moved to contacted by eva at 12:00 UTC"):
        waiting_list.move(reference, State.DECLINED, "tom", reason="no", expected=seen)
    assert waiting_list.entry(reference).state is State.CONTACTED


def test_a_form_that_is_sent_twice_is_no_second_person(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    seen = waiting_list.entry(reference).version
    for _ in range(2):
        moved = waiting_list.move(reference, State.CONTACTED, "eva", key="k", expected=seen)
        assert moved.state is State.CONTACTED
    assert len(waiting_list.history(reference)) == 2


def test_the_second_to_review_is_told(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a", outcome="needs_review")
    seen = waiting_list.entry(reference).version
    waiting_list.review(reference, "eva", expected=seen)
    waiting_list.move(reference, State.CONTACTED, "eva")
    with pytest.raises(ChangedMeanwhile, match="contacted by eva"):
        waiting_list.review(reference, "tom", expected=seen)


def test_two_who_contact_the_next_do_not_contact_twice_as_many(waiting_list: WaitingList) -> None:
    first, second = join(waiting_list, "a", "b")
    waiting_list.contact_next(PROGRAM, SEASON, 1, "eva", expected_next=first)
    with pytest.raises(ChangedMeanwhile, match=f"{first} was moved to contacted by eva"):
        waiting_list.contact_next(PROGRAM, SEASON, 1, "tom", expected_next=first)
    assert waiting_list.entry(second).state is State.WAITING


def test_who_comes_to_stand_first_meanwhile_is_named(waiting_list: WaitingList) -> None:
    (unsure,) = join(waiting_list, "a", outcome="needs_review")
    (next_one,) = join(waiting_list, "b")
    waiting_list.review(unsure, "eva")
    with pytest.raises(ChangedMeanwhile, match=f"{unsure} is next in line now"):
        waiting_list.contact_next(PROGRAM, SEASON, 1, "tom", expected_next=next_one)


def test_two_who_set_the_places_are_not_mixed(waiting_list: WaitingList) -> None:
    (seen,) = (pool for pool in waiting_list.pools() if pool.program == PROGRAM)
    waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=7, expected=seen)
    with pytest.raises(ChangedMeanwhile, match="set to 7"):
        waiting_list.set_pool(PROGRAM, SEASON, "tom", quota=4, expected=seen)
    after = waiting_list.set_pool(PROGRAM, SEASON, "tom", quota=4, expected=replace(seen, quota=7))
    assert after.quota == 4


def test_a_note_stands_in_the_history_and_changes_nothing_else(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    seen = waiting_list.entry(reference)
    for _ in range(2):
        waiting_list.note(reference, " called twice\x00\r\n\n will call back ", "eva", key="k")
    last = waiting_list.history(reference)[-1]
    assert (last.event, last.by, last.reason) == (
        Event.NOTED,
        "eva",
        "called twice\nwill call back",
    )
    assert len(waiting_list.history(reference)) == 2
    assert waiting_list.entry(reference) == seen


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_NOTE + 1)])
def test_a_note_without_words_or_with_too_many_is_refused(
    waiting_list: WaitingList, text: str
) -> None:
    (reference,) = join(waiting_list, "a")
    with pytest.raises(NoteRefused):
        waiting_list.note(reference, text, "eva")


def test_an_erased_person_keeps_no_notes_and_gets_no_new_ones(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    waiting_list.note(reference, "speaks Breton", "eva")
    waiting_list.erase(reference, "a@example.org")
    assert "Breton" not in str(waiting_list.history(reference))
    with pytest.raises(NoteRefused, match="erased"):
        waiting_list.note(reference, "speaks Breton", "eva")
