"""A database that fails in the middle: nothing is half-written, and a retry makes no double."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.waiting_list import State, WaitingList
from bot.waiting_list.desk import Desk
from bot.waiting_list.errors import MoveNotAllowed, StoreError
from bot.waiting_list.sql_store import SqlStore
from bot.waiting_list.tables import Base
from tests.unit.waiting_list.samples import (
    DATABASES,
    PROGRAM,
    SEASON,
    HandSetClock,
    join,
    migrated_database,
    submission,
)

WRITES = {
    "submit": lambda wl, ref: wl.submit(submission("b@example.org"), "key"),
    "submit again": lambda wl, ref: wl.submit(submission("a@example.org"), "key"),
    "move": lambda wl, ref: wl.move(ref, State.CONTACTED, "eva", key="key"),
    "contact next": lambda wl, ref: wl.contact_next(PROGRAM, SEASON, 1, "eva", key="key"),
    "withdraw": lambda wl, ref: wl.withdraw(ref, "a@example.org", "key"),
    "erase": lambda wl, ref: wl.erase(ref, "a@example.org", "key"),
    "erase conversation": lambda wl, ref: wl.erase_conversation("web-1", "key"),
}


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with migrated_database(request.param, tmp_path) as engine:
        yield engine


@pytest.fixture
def waiting_list(engine: Engine) -> WaitingList:
    waiting_list = WaitingList(engine, HandSetClock())
    waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=5)
    return waiting_list


def stored(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.begin() as connection:
        return {
            table.name: [tuple(map(str, row)) for row in connection.execute(text(query))]
            for table in Base.metadata.sorted_tables
            for query in [f"SELECT * FROM {table.name} ORDER BY 1, 2"]
        }


@contextmanager
def failing(engine: Engine, fails: Callable[[str], bool]) -> Iterator[None]:
    """Let the database fail at the first statement for which `fails` is true."""

    def look(_conn, _cursor, statement: str, parameters, _context, _many) -> None:
        if fails(statement):
            error = RuntimeError(f"no space left; parameters {parameters}")
            raise OperationalError(statement, parameters, error)

    event.listen(engine, "before_cursor_execute", look)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", look)


def changing(statement: str) -> bool:
    return statement.split()[0] in {"INSERT", "UPDATE", "DELETE"}


@pytest.mark.parametrize("write", WRITES)
def test_wherever_a_write_fails_nothing_is_kept_and_a_retry_does_it_once(
    engine: Engine, waiting_list: WaitingList, write: str
) -> None:
    (reference,) = join(waiting_list, "a")
    before = stored(engine)
    failures = 0
    while True:
        left = iter(range(failures))

        def this_one(statement: str, left: Iterator[int] = left) -> bool:
            return changing(statement) and next(left, None) is None

        try:
            with failing(engine, this_one):
                WRITES[write](waiting_list, reference)
        except StoreError:
            assert stored(engine) == before
            failures += 1
        else:
            break
    assert failures >= 4
    after = stored(engine)
    assert after != before
    WRITES[write](waiting_list, reference)
    assert stored(engine) == after


@pytest.mark.parametrize("table", ["history", "message", "entry", "done"])
def test_a_submission_that_could_not_be_kept_is_kept_by_the_retry(
    engine: Engine, waiting_list: WaitingList, table: str
) -> None:
    with (
        failing(engine, lambda statement: f"INSERT INTO waiting_list_{table}" in statement),
        pytest.raises(StoreError),
    ):
        waiting_list.submit(submission(), "1")
    assert waiting_list.entries() == ()
    receipt = waiting_list.submit(submission(), "1")
    assert (receipt.repeated, receipt.position) == (False, 1)
    assert len(waiting_list.messages(receipt.reference)) == 1


def test_a_receipt_that_got_lost_after_the_commit_is_given_again(
    waiting_list: WaitingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = SqlStore.transaction

    @contextmanager
    def cut_off(store: SqlStore) -> Iterator[Any]:
        with whole(store) as transaction:
            yield transaction
        raise StoreError("the connection broke after the commit")

    with monkeypatch.context() as patch:
        patch.setattr(SqlStore, "transaction", cut_off)
        with pytest.raises(StoreError):
            waiting_list.submit(submission(), "1")
    receipt = waiting_list.submit(submission(), "1")
    assert (receipt.repeated, receipt.position) == (True, 1)
    assert len(waiting_list.entries()) == 1


def test_a_lapse_that_cannot_be_kept_is_kept_next_time(
    engine: Engine, waiting_list: WaitingList
) -> None:
    clock = HandSetClock()
    waiting_list = WaitingList(engine, clock, automatic_contact=True)
    (reference,) = join(waiting_list, "a")
    clock.forward(days=8)
    with (
        failing(engine, lambda statement: "INSERT INTO waiting_list_message" in statement),
        pytest.raises(StoreError),
    ):
        waiting_list.settle()
    assert waiting_list.entry(reference).state is State.CONTACTED
    assert waiting_list.settle().lapsed == (reference,)


def test_a_step_that_is_refused_half_way_is_undone_but_not_the_lapses_before_it(
    engine: Engine, waiting_list: WaitingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = HandSetClock()
    waiting_list = WaitingList(engine, clock)
    late, other = join(waiting_list, "a", "b")
    waiting_list.contact_next(PROGRAM, SEASON, 1, "eva", clock() + timedelta(days=1))
    clock.forward(days=2)
    whole = Desk.move

    def refused_at_the_end(desk: Desk, *args: Any) -> None:
        whole(desk, *args)
        raise MoveNotAllowed("on second thoughts")

    monkeypatch.setattr(Desk, "move", refused_at_the_end)
    with pytest.raises(MoveNotAllowed):
        waiting_list.move(other, State.CONTACTED, "eva")
    assert waiting_list.entry(late).state is State.LAPSED
    assert waiting_list.entry(other).state is State.WAITING
    assert len(waiting_list.history(other)) == len(waiting_list.messages(other)) == 1


def test_the_error_of_a_failing_database_quotes_nothing_personal(
    engine: Engine, waiting_list: WaitingList
) -> None:
    with failing(engine, changing), pytest.raises(StoreError) as failure:
        waiting_list.submit(submission(), "1")
    error: BaseException | None = failure.value
    assert str(error) == "The waiting list's database failed (RuntimeError)."
    assert error.__suppress_context__
