"""What is done to entries while their pools are locked: one transaction's work.

Every step writes the entry, its line of history and the letter about it together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.waiting_list.entry import (
    APPLICANT,
    PERSONAL_FIELDS,
    SYSTEM,
    Entry,
    Erasure,
    Receipt,
    State,
    Submission,
    check_deadline,
    check_move,
    moved,
)
from bot.waiting_list.errors import MoveNotAllowed, ReasonNeeded
from bot.waiting_list.history import Event, HistoryLine
from bot.waiting_list.letters import KIND_OF_MOVE, Kind, write_letter
from bot.waiting_list.reference import new_reference
from bot.waiting_list.sql_store import Transaction


@dataclass(frozen=True)
class Rules:
    """What the staff have settled once for all pools."""

    automatic_contact: bool = False
    reply_within: timedelta = timedelta(days=7)
    payment_within: timedelta = timedelta(days=14)


@dataclass(frozen=True)
class Settled:
    """References of the people whose deadline passed, and of those contacted by the system."""

    lapsed: tuple[str, ...] = ()
    contacted: tuple[str, ...] = ()


class Desk:
    """Works on the entries of locked pools, at one moment."""

    def __init__(
        self, transaction: Transaction, pool_ids: Iterable[int], now: datetime, rules: Rules
    ) -> None:
        self.transaction = transaction
        self.now = now
        self._pool_ids = list(pool_ids)
        self._rules = rules

    def settle(self) -> Settled:
        """Let overdue entries lapse; then, with automatic contact, offer the free places."""
        lapsed: list[str] = []
        contacted: list[str] = []
        for pool_id in self._pool_ids:
            for entry in self.transaction.entries.overdue(pool_id, self.now):
                missing = "payment" if entry.state is State.INVOICED else "reply"
                self._step(entry, State.LAPSED, SYSTEM, f"no {missing} by the deadline")
                lapsed.append(entry.reference)
            if self._rules.automatic_contact:
                free = self.transaction.pools.get(pool_id).places_to_offer
                deadline = self.now + self._rules.reply_within
                offered = self.contact_next(pool_id, free, SYSTEM, deadline)
                contacted.extend(entry.reference for entry in offered)
        return Settled(tuple(lapsed), tuple(contacted))

    def submit(self, pool_id: int, submission: Submission) -> Receipt:
        """Put a checked submission on the list, or renew the person's active entry.

        Somebody who still waits gets a new position at the end. Somebody already in contact, or
        with a place, keeps state, position and deadline; staff see the new details.

        Raises:
            PoolNotOpen: the pool takes no submissions yet.
        """
        self.transaction.pools.get(pool_id).check_open(self.now)
        former = self.transaction.entries.active(pool_id, submission.email)
        if former is None:
            entry = self._new_entry(pool_id, submission)
            event, kind = Event.APPLIED, Kind.CONFIRMATION
            self.transaction.entries.add(entry, pool_id)
        else:
            waits = former.state is State.WAITING
            entry = replace(
                _with_submission(former, submission),
                position=(
                    self.transaction.pools.take_position(pool_id) if waits else former.position
                ),
                reviewed=False if waits else former.reviewed,
                changed_at=self.now,
            )
            event, kind = (
                (Event.APPLIED_AGAIN, Kind.MOVED_DOWN) if waits else (Event.UPDATED, Kind.UPDATE)
            )
            self.transaction.entries.replace_submission(entry, self.now)
        ahead = self.transaction.entries.ahead(entry)
        self._record(entry, event, APPLICANT, from_state=former.state if former else None)
        self.transaction.outbox.add(write_letter(kind, entry, ahead), self.now)
        return Receipt(
            reference=entry.reference,
            position=entry.position,
            ahead=ahead,
            program=entry.program,
            season=entry.season,
            state=entry.state,
            repeated=False,
            moved_down=event is Event.APPLIED_AGAIN,
        )

    def move(
        self,
        entry: Entry,
        to: State,
        by: str,
        reason: str | None = None,
        deadline: datetime | None = None,
    ) -> Entry:
        """Move `entry` as staff or the applicant ask.

        Raises:
            MoveNotAllowed, ReasonNeeded, DeadlineRefused: see `check_move`, `check_deadline`;
                also ReasonNeeded to contact somebody while a qualified person waits before.
            QuotaFull: nobody more can be accepted.
        """
        check_move(entry, to, reason)
        check_deadline(to, deadline, self.now)
        pool_id = self.transaction.pools.id_of_entry(entry.reference)
        if to is State.ACCEPTED:
            self.transaction.pools.get(pool_id).check_place_left()
        if to is State.CONTACTED and not reason:
            self._check_turn(entry, pool_id)
        if to is State.INVOICED and deadline is None:
            deadline = self.now + self._rules.payment_within
        return self._step(entry, to, by, reason, deadline)

    def contact_next(
        self, pool_id: int, count: int, by: str, deadline: datetime | None = None
    ) -> list[Entry]:
        """Contact up to `count` people who wait and are cleared, in the order of the list.

        Raises:
            DeadlineRefused: the deadline is not in the future.
        """
        check_deadline(State.CONTACTED, deadline, self.now)
        contacted: list[Entry] = []
        while len(contacted) < count:
            entry = self.transaction.entries.next_in_line(pool_id)
            if entry is None:
                break
            contacted.append(self._step(entry, State.CONTACTED, by, None, deadline))
        return contacted

    def review(self, entry: Entry, by: str, reason: str | None) -> Entry:
        """Clear a waiting person whose outcome needed a review.

        Raises:
            MoveNotAllowed: the person does not wait, or is cleared already.
        """
        if entry.state is not State.WAITING or entry.cleared:
            raise MoveNotAllowed(f"{entry.reference} does not wait for a review.")
        reviewed = replace(entry, reviewed=True, changed_at=self.now)
        self.transaction.entries.save(reviewed)
        self._record(reviewed, Event.REVIEWED, by, from_state=entry.state, reason=reason)
        return reviewed

    def note(self, entry: Entry, by: str, text: str) -> None:
        """Keep a note about a person."""
        self._record(entry, Event.NOTED, by, from_state=entry.state, reason=text)

    def erase(self, entry: Entry, by: str) -> Erasure:
        """Empty everything personal that is kept with `entry`; return what was deleted.

        A person who has no place yet, or has not paid for it, leaves the list. A registered one
        keeps the place that was used, without a name.
        """
        if entry.active and entry.state is not State.REGISTERED:
            entry = self._step(entry, State.WITHDRAWN, by, tell=False)
        fields = tuple(name for name in PERSONAL_FIELDS if getattr(entry, name) is not None)
        blank = dict.fromkeys(PERSONAL_FIELDS)
        erased = replace(entry, **blank, erased_at=self.now, changed_at=self.now)  # type: ignore[arg-type]
        self.transaction.entries.save(erased)
        self._record(erased, Event.ERASED, by, from_state=entry.state)
        self.transaction.history.erase_remarks(entry.reference)
        messages, cancelled = self.transaction.outbox.erase(entry.reference)
        return Erasure(
            references=(entry.reference,),
            fields=fields,
            earlier_submissions=self.transaction.entries.erase_earlier(entry.reference),
            messages=messages,
            messages_cancelled=cancelled,
        )

    def _new_entry(self, pool_id: int, submission: Submission) -> Entry:
        reference = new_reference()
        while self.transaction.entries.exists(reference):
            reference = new_reference()
        return Entry(
            reference=reference,
            program=submission.program,
            season=submission.season,
            position=self.transaction.pools.take_position(pool_id),
            state=State.WAITING,
            deadline=None,
            reviewed=False,
            outcome=submission.outcome,
            entered_at=self.now,
            changed_at=self.now,
            erased_at=None,
            name=submission.name,
            email=submission.email,
            nationality=submission.nationality,
            answers=submission.answers,
            decision=submission.decision,
            conversation_id=submission.conversation_id,
            consent=submission.consent,
        )

    def _check_turn(self, entry: Entry, pool_id: int) -> None:
        first = self.transaction.entries.next_in_line(pool_id)
        if first is not None and first.position < entry.position:
            raise ReasonNeeded(
                f"{first.reference} is qualified and waits before {entry.reference}. "
                "Say why somebody is skipped."
            )

    def _step(
        self,
        entry: Entry,
        to: State,
        by: str,
        reason: str | None = None,
        deadline: datetime | None = None,
        *,
        tell: bool = True,
    ) -> Entry:
        after = moved(entry, to, deadline, self.now)
        self.transaction.entries.save(after)
        self._record(after, Event.MOVED, by, from_state=entry.state, reason=reason)
        if tell and to in KIND_OF_MOVE and after.email is not None:
            self.transaction.outbox.add(write_letter(KIND_OF_MOVE[to], after), self.now)
        return after

    def _record(
        self,
        entry: Entry,
        event: Event,
        by: str,
        *,
        from_state: State | None,
        reason: str | None = None,
    ) -> None:
        line = HistoryLine(
            reference=entry.reference,
            at=self.now,
            by=by,
            event=event,
            from_state=from_state,
            to_state=entry.state,
            position=entry.position,
            deadline=entry.deadline,
            reason=reason,
        )
        self.transaction.history.add(line, self.transaction.pools.id_of_entry(entry.reference))


def _with_submission(entry: Entry, submission: Submission) -> Entry:
    return replace(
        entry,
        name=submission.name,
        email=submission.email,
        nationality=submission.nationality,
        outcome=submission.outcome,
        answers=submission.answers,
        decision=submission.decision,
        conversation_id=submission.conversation_id,
        consent=submission.consent,
    )
