"""The waiting list: the one way in which it is written.

Every write locks its pools, lets overdue entries lapse, does its own step, and offers the places
that became free, in one transaction. A write with a key is done once, however often it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from bot.clock import Clock, system_clock
from bot.database import open_engine
from bot.settings import Settings
from bot.waiting_list.desk import Desk, Rules, Settled
from bot.waiting_list.entry import (
    APPLICANT,
    SYSTEM,
    Entry,
    Erasure,
    Receipt,
    State,
    Submission,
)
from bot.waiting_list.errors import (
    EntryNotFound,
    KeyReused,
    PoolNotFound,
    QuotaBelowUse,
    WaitingListError,
)
from bot.waiting_list.history import Event, HistoryLine
from bot.waiting_list.mail import MailFolder
from bot.waiting_list.migrations import upgrade
from bot.waiting_list.person import LONGEST_REMARK, checked, email_key, one_line
from bot.waiting_list.pool import Pool
from bot.waiting_list.reference import normal_reference
from bot.waiting_list.sql_store import Engine, Transaction
from bot.waiting_list.view import WaitingListView, matching

DEFAULT_QUOTA = 50
"""Places of a pool until staff set their own number; the real quotas are not published."""

RO_OPENINGS = {"2023": datetime(2022, 11, 29, 18, 0, tzinfo=timezone.utc)}
"""When the lists of the Recognized Organization opened: 29 November 2022, 10:00 Pacific time."""


class WaitingList(WaitingListView):
    """Pools of places and the people who stand in line for them.

    Every method raises StoreError when the database fails; nothing is half-written then, and the
    same call with the same key can be repeated.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock = system_clock,
        *,
        automatic_contact: bool = False,
        reply_within: timedelta = Rules.reply_within,
        payment_within: timedelta = Rules.payment_within,
        mail_dir: Path | None = None,
    ) -> None:
        super().__init__(engine)
        self._clock = clock
        self._rules = Rules(automatic_contact, reply_within, payment_within)
        self._mails = MailFolder(mail_dir) if mail_dir else None

    # what applicants ask for

    def submit(self, submission: Submission, key: str) -> Receipt:
        """Put a person on the list; the same key again changes nothing and returns the receipt.

        Raises:
            SubmissionRefused: a part of the submission cannot be kept.
            PoolNotFound, PoolNotOpen: there is no such list, or not yet.
            KeyReused: the key belongs to the submission of another address.
        """
        submission = checked(submission)
        program, season = submission.program, submission.season
        scope = f"submit {program} {season}"
        with self._desk(lambda t: [t.pools.id_of(program, season)]) as desk:
            done = desk.transaction.result_of(scope, key)
            if done is not None:
                return _repeated(done, desk.transaction, submission.email)
            receipt = desk.submit(desk.transaction.pools.id_of(program, season), submission)
            desk.transaction.remember(scope, key, asdict(receipt), desk.now)
            return receipt

    def withdraw(self, reference: str, email: str, key: str | None = None) -> Entry | None:
        """Take a person off the list at their own wish; None unless reference and address match.

        Somebody who has already left stays as they are, so a repetition changes nothing.
        """
        reference = normal_reference(reference)
        scope = f"withdraw {reference}"
        try:
            with self._desk(lambda t: [t.pools.id_of_entry(reference)]) as desk:
                entry = matching(desk.transaction, reference, email)
                if entry is None or desk.transaction.result_of(scope, key) or not entry.active:
                    return entry
                desk.transaction.remember(scope, key, entry.reference, desk.now)
                return desk.move(entry, State.WITHDRAWN, APPLICANT)
        except EntryNotFound:
            return None

    def erase(self, reference: str, email: str, key: str | None = None) -> Erasure | None:
        """Delete what is known about one entry's person; None unless reference and address match.

        Position, states and times stay, without a person. The same key again returns the same.
        """
        reference = normal_reference(reference)
        scope = f"erase {reference}"
        try:
            with self._desk(lambda t: [t.pools.id_of_entry(reference)]) as desk:
                done = desk.transaction.result_of(scope, key)
                entry = matching(desk.transaction, reference, email)
                if done is not None:
                    erasure = Erasure.from_json(done)
                elif entry is None:
                    return None
                else:
                    erasure = desk.erase(entry, APPLICANT)
                    desk.transaction.remember(scope, key, asdict(erasure), desk.now)
        except EntryNotFound:
            return None
        return self._with_mail_files(erasure)

    def erase_conversation(
        self, conversation_id: str, key: str | None = None, by: str = APPLICANT
    ) -> Erasure:
        """Delete every person whose latest submission came from this conversation.

        Of a person who applied again from another conversation, only what was sent in this one
        is deleted.
        """
        scope = "erase conversation"
        key = None if key is None else f"{conversation_id} {key}"
        with self._desk(lambda t: t.pools.ids()) as desk:
            entries = desk.transaction.entries
            done = desk.transaction.result_of(scope, key)
            if done is not None:
                erasure = Erasure.from_json(done)
            else:
                found = entries.select(conversation_id=conversation_id)
                erasure = Erasure.sum([desk.erase(entry, by) for entry in found])
                earlier = entries.erase_earlier_of_conversation(conversation_id)
                erasure = replace(
                    erasure, earlier_submissions=erasure.earlier_submissions + earlier
                )
                desk.transaction.remember(scope, key, asdict(erasure), desk.now)
        return self._with_mail_files(erasure)

    # what staff do

    def move(
        self,
        reference: str,
        to: State,
        by: str,
        reason: str | None = None,
        deadline: datetime | None = None,
        key: str | None = None,
    ) -> Entry:
        """Move an entry to state `to`; an invoice without a deadline gets the usual one.

        Raises:
            EntryNotFound, MoveNotAllowed, DeadlineRefused: it cannot be done.
            ReasonNeeded: somebody is declined, made to lapse, or skipped without a reason.
            QuotaFull: every place is in use, nobody more can be accepted.
        """
        reference = normal_reference(reference)
        scope = f"move {reference}"
        with self._desk(lambda t: [t.pools.id_of_entry(reference)]) as desk:
            if desk.transaction.result_of(scope, key) is None:
                entry = desk.transaction.entries.get(reference)
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
    ) -> tuple[Entry, ...]:
        """Contact the next `count` people who are qualified or reviewed; return them.

        Raises:
            PoolNotFound: there is no such list.
            DeadlineRefused: the deadline is not in the future.
        """
        scope = f"contact {program} {season}"
        with self._desk(lambda t: [t.pools.id_of(program, season)]) as desk:
            pool_id = desk.transaction.pools.id_of(program, season)
            references = desk.transaction.result_of(scope, key)
            if references is None:
                contacted = desk.contact_next(pool_id, count, _signed(by), deadline)
                references = [entry.reference for entry in contacted]
                desk.transaction.remember(scope, key, references, desk.now)
            return tuple(desk.transaction.entries.get(reference) for reference in references)

    def review(self, reference: str, by: str, reason: str | None = None) -> Entry:
        """Clear a person whose outcome needed a review, so that they may be contacted in turn.

        Raises:
            EntryNotFound: there is no such entry.
            MoveNotAllowed: the person does not wait for a review.
        """
        reference = normal_reference(reference)
        with self._desk(lambda t: [t.pools.id_of_entry(reference)]) as desk:
            entry = desk.transaction.entries.get(reference)
            return desk.review(entry, _signed(by), _remark(reason))

    def set_pool(
        self,
        program: str,
        season: str,
        by: str,
        *,
        quota: int | None = None,
        opens_at: datetime | None = None,
        reason: str | None = None,
    ) -> Pool:
        """Create a pool, or change its quota and opening time; None leaves a value as it is.

        Raises:
            QuotaBelowUse: more places are in use than the new quota.
        """
        if quota is not None and quota < 0:
            raise QuotaBelowUse(quota, 0)
        new_quota = DEFAULT_QUOTA if quota is None else quota
        with self._desk(lambda t: [_pool_id_or_new(t, program, season, new_quota)]) as desk:
            pools = desk.transaction.pools
            pool_id = pools.id_of(program, season)
            pool = pools.get(pool_id)
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

    def settle(self) -> Settled:
        """Let overdue entries of all pools lapse and offer the places that are free."""
        with self._store.transaction() as transaction:
            pool_ids = transaction.pools.ids()
        lapsed: list[str] = []
        contacted: list[str] = []
        for pool_id in pool_ids:
            with self._store.transaction() as transaction:
                settled = self._locked(transaction, [pool_id]).settle()
            lapsed.extend(settled.lapsed)
            contacted.extend(settled.contacted)
        return Settled(tuple(lapsed), tuple(contacted))

    @contextmanager
    def _desk(self, choose: Callable[[Transaction], Iterable[int]]) -> Iterator[Desk]:
        """Yield a desk over the chosen pools, settled before and after.

        A refusal undoes the block only: people whose deadline has passed lapse all the same, so
        what a refusal says ("is lapsed") is what is kept.
        """
        refusal: WaitingListError | None = None
        with self._store.transaction() as transaction:
            desk = self._locked(transaction, choose(transaction))
            desk.settle()
            try:
                with transaction.undone_on_error():
                    yield desk
                    desk.settle()
            except WaitingListError as error:
                refusal = error
        if refusal is not None:
            raise refusal

    def _locked(self, transaction: Transaction, pool_ids: Iterable[int]) -> Desk:
        """Lock the pools, and only then look at the clock: time never runs back in a pool."""
        pool_ids = list(pool_ids)
        transaction.pools.lock(pool_ids)
        return Desk(transaction, pool_ids, self._clock(), self._rules)

    def _with_mail_files(self, erasure: Erasure) -> Erasure:
        """Remove the mails in the mail folder, too, once the database has let go of the person."""
        if self._mails is None:
            return erasure
        removed = sum(self._mails.remove_all(reference) for reference in erasure.references)
        return replace(erasure, mail_files=removed)


