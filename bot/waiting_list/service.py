"""The waiting list: the one way in which it is written.

Every write locks its pools, lets overdue entries lapse, does its own step, and offers the places
that became free, in one transaction. A write with a key is done once, however often it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timezone
from typing import Any

from bot.clock import Clock, system_clock
from bot.database import open_engine
from bot.settings import Settings
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
)
from bot.waiting_list.migrations import upgrade
from bot.waiting_list.person import checked, email_key
from bot.waiting_list.reference import normal_reference
from bot.waiting_list.sql_store import Transaction
from bot.waiting_list.staffing import Staffing
from bot.waiting_list.view import matching

RO_OPENINGS = {"2023": datetime(2022, 11, 29, 18, 0, tzinfo=timezone.utc)}
"""When the lists of the Recognized Organization opened: 29 November 2022, 10:00 Pacific time."""


class WaitingList(Staffing):
    """Pools of places and the people who stand in line for them: what applicants ask for.

    What staff do is in `staffing.py`, what all writes have in common in `writing.py`.
    """

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


def _repeated(done: Mapping[str, Any], transaction: Transaction, email: str) -> Receipt:
    """Return the remembered receipt, unless its person has another address than this one."""
    kept = transaction.entries.get(done["reference"]).email
    if kept is not None and email_key(kept) != email_key(email):
        raise KeyReused
    return Receipt.from_json(done, repeated=True)
