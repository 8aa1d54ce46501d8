"""Anything, in any order: the promises of the waiting list hold after every single step."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby, pairwise

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import select

from bot.database import open_engine
from bot.waiting_list import Entry, Event, HistoryLine, State, WaitingList, WaitingListError
from bot.waiting_list.delivery import Delivery
from bot.waiting_list.entry import ACTIVE, HOLDING_A_PLACE, IN_CONTACT, MOVES, SYSTEM
from bot.waiting_list.errors import ReasonNeeded
from bot.waiting_list.letters import KIND_OF_MOVE
from bot.waiting_list.mail import MailError, Sender
from bot.waiting_list.tables import Base, EntryRow, MessageRow
from tests.unit.waiting_list.samples import STEPS, HandSetClock, submission
from tests.unit.waiting_list.test_delivery import Postbag

POOLS = [("ro_working_holiday", "2023"), ("international_coop", "2024")]
PEOPLE = st.sampled_from(["anna", "ben", "chloe", "dan", "emil", "fay"])
POOL = st.sampled_from([POOLS[0], POOLS[0], POOLS[1]])
OUTCOMES = st.sampled_from(["qualified", "qualified", "needs_review"])
KINDS = {
    Event.APPLIED: "confirmation",
    Event.APPLIED_AGAIN: "moved_down",
    Event.UPDATED: "update",
}


class AnyLife(RuleBasedStateMachine):
    automatic = False

    @initialize(
        quota=st.integers(1, 2),
        people=st.lists(st.tuples(PEOPLE, OUTCOMES), min_size=2, max_size=6),
    )
    def open(self, quota: int, people: list[tuple[str, str]]) -> None:
        self.engine = open_engine("sqlite://")
        Base.metadata.create_all(self.engine)
        self.clock = HandSetClock()
        self.list = WaitingList(self.engine, self.clock, automatic_contact=self.automatic)
        for program, season in POOLS:
            self.list.set_pool(program, season, "eva", quota=quota)
        self.postbag = Postbag()
        sender = Sender("bot@example.org", "team@example.org")
        self.delivery = Delivery(self.engine, self.postbag, sender, self.clock)
        self.sent: list[tuple] = []
        self.changes = 0
        self.entries: tuple[Entry, ...] = ()
        self.history: dict[str, list[HistoryLine]] = {}
        self.pool_lines = len(POOLS)
        self.apply_all(people, POOLS[0])

    def teardown(self) -> None:
        if hasattr(self, "engine"):
            self.engine.dispose()

    # what people do

    @rule(people=st.lists(st.tuples(PEOPLE, OUTCOMES), min_size=1, max_size=5), pool=POOL)
    def apply(self, people: list[tuple[str, str]], pool: tuple[str, str]) -> None:
        self.apply_all(people, pool)

    def apply_all(self, people: list[tuple[str, str]], pool: tuple[str, str]) -> None:
        for person, outcome in people:
            sent = submission(
                f"{person}@example.org",
                program=pool[0],
                season=pool[1],
                outcome=outcome,
                name=person,
                conversation_id=f"web-{len(self.sent)}",
            )
            key = f"key-{len(self.sent)}"
            receipt = self.list.submit(sent, key)
            assert not receipt.repeated
            self.sent.append((sent, key, receipt))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def deliver_again(self, data: st.DataObject) -> None:
        sent, key, receipt = data.draw(st.sampled_from(self.sent))
        again = self.list.submit(sent, key)
        assert (again.repeated, again.reference) == (True, receipt.reference)
        assert (again.position, again.moved_down) == (receipt.position, receipt.moved_down)

    @precondition(lambda self: any(entry.email for entry in self.entries))
    @rule(data=st.data(), how=st.sampled_from(["withdraw", "guess", "erase", "erase all"]))
    def leave(self, data: st.DataObject, how: str) -> None:
        entry = data.draw(st.sampled_from([entry for entry in self.entries if entry.email]))
        if how == "withdraw":
            left = self.list.withdraw(entry.reference, entry.email, "key")
            assert left.state not in ACTIVE
        elif how == "guess":
            assert self.list.withdraw(entry.reference, "eve@example.org", "key") is None
            assert self.list.erase(entry.reference, "eve@example.org", "key") is None
        elif how == "erase":
            erasure = self.list.erase(entry.reference, entry.email, "key")
            assert erasure.references == (entry.reference,)
        else:
            erasure = self.list.erase_conversation(entry.conversation_id, "key")
            assert erasure.references == (entry.reference,)

    # what staff do

    @precondition(lambda self: self.entries)
    @rule(
        data=st.data(),
        to=st.sampled_from(State),
        reason=st.sampled_from([None, "a reason"]),
        days=st.sampled_from([None, -1, 1, 9]),
    )
    def move_anyhow(self, data: st.DataObject, to: State, reason: str | None, days: int | None):
        entry = data.draw(st.sampled_from(self.entries))
        deadline = None if days is None else self.clock.now + timedelta(days=days)
        try:
            moved = self.list.move(entry.reference, to, "eva", reason, deadline)
        except WaitingListError:
            return
        assert moved.state is to

    @precondition(lambda self: any(entry.active for entry in self.entries))
    @rule(data=st.data(), steps=st.integers(1, len(STEPS)))
    def move_on(self, data: st.DataObject, steps: int) -> None:
        entry = data.draw(st.sampled_from([entry for entry in self.entries if entry.active]))
        for _ in range(steps):
            following = [to for to in MOVES[entry.state] if to in STEPS]
            try:
                entry = self.list.move(entry.reference, following[0], "eva", "in turn")
            except (WaitingListError, IndexError):
                return

    @precondition(lambda self: any(not entry.cleared for entry in self.entries))
    @rule(data=st.data())
    def review(self, data: st.DataObject) -> None:
        self.list.settle()  # who is contacted before the review has not overtaken anybody
        self.promises_hold()
        entry = data.draw(st.sampled_from([e for e in self.entries if not e.cleared] or [None]))
        if entry is not None and entry.state is State.WAITING:
            self.list.review(entry.reference, "eva", "looked into it")

    @precondition(lambda self: self.waiting())
    @rule(data=st.data())
    def contact_without_a_reason(self, data: st.DataObject) -> None:
        self.list.settle()
        self.promises_hold()
        if not self.waiting():
            return
        entry = data.draw(st.sampled_from(self.waiting()))
        earlier = [
            other
            for other in self.waiting()
            if other.cleared
            and (other.program, other.position < entry.position) == (entry.program, True)
        ]
        try:
            self.list.move(entry.reference, State.CONTACTED, "eva")
        except ReasonNeeded:
            assert earlier
        else:
            assert not earlier

    @rule(pool=POOL, count=st.integers(1, 2))
    def contact_next(self, pool: tuple[str, str], count: int) -> None:
        assert len(self.list.contact_next(*pool, count, "eva")) <= count

    @rule(pool=POOL, quota=st.integers(0, 3))
    def set_quota(self, pool: tuple[str, str], quota: int) -> None:
        try:
            self.list.set_pool(*pool, "eva", quota=quota)
        except WaitingListError:
            return
        self.pool_lines += 1

    def waiting(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.state is State.WAITING]

    # what happens by itself

    @rule(hours=st.sampled_from([0, 1, 25, 8 * 24, 15 * 24]), worker_is_up=st.booleans())
    def time_passes(self, hours: int, worker_is_up: bool) -> None:
        self.clock.forward(hours=hours)
        if not worker_is_up:
            return
        self.list.settle()
        assert not [e for e in self.list.entries() if e.deadline and e.deadline < self.clock.now]
        assert self.list.settle().lapsed == ()

    @rule(works=st.booleans())
    def send_mails(self, works: bool) -> None:
        self.postbag.error = None if works else MailError("SMTP 451")
        self.delivery.deliver(most=20)

    # what is always true

    @invariant()
    def promises_hold(self) -> None:
        if not hasattr(self, "engine"):
            return
        before = {entry.reference: entry for entry in self.entries}
        self.entries = self.list.entries()
        lines = [line for pool in POOLS for line in self.list.pool_history(*pool)]
        self.history = {
            reference: list(group)
            for reference, group in groupby(
                sorted((line for line in lines if line.reference), key=lambda e: e.reference),
                key=lambda line: line.reference,
            )
        }
        assert len(lines) - sum(map(len, self.history.values())) == self.pool_lines
        self.check_places()
        self.check_people()
        self.check_order(before)
        for entry in self.entries:
            check_history(entry, self.history[entry.reference])
        self.check_messages()
        self.check_erased()
        self.clock.forward(seconds=1)  # so that steps can be told apart by their time

    def check_places(self) -> None:
        for pool in self.list.pools():
            mine = [e.state for e in self.entries if e.program == pool.program]
            in_use = sum(state in HOLDING_A_PLACE for state in mine)
            assert in_use == pool.in_use <= pool.quota
            assert pool.places_to_offer == max(
                0, pool.quota - in_use - sum(state in IN_CONTACT for state in mine)
            )
            if self.automatic and pool.places_to_offer:
                assert self.list.next_in_line(pool.program, pool.season) is None

    def check_people(self) -> None:
        """Nobody is lost, nobody is there twice."""
        assert {entry.reference for entry in self.entries} == {
            receipt.reference for _sent, _key, receipt in self.sent
        }
        submitted = [
            line for lines in self.history.values() for line in lines if line.event in KINDS
        ]
        assert len(submitted) == len(self.sent)
        active = [
            (entry.program, entry.season, entry.email)
            for entry in self.entries
            if entry.active and entry.email
        ]
        assert len(set(active)) == len(active)
        places = [(entry.program, entry.position) for entry in self.entries]
        assert len(set(places)) == len(places)

    def check_order(self, before: dict[str, Entry]) -> None:
        """Who was contacted without a reason left nobody behind who was qualified and earlier."""
        for entry in self.entries:
            line = next(
                (each for each in self.history[entry.reference] if each.to_state in STEPS), None
            )
            was = before.get(entry.reference)
            newly = line is not None and (was is None or was.state is State.WAITING)
            if not newly or line.reason:
                continue
            assert not [
                other
                for other in self.entries
                if (other.program, other.state) == (entry.program, State.WAITING)
                and other.cleared
                and other.position < entry.position
            ]

    def check_messages(self) -> None:
        """Each step that is written about has its message, in order, and no other."""
        with self.engine.begin() as connection:
            rows = connection.execute(
                select(EntryRow.reference, MessageRow.kind, MessageRow.status, MessageRow.recipient)
                .join(EntryRow)
                .order_by(MessageRow.id)
            ).all()
        for entry in self.entries:
            mine = [row for row in rows if row.reference == entry.reference]
            assert [row.kind for row in mine] == expected_kinds(self.history[entry.reference])
            if entry.erased_at:
                assert {(row.recipient, row.status == "pending") for row in mine} == {(None, False)}
            else:
                assert {row.recipient for row in mine} == {entry.email}
                assert not [row for row in mine if row.status == "cancelled"]
        carried = [name.split(" ")[0] for name in self.postbag.carried]
        assert len(set(carried)) == len(carried)

    def check_erased(self) -> None:
        """Of people of whom no entry is left, no table knows the name, read with the keys."""
        known = {entry.name for entry in self.entries if entry.name}
        gone = {sent.name for sent, _key, _receipt in self.sent} - known
        if not gone:
            return
        with self.engine.begin() as connection:
            stored = [
                str(tuple(row))
                for table in Base.metadata.sorted_tables
                for row in connection.execute(select(table))
            ]
        assert not [row for row in stored for name in gone if name in row]


def check_history(entry: Entry, lines: list[HistoryLine]) -> None:
    assert (lines[0].event, lines[0].from_state) == (Event.APPLIED, None)
    assert all(line.by and line.at for line in lines)
    for before, line in pairwise(lines):
        assert before.at <= line.at
        assert line.from_state is before.to_state
        if line.event is Event.MOVED:
            assert line.to_state in MOVES[line.from_state]
            assert line.position == before.position
        else:
            assert line.to_state is line.from_state
        if line.to_state in (State.LAPSED, State.DECLINED) and line.event is Event.MOVED:
            assert line.reason
            assert line.by != SYSTEM or before.deadline < line.at
    assert (lines[-1].to_state, lines[-1].position) == (entry.state, entry.position)
    assert lines[-1].deadline == entry.deadline


def is_part_of_erasure(line: HistoryLine, after: HistoryLine | None) -> bool:
    withdrawn = line.to_state is State.WITHDRAWN
    return withdrawn and after is not None and (after.event, after.at) == (Event.ERASED, line.at)


def expected_kinds(lines: list[HistoryLine]) -> list[str]:
    kinds = []
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        if line.event in KINDS:
            kinds.append(KINDS[line.event])
        elif line.event is Event.MOVED and not is_part_of_erasure(line, after):
            kinds.extend(kind.value for kind in [KIND_OF_MOVE.get(line.to_state)] if kind)
    return kinds


class AnyLifeWithAutomaticContact(AnyLife):
    automatic = True


SETTINGS = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # shrinking takes minutes; add Phase.shrink to study a failure
    suppress_health_check=list(HealthCheck),
)

TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = SETTINGS
TestAnyLifeWithAutomaticContact = AnyLifeWithAutomaticContact.TestCase
TestAnyLifeWithAutomaticContact.settings = SETTINGS
