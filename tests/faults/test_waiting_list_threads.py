"""Eight threads at once, on both databases: nobody lost, nobody twice, nothing oversold."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.waiting_list import State, WaitingList, WaitingListError
from bot.waiting_list.delivery import Delivery
from bot.waiting_list.errors import QuotaFull
from bot.waiting_list.mail import Sender
from bot.waiting_list.outbox import Status
from tests.unit.waiting_list.samples import (
    DATABASES,
    PROGRAM,
    SEASON,
    HandSetClock,
    advance,
    join,
    migrated_database,
    submission,
)
from tests.unit.waiting_list.test_delivery import Postbag

THREADS = 8


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with migrated_database(request.param, tmp_path) as engine:
        yield engine


@pytest.fixture
def waiting_list(engine: Engine) -> WaitingList:
    waiting_list = WaitingList(engine, HandSetClock())
    waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=5)
    return waiting_list


def together(calls: list[Callable[[], Any]]) -> list[Any]:
    """Return what the calls return, or the refusal they raise, made by eight threads."""

    def outcome(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except WaitingListError as error:
            return error

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(outcome, calls))


def test_forty_submissions_of_twenty_five_people_make_twenty_five_entries(
    waiting_list: WaitingList,
) -> None:
    people = [f"p{number}" for number in range(25)]
    sent = [(name, f"first-{name}") for name in people]
    sent += [(name, f"second-{name}") for name in people[:10]]  # apply again
    sent += [(name, f"first-{name}") for name in people[10:15]]  # delivered twice
    random.Random(7).shuffle(sent)
    receipts = together(
        [
            lambda name=name, key=key: waiting_list.submit(submission(f"{name}@x.org"), key)
            for name, key in sent
        ]
    )
    entries = waiting_list.entries()
    assert Counter(entry.email for entry in entries) == {f"{name}@x.org": 1 for name in people}
    assert sum(receipt.repeated for receipt in receipts) == 5
    assert sum(receipt.moved_down for receipt in receipts) == 10
    given = [receipt.position for receipt in receipts if not receipt.repeated]
    assert sorted(given) == list(range(1, 36))
    lines = list(
        itertools.chain.from_iterable(waiting_list.history(entry.reference) for entry in entries)
    )
    assert len(lines) == 35
    assert waiting_list.message_counts() == {Status.PENDING: 35}


def test_parallel_settling_offers_each_place_once(
    waiting_list: WaitingList, engine: Engine
) -> None:
    join(waiting_list, *(f"p{number}" for number in range(20)))
    lists = [WaitingList(engine, HandSetClock(), automatic_contact=True) for _ in range(THREADS)]
    settled = together([each.settle for each in lists])
    assert sum(len(each.contacted) for each in settled) == 5
    contacted = waiting_list.entries(states=[State.CONTACTED])
    assert [entry.position for entry in contacted] == [1, 2, 3, 4, 5]


def test_of_eight_people_accepted_at_once_as_many_succeed_as_there_are_places(
    waiting_list: WaitingList,
) -> None:
    references = join(waiting_list, *(f"p{number}" for number in range(8)))
    for reference in references:
        advance(waiting_list, reference, State.MEETING)
    waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=3)
    outcomes = together(
        [
            lambda reference=reference: waiting_list.move(reference, State.ACCEPTED, "eva")
            for reference in references
        ]
    )
    assert sum(isinstance(outcome, QuotaFull) for outcome in outcomes) == 5
    assert waiting_list.pools()[0].in_use == 3


def test_the_same_submission_delivered_eight_times_at_once_is_one(
    waiting_list: WaitingList,
) -> None:
    receipts = together([lambda: waiting_list.submit(submission(), "1")] * THREADS)
    assert len({receipt.reference for receipt in receipts}) == 1
    assert sum(receipt.repeated for receipt in receipts) == THREADS - 1
    assert len(waiting_list.entries()) == 1


def test_the_same_place_is_left_and_erased_and_moved_at_once_without_contradiction(
    waiting_list: WaitingList,
) -> None:
    (reference,) = join(waiting_list, "a")
    together(
        [
            lambda: waiting_list.withdraw(reference, "a@example.org", "w"),
            lambda: waiting_list.erase(reference, "a@example.org", "e"),
            lambda: waiting_list.move(reference, State.CONTACTED, "eva"),
            lambda: waiting_list.submit(submission("a@example.org"), "again"),
        ]
        * 2
    )
    active = [entry for entry in waiting_list.entries() if entry.active]
    erased = [entry for entry in waiting_list.entries() if entry.erased_at]
    assert len(active) <= 1
    assert [entry.reference for entry in erased] == [reference]
    assert erased[0].state is State.WITHDRAWN


def test_eight_workers_send_each_message_once(waiting_list: WaitingList, engine: Engine) -> None:
    join(waiting_list, *(f"p{number}" for number in range(20)))
    postbag = Postbag()
    sender = Sender("bot@example.org", "team@example.org")
    clock = HandSetClock()
    workers = [Delivery(engine, postbag, sender, clock) for _ in range(THREADS)]
    rounds = together([worker.deliver for worker in workers])
    assert sum(each.sent for each in rounds) == 20
    assert len(set(postbag.carried)) == len(postbag.carried) == 20
    assert waiting_list.message_counts() == {Status.SENT: 20}
