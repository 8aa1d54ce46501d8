"""What is deleted on request, and what stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import Engine

from bot.waiting_list import State, WaitingList
from bot.waiting_list.delivery import Delivery
from bot.waiting_list.mail import MailFolder, Sender
from bot.waiting_list.outbox import Status
from bot.waiting_list.tables import Base
from tests.unit.waiting_list.samples import (
    STEPS,
    HandSetClock,
    advance,
    join,
    states,
    submission,
)

SECRETS = ("zoe", "Zoé", "O'Hara", "FR", "web-1")


def everything_read(engine: Engine) -> str:
    """Return every row as the program reads it, decrypted."""
    with engine.begin() as connection:
        rows = [
            str(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
    return "\n".join(rows)


def everything_stored(engine: Engine) -> str:
    """Return every row as the database holds it."""
    with engine.begin() as connection:
        rows = [
            str(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in connection.execute(text(f"SELECT * FROM {table.name}"))
        ]
    return "\n".join(rows)


def test_nothing_personal_stays_in_any_table(waiting_list: WaitingList, engine: Engine) -> None:
    reference = waiting_list.submit(submission(), "1").reference
    waiting_list.submit(submission(answers={"nationalities": ["FR"]}), "2")
    waiting_list.move(reference, State.CONTACTED, "eva", reason="Zoé asked on the phone")
    assert all(secret in everything_read(engine) for secret in SECRETS)
    waiting_list.erase(reference, "zoe@example.org", "e")
    left = everything_stored(engine) + everything_read(engine)
    assert [secret for secret in SECRETS if secret in left] == []


def test_an_erasure_says_what_was_deleted(
    engine: Engine, clock: HandSetClock, waiting_list: WaitingList, tmp_path: Path
) -> None:
    mail_dir = tmp_path / "mail"
    waiting_list = WaitingList(engine, clock, mail_dir=mail_dir)
    reference = waiting_list.submit(submission(), "1").reference
    join(waiting_list, "b")
    Delivery(engine, MailFolder(mail_dir), Sender("a@x.org", "b@x.org"), clock).deliver()
    waiting_list.submit(submission(), "2")
    erasure = waiting_list.erase(reference, "ZOE@example.org", "e")
    assert erasure is not None
    assert erasure.references == (reference,)
    assert erasure.fields == (
        "name",
        "email",
        "nationality",
        "answers",
        "decision",
        "conversation_id",
    )
    # Withdrawn silently: there is no letter to an address that is being deleted.
    assert (erasure.earlier_submissions, erasure.messages) == (1, 2)
    assert (erasure.messages_cancelled, erasure.mail_files) == (1, 1)
    assert [path.name[:13] for path in mail_dir.iterdir()] != []
    assert not list(mail_dir.glob(f"{reference}*"))


def test_the_tombstone_keeps_position_states_and_times(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    before = waiting_list.entry(reference)
    waiting_list.erase(reference, "a@example.org", "e")
    after = waiting_list.entry(reference)
    assert (after.position, after.entered_at) == (before.position, before.entered_at)
    assert (after.state, after.outcome) == (State.WITHDRAWN, "qualified")
    assert after.erased_at is not None
    assert [line.event.value for line in waiting_list.history(reference)] == [
        "applied",
        "moved",
        "erased",
    ]


@pytest.mark.parametrize("state", STEPS)
def test_who_is_erased_leaves_the_list_unless_the_place_was_used(
    waiting_list: WaitingList, state: State
) -> None:
    (reference,) = join(waiting_list, "a")
    advance(waiting_list, reference, state)
    waiting_list.erase(reference, "a@example.org", "e")
    kept = waiting_list.entry(reference)
    assert kept.state is (State.REGISTERED if state is State.REGISTERED else State.WITHDRAWN)
    assert kept.deadline is None
    assert waiting_list.pools()[0].in_use == (1 if state is State.REGISTERED else 0)


def test_the_place_of_somebody_erased_goes_to_the_next_person(automatic: WaitingList) -> None:
    automatic.set_pool("ro_working_holiday", "2023", "eva", quota=1)
    a, _b = join(automatic, "a", "b")
    automatic.erase(a, "a@example.org", "e")
    assert states(automatic) == {"b": "contacted"}


def test_the_same_key_again_tells_the_same_and_another_key_finds_nobody(
    waiting_list: WaitingList,
) -> None:
    (reference,) = join(waiting_list, "a")
    erasure = waiting_list.erase(reference, "a@example.org", "e")
    assert waiting_list.erase(reference, "a@example.org", "e") == erasure
    assert waiting_list.erase(reference, "a@example.org", "other") is None
    assert waiting_list.find(reference, "a@example.org") is None


def test_a_redelivered_submission_does_not_bring_an_erased_person_back(
    waiting_list: WaitingList, engine: Engine
) -> None:
    reference = waiting_list.submit(submission(), "1").reference
    waiting_list.erase(reference, "zoe@example.org", "e")
    assert waiting_list.submit(submission(), "1").repeated
    assert "zoe" not in everything_stored(engine)


def test_an_erased_person_may_apply_again(waiting_list: WaitingList) -> None:
    reference = waiting_list.submit(submission(), "1").reference
    waiting_list.erase(reference, "zoe@example.org", "e")
    again = waiting_list.submit(submission(), "2")
    assert (again.reference != reference, again.position, again.moved_down) == (True, 2, False)


def test_messages_not_yet_sent_are_cancelled(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    waiting_list.erase(reference, "a@example.org", "e")
    (message,) = waiting_list.messages(reference)
    assert (message.status, message.recipient, message.body) == (Status.CANCELLED, None, None)


def test_a_conversation_is_erased_with_all_its_leads(waiting_list: WaitingList) -> None:
    waiting_list.set_pool("international_coop", "2024", "eva", quota=5)
    first = waiting_list.submit(submission(), "1")
    second = waiting_list.submit(submission(program="international_coop", season="2024"), "1")
    join(waiting_list, "b", conversation_id="web-2")
    erasure = waiting_list.erase_conversation("web-1", "e")
    assert set(erasure.references) == {first.reference, second.reference}
    assert (erasure.messages, "email" in erasure.fields) == (2, True)
    assert states(waiting_list) == {"b": "waiting"}
    assert waiting_list.erase_conversation("web-1", "e") == erasure
    assert waiting_list.erase_conversation("web-1", "other").references == ()


def test_a_key_used_for_one_conversation_erases_another_all_the_same(
    waiting_list: WaitingList,
) -> None:
    waiting_list.submit(submission(), "1")
    join(waiting_list, "b", conversation_id="web-2")
    for conversation in ("web-1", "web-2"):
        assert len(waiting_list.erase_conversation(conversation, "e").references) == 1


def test_of_somebody_who_applied_again_elsewhere_only_this_conversation_is_erased(
    waiting_list: WaitingList,
) -> None:
    reference = waiting_list.submit(submission(), "1").reference
    waiting_list.submit(submission(conversation_id="web-2"), "2")
    erasure = waiting_list.erase_conversation("web-1", "e")
    assert (erasure.references, erasure.earlier_submissions) == ((), 1)
    assert waiting_list.entry(reference).email == "zoe@example.org"
    (earlier,) = waiting_list.earlier_submissions(reference)
    assert (earlier.email, earlier.answers, earlier.conversation_id) == (None, None, None)
