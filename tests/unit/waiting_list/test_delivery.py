"""Sending what is in the outbox: once if all goes well, again if it does not."""

from __future__ import annotations

import logging
from email.message import EmailMessage

import pytest
from sqlalchemy.engine import Engine

from bot.waiting_list import State, WaitingList
from bot.waiting_list.delivery import CLAIM, Delivery, Round
from bot.waiting_list.mail import MailError, MailRefused, Sender
from bot.waiting_list.outbox import Status
from tests.unit.waiting_list.samples import HandSetClock, join, submission

SENDER = Sender("bot@example.org", "team@example.org")


class Postbag:
    """A carrier that fails as it is told, and remembers."""

    def __init__(self) -> None:
        self.carried: list[str] = []
        self.taken_back: list[str] = []
        self.error: BaseException | None = None
        self.meanwhile = lambda: None

    def carry(self, name: str, mail: EmailMessage, /) -> None:
        self.meanwhile()
        if self.error is not None:
            raise self.error
        self.carried.append(f"{name} {mail['To']}")

    def take_back(self, name: str, /) -> None:
        self.taken_back.append(name)


@pytest.fixture
def postbag() -> Postbag:
    return Postbag()


@pytest.fixture
def delivery(engine: Engine, postbag: Postbag, clock: HandSetClock) -> Delivery:
    return Delivery(engine, postbag, SENDER, clock)


def test_each_message_is_sent_once_in_order(
    waiting_list: WaitingList, delivery: Delivery, postbag: Postbag
) -> None:
    a, b = join(waiting_list, "a", "b")
    waiting_list.move(a, State.CONTACTED, "eva")
    assert delivery.deliver() == Round(sent=3)
    assert delivery.deliver() == Round()
    assert postbag.carried == [
        f"{a}-000001-confirmation a@example.org",
        f"{b}-000002-confirmation b@example.org",
        f"{a}-000003-contact a@example.org",
    ]
    assert waiting_list.message_counts() == {Status.SENT: 3}


def test_a_round_has_an_end(
    waiting_list: WaitingList, delivery: Delivery, postbag: Postbag
) -> None:
    join(waiting_list, "a", "b", "c")
    assert delivery.deliver(most=2) == Round(sent=2)
    assert len(postbag.carried) == 2


def test_a_failed_message_is_tried_again_after_pauses_that_grow(
    waiting_list: WaitingList, delivery: Delivery, postbag: Postbag, clock: HandSetClock
) -> None:
    (reference,) = join(waiting_list, "a")
    postbag.error = MailError("SMTP 451")
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        assert delivery.deliver() == Round(failed=1)
        clock.forward(minutes=minutes, seconds=-1)
        assert delivery.deliver() == Round()
        clock.forward(seconds=1)
    postbag.error = None
    assert delivery.deliver() == Round(sent=1)
    (message,) = waiting_list.messages(reference)
    assert (message.status, message.attempts, message.sent_at) == (Status.SENT, 9, clock.now)


def test_while_the_server_is_away_a_round_tries_one_message_only(
    waiting_list: WaitingList, delivery: Delivery, postbag: Postbag
) -> None:
    join(waiting_list, "a", "b", "c")
    postbag.error = MailError("SMTP: ConnectionRefusedError")
    assert delivery.deliver() == Round(failed=1)


def test_a_refused_message_does_not_hold_up_the_others(
    waiting_list: WaitingList, delivery: Delivery, postbag: Postbag, clock: HandSetClock
) -> None:
    (reference,) = join(waiting_list, "a")
    postbag.error = MailRefused("SMTP 550")
    assert delivery.deliver() == Round(failed=1)
    join(waiting_list, "b")
    postbag.error = None
    clock.forward(days=1)
    assert delivery.deliver() == Round(sent=1)
    (message,) = waiting_list.messages(reference)
    assert (message.status, message.last_error) == (Status.FAILED, "SMTP 550")


def test_after_many_attempts_a_message_is_given_up(
    waiting_list: WaitingList,
    delivery: Delivery,
    postbag: Postbag,
    clock: HandSetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.waiting_list.delivery.MOST_ATTEMPTS", 3)
    join(waiting_list, "a")
    postbag.error = MailError("SMTP 451")
    for _ in range(3):
        assert delivery.deliver() == Round(failed=1)
        clock.forward(hours=1)
    assert delivery.deliver() == Round()
    assert waiting_list.message_counts() == {Status.FAILED: 1}


def test_a_worker_that_dies_while_sending_leaves_the_message_to_be_sent_again(
    waiting_list: WaitingList, delivery: Delivery, postbag: Postbag, clock: HandSetClock
) -> None:
    (reference,) = join(waiting_list, "a")
    postbag.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        delivery.deliver()
    postbag.error = None
    assert delivery.deliver() == Round()
    clock.forward(seconds=CLAIM.total_seconds())
    assert delivery.deliver() == Round(sent=1)
    assert postbag.carried == [f"{reference}-000001-confirmation a@example.org"]


def test_two_workers_never_carry_the_same_message(
    waiting_list: WaitingList, engine: Engine, postbag: Postbag, clock: HandSetClock
) -> None:
    join(waiting_list, "a", "b")
    second = Delivery(engine, postbag, SENDER, clock)
    rounds = []

    def second_worker() -> None:
        postbag.meanwhile = lambda: None
        rounds.append(second.deliver())

    postbag.meanwhile = second_worker
    rounds.append(Delivery(engine, postbag, SENDER, clock).deliver())
    assert rounds == [Round(sent=1), Round(sent=1)]
    assert len(set(postbag.carried)) == 2


def test_a_mail_written_while_its_person_is_erased_is_taken_back(
    waiting_list: WaitingList, delivery: Delivery, postbag: Postbag
) -> None:
    (reference,) = join(waiting_list, "a")
    postbag.meanwhile = lambda: waiting_list.erase(reference, "a@example.org", "e")
    delivery.deliver()
    assert postbag.taken_back == [f"{reference}-000001-confirmation"]
    assert waiting_list.message_counts() == {Status.CANCELLED: 1}


def test_nothing_personal_is_logged(
    waiting_list: WaitingList,
    delivery: Delivery,
    postbag: Postbag,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    waiting_list.submit(submission(), "1")
    postbag.error = MailError("SMTP 451")
    delivery.deliver()
    waiting_list.submit(submission("b@example.org"), "2")
    postbag.error = MailRefused("SMTP 550")
    delivery.deliver()
    assert len(caplog.records) == 2
    assert not [word for word in ("zoe", "Zoé", "example.org") if word in caplog.text]