def open_waiting_list(settings: Settings, clock: Clock = system_clock) -> WaitingList:
    """Return the waiting list of these settings, its tables and pools made if they are missing.

    Raises:
        StoreError: the database cannot be reached or brought up to date.
    """
    engine = open_engine(settings.database_url)
    upgrade(engine)
    waiting_list = WaitingList(
        engine,
        clock,
        automatic_contact=settings.automatic_contact,
        mail_dir=settings.mail_dir,
    )
    known = {(pool.program, pool.season) for pool in waiting_list.pools()}
    for program, season in (
        ("ro_working_holiday", settings.ro_season),
        ("ro_young_professional", settings.ro_season),
        ("international_coop", settings.iec_season),
    ):
        if (program, season) not in known:
            opens_at = RO_OPENINGS.get(season) if program.startswith("ro_") else None
            waiting_list.set_pool(program, season, SYSTEM, opens_at=opens_at)
    return waiting_list


def _pool_id_or_new(transaction: Transaction, program: str, season: str, quota: int) -> int:
    try:
        return transaction.pools.id_of(program, season)
    except PoolNotFound:
        return transaction.pools.add(program, season, quota, opens_at=None)


def _repeated(done: Mapping[str, Any], transaction: Transaction, email: str) -> Receipt:
    """Return the remembered receipt, unless its person has another address than this one."""
    kept = transaction.entries.get(done["reference"]).email
    if kept is not None and email_key(kept) != email_key(email):
        raise KeyReused
    return Receipt.from_json(done, repeated=True)


def _signed(by: str) -> str:
    return one_line(by)[:LONGEST_REMARK] or "staff"


def _remark(reason: str | None) -> str | None:
    return one_line(reason or "")[:LONGEST_REMARK] or None
