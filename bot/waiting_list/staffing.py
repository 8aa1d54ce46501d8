"""What staff do to people on the list and to its pools.

A form of staff carries the version of what they looked at. If somebody else was faster, nothing is
changed and the refusal says who did what.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.waiting_list.desk import Desk
from bot.waiting_list.entry import Entry, State
from bot.waiting_list.errors import (
    ChangedMeanwhile,
    NoteRefused,
    PoolNotFound,
    QuotaBelowUse,
)
from bot.waiting_list.history import Event, HistoryLine
from bot.waiting_list.person import LONGEST_NOTE, LONGEST_REMARK, lines_of, one_line
from bot.waiting_list.pool import Pool
from bot.waiting_list.reference import normal_reference
from bot.waiting_list.sql_store import Transaction
from bot.waiting_list.writing import Writer

DEFAULT_QUOTA = 50
"""Places of a pool until staff set their own number; the real quotas are not published."""


class Staffing(Writer):
    """The moves of staff; `by` names who makes them."""

    def move(
        self,
        reference: str,
        to: State,
        by: str,
        reason: str | None = None,
        deadline: datetime | None = None,
        key: str | None = None,
        expected: str | None = None,
    ) -> Entry:
        """Move an entry to state `to`; an invoice without a deadline gets the usual one.

        Raises:
            ChangedMeanwhile: the entry's version is not the `expected` one any more.
            EntryNotFound, MoveNotAllowed, DeadlineRefused: it cannot be done.
            ReasonNeeded: somebody is declined, made to lapse, or skipped without a reason.
            QuotaFull: every place is in use, nobody more can be accepted.
        """
        reference = normal_reference(reference)
        scope = f"move {reference}"
        with self._desk(lambda t: [t.pools.id_of_entry(reference)]) as desk:
            if desk.transaction.result_of(scope, key) is None:
                entry = _expected_entry(desk, reference, expected)
                desk.move(entry, State(to), _signed(by), _remark(reason), deadline)
                desk.transaction.remember(scope, key, reference, desk.now)
            return desk.transaction.entries.get(reference)

    def contact_next(
        self,
        program: str,
        season: str,
        count: int,
        by: str,
        deadline: datetime | None = None,
        key: str | None = None,
        expected_next: str | None = None,
    ) -> tuple[Entry, ...]:
        """Contact the next `count` people who are qualified or reviewed; return them.

        Raises:
            ChangedMeanwhile: the person of the reference `expected_next` is not the next any more.
            PoolNotFound: there is no such list.
            DeadlineRefused: the deadline is not in the future.
        """
        scope = f"contact {program} {season}"
        with self._desk(lambda t: [t.pools.id_of(program, season)]) as desk:
            pool_id = desk.transaction.pools.id_of(program, season)
            references = desk.transaction.result_of(scope, key)
            if references is None:
                _check_next(desk, pool_id, expected_next)
                contacted = desk.contact_next(pool_id, count, _signed(by), deadline)
                references = [entry.reference for entry in contacted]
                desk.transaction.remember(scope, key, references, desk.now)
            return tuple(desk.transaction.entries.get(reference) for reference in references)

    def review(
        self, reference: str, by: str, reason: str | None = None, expected: str | None = None
    ) -> Entry:
        """Clear a person whose outcome needed a review, so that they may be contacted in turn.

        Raises:
            ChangedMeanwhile: the entry's version is not the `expected` one any more.
            EntryNotFound: there is no such entry.
            MoveNotAllowed: the person does not wait for a review.
        """
        reference = normal_reference(reference)
        with self._desk(lambda t: [t.pools.id_of_entry(reference)]) as desk:
            entry = _expected_entry(desk, reference, expected)
            return desk.review(entry, _signed(by), _remark(reason))

    def note(self, reference: str, text: str, by: str, key: str | None = None) -> None:
        """Keep what a member of staff wants others to know about a person, in the history.

        Raises:
            EntryNotFound: there is no such entry.
            NoteRefused: the note is empty or too long, or the person was erased.
        """
        reference = normal_reference(reference)
        scope = f"note {reference}"
        text = lines_of(text)
        if not text or len(text) > LONGEST_NOTE:
            raise NoteRefused(f"A note has 1 to {LONGEST_NOTE} characters.")
        with self._desk(lambda t: [t.pools.id_of_entry(reference)]) as desk:
            entry = desk.transaction.entries.get(reference)
            if entry.erased_at is not None:
                raise NoteRefused("Nothing more is kept about a person who was erased.")
            if desk.transaction.result_of(scope, key) is None:
                desk.note(entry, _signed(by), text)
                desk.transaction.remember(scope, key, reference, desk.now)

    def set_pool(
        self,
        program: str,
        season: str,
        by: str,
        *,
        quota: int | None = None,
        opens_at: datetime | None = None,
        reason: str | None = None,
        expected: Pool | None = None,
    ) -> Pool:
        """Create a pool, or change its quota and opening time; None leaves a value as it is.

        Raises:
            ChangedMeanwhile: quota or opening time are not those of `expected` any more.
            QuotaBelowUse: more places are in use than the new quota.
        """
        if quota is not None and quota < 0:
            raise QuotaBelowUse(quota, 0)
        new_quota = DEFAULT_QUOTA if quota is None else quota
        with self._desk(lambda t: [_pool_id_or_new(t, program, season, new_quota)]) as desk:
            pools = desk.transaction.pools
            pool_id = pools.id_of(program, season)
            pool = pools.get(pool_id)
            if expected and (pool.quota, pool.opens_at) != (expected.quota, expected.opens_at):
                raise ChangedMeanwhile(f"The quota was set to {pool.quota}")
            wanted = replace(
                pool,
                quota=pool.quota if quota is None else quota,
                opens_at=opens_at or pool.opens_at,
            )
            pool.check_quota(wanted.quota)
            pools.change(pool_id, wanted.quota, wanted.opens_at)
            change = f"quota {wanted.quota}"
            if wanted.quota != pool.quota:
                change += f", was {pool.quota}"
            line = HistoryLine(
                reference=None,
                at=desk.now,
                by=_signed(by),
                event=Event.POOL_SET,
                reason=f"{change}: {_remark(reason)}" if reason else change,
            )
            desk.transaction.history.add(line, pool_id)
            return wanted


def _pool_id_or_new(transaction: Transaction, program: str, season: str, quota: int) -> int:
    try:
        return transaction.pools.id_of(program, season)
    except PoolNotFound:
        return transaction.pools.add(program, season, quota, opens_at=None)


def _signed(by: str) -> str:
    return one_line(by)[:LONGEST_REMARK] or "staff"


def _remark(reason: str | None) -> str | None:
    return one_line(reason or "")[:LONGEST_REMARK] or None


def _expected_entry(desk: Desk, reference: str, version: str | None) -> Entry:
    """Return the entry, if it is still as somebody saw it."""
    entry = desk.transaction.entries.get(reference)
    if version is not None and version != entry.version:
        raise ChangedMeanwhile(_latest_step(desk, reference))
    return entry


def _check_next(desk: Desk, pool_id: int, expected: str | None) -> None:
    if expected is None:
        return
    expected = normal_reference(expected)
    first = desk.transaction.entries.next_in_line(pool_id)
    if first is not None and first.reference == expected:
        return
    if desk.transaction.entries.get(expected).state is not State.WAITING:
        raise ChangedMeanwhile(_latest_step(desk, expected))
    raise ChangedMeanwhile(f"{first.reference if first else 'Nobody'} is next in line now")


def _latest_step(desk: Desk, reference: str) -> str:
    """Return in words the last thing that happened to an entry, notes aside."""
    steps = desk.transaction.history.of_entry(reference)
    last = next(line for line in reversed(steps) if line.event is not Event.NOTED)
    assert last.to_state is not None
    what = last.event.value.replace("_", " ")
    if last.event is Event.MOVED:
        what = f"moved to {last.to_state.value}"
    return f"{reference} was {what} by {last.by} at {last.at:%H:%M} UTC"
