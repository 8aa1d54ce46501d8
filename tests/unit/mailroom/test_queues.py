"""The queue of messages to answer and the outbox, on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.mailroom import Inbox, Incoming, Outbox, Parcel, Status, Unanswered, bubbles
from bot.mailroom.tables import channel_addresses, inbox_messages
from tests.channels.databases import either_engine

__all__ = ["either_engine"]

ZOE, JO = "telegram:501", "telegram:502"


class Time:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2024, 3, 1, 12, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def time() -> Time:
    return Time()


def message(conversation_id: str, message_id: str, text: str = "hello") -> Incoming:
    return Incoming(conversation_id, message_id, text, address=conversation_id.split(":")[1])


def answer(engine: Engine, time: Time, incoming: Incoming, words: str) -> None:
    Unanswered(engine, time).accept([incoming])
    inbox = Inbox(engine, time)
    inbox.answer(
        incoming.conversation_id, incoming.message_id, bubbles(words), address=incoming.address
    )


def claim(outbox: Outbox, time: Time) -> Parcel | None:
    return outbox.claim("telegram", time() + timedelta(seconds=30))


def words(parcel: Parcel | None) -> str | None:
    return parcel.reply[0].text if parcel else None


def test_messages_wait_in_their_order_and_are_known_again(
    either_engine: Engine, time: Time
) -> None:
    queue = Unanswered(either_engine, time)
    first, second = message(ZOE, "1", "first"), message(ZOE, "2", "second")
    queue.accept([first, second, message(JO, "1")])
    queue.accept([second, first])
    assert queue.conversations("telegram") == [ZOE, JO]
    assert queue.conversations("slack") == []
    taken = [queue.take_next(ZOE) for _ in range(2)]
    assert [(one.text, one.attempts) for one in taken if one] == [("first", 1), ("first", 2)]
    Inbox(either_engine, time).answer(ZOE, "1", bubbles("hi"), address="501")
    assert queue.take_next(ZOE) == Incoming(ZOE, "2", "second", None, "501", 1)


def test_a_message_that_arrives_many_times_at_once_waits_once(
    either_engine: Engine, time: Time
) -> None:
    queue = Unanswered(either_engine, time)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: queue.accept([message(ZOE, "1"), message(ZOE, "2")]), range(8)))
    with either_engine.begin() as connection:
        rows = connection.execute(select(inbox_messages)).all()
        addresses = connection.execute(select(channel_addresses)).all()
    assert (len(rows), len(addresses)) == (2, 1)


def test_a_skipped_message_is_known_and_leaves_the_offer_as_it_was(
    either_engine: Engine, time: Time
) -> None:
    queue, inbox = Unanswered(either_engine, time), Inbox(either_engine, time)
    answer(either_engine, time, message(ZOE, "1"), "One")
    queue.accept([message(ZOE, "2")])
    skipped = queue.take_next(ZOE)
    assert skipped is not None
    queue.skip(skipped)
    queue.accept([message(ZOE, "2")])
    assert queue.take_next(ZOE) is None
    assert inbox.last_offer(ZOE).reply == bubbles("One")


def test_replies_leave_in_order_and_a_late_one_holds_up_only_its_own_conversation(
    either_engine: Engine, time: Time
) -> None:
    outbox = Outbox(either_engine, time)
    for number, who in enumerate((ZOE, ZOE, JO)):
        answer(either_engine, time, message(who, str(number)), f"{who} {number}")
    first = claim(outbox, time)
    assert words(first) == f"{ZOE} 0"
    other = claim(outbox, time)
    assert words(other) == f"{JO} 2"
    assert claim(outbox, time) is None
    assert first is not None
    outbox.postpone(first, time() + timedelta(seconds=5), "HTTP 500")
    assert claim(outbox, time) is None
    time.pass_by(6)
    again = claim(outbox, time)
    assert again is not None
    assert (words(again), again.attempts) == (f"{ZOE} 0", 2)
    outbox.close(again, Status.SENT)
    assert words(claim(outbox, time)) == f"{ZOE} 1"


def test_a_claim_that_nobody_kept_runs_out(either_engine: Engine, time: Time) -> None:
    outbox = Outbox(either_engine, time)
    answer(either_engine, time, message(ZOE, "1"), "One")
    parcel = claim(outbox, time)
    assert parcel is not None
    outbox.note_part(parcel, 1, time() + timedelta(seconds=30))
    assert not outbox.has_due("telegram")
    time.pass_by(31)
    assert outbox.has_due("telegram")
    again = claim(outbox, time)
    assert again is not None
    assert again.parts_sent == 1


def test_two_senders_never_claim_the_same_reply(either_engine: Engine, time: Time) -> None:
    for number in range(12):
        answer(either_engine, time, message(f"telegram:{number}", "1"), str(number))
    outbox = Outbox(either_engine, time)
    with ThreadPoolExecutor(6) as pool:
        claimed = list(pool.map(lambda _: words(claim(outbox, time)), range(40)))
    found = [number for number in claimed if number is not None]
    assert len(found) == len(set(found)) == 12


def test_the_outbox_of_one_channel_is_not_anothers(either_engine: Engine, time: Time) -> None:
    answer(either_engine, time, message("slack:T1:U1", "1"), "One")
    outbox = Outbox(either_engine, time)
    assert not outbox.has_due("telegram")
    assert claim(outbox, time) is None
    assert outbox.has_due("slack")
