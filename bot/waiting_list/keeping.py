"""What the waiting list keeps about people, for those who ask to see or delete all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from bot.keeping import Cutoffs, JsonRow, Keeper, NothingPersonal, Person
from bot.settings import Settings
from bot.waiting_list.desk import Desk, Rules
from bot.waiting_list.entry import ACTIVE
from bot.waiting_list.mail import MailFolder
from bot.waiting_list.outbox import Status
from bot.waiting_list.search import hash_of_email
from bot.waiting_list.sql_store import Transaction
from bot.waiting_list.tables import (
    DoneRow,
    EarlierSubmissionRow,
    EntryRow,
    HistoryRow,
    MessageRow,
    PoolRow,
    SearchRow,
)

PRIVACY = "privacy"
"""Who made the steps of an erasure, in the history."""


class Leads(Keeper):
    """Entries with their earlier submissions, history, mails and search words."""

    kind = "leads"
    tables = tuple(
        each.__table__
        for each in (EntryRow, EarlierSubmissionRow, HistoryRow, MessageRow, SearchRow)
    )
    of_applicants = True

    def find(self, connection: Connection, person: Person) -> Person:
        """Return all entries with an address or reference of the person, and their conversations.

        A conversation alone leads to no entry: several people may have applied in one.
        """
        hashes = [hash_of_email(email) for email in person.emails]
        known = or_(
            EntryRow.email_key.in_(hashes), EntryRow.reference.in_(sorted(person.references))
        )
        return _people(connection, known)

    def everybody(self, connection: Connection) -> Person:
        """Return everybody whose data are still here."""
        return _people(connection, EntryRow.email_key.is_not(None))

    def export(self, connection: Connection, person: Person) -> Sequence[JsonRow]:
        """Return each entry with everything that hangs on it."""
        with Session(connection, future=True) as session:
            transaction = Transaction(session)
            return [
                transaction.entries.get(reference).as_dict()
                | {
                    "earlier_submissions": [
                        each.as_dict()
                        for each in transaction.entries.earlier_submissions(reference)
                    ],
                    "history": [each.as_dict() for each in transaction.history.of_entry(reference)],
                    "mails": [each.as_dict() for each in transaction.outbox.of_entry(reference)],
                }
                for reference in _references(connection, person)
            ]

    def erase(self, connection: Connection, person: Person, now: datetime) -> int:
        """Empty the entries of the person; positions, states and times stay on the list."""
        references = _references(connection, person, EntryRow.erased_at.is_(None))
        _erase(connection, references, now)
        return len(references)

    def erase_files(self, settings: Settings, person: Person) -> int:
        """Delete the mails about the person that were written to the mail folder."""
        folder = MailFolder(settings.mail_dir)
        return sum(folder.remove_all(reference) for reference in sorted(person.references))

    def purge(self, connection: Connection, cutoffs: Cutoffs, now: datetime) -> int:
        """Empty entries of people who left the list long ago, and mails that were sent long ago."""
        left_long_ago = select(EntryRow.reference).where(
            EntryRow.state.not_in([state.value for state in ACTIVE]),
            EntryRow.changed_at < cutoffs.leads,
            EntryRow.erased_at.is_(None),
        )
        references = list(connection.execute(left_long_ago).scalars())
        _erase(connection, references, now)
        mails = connection.execute(
            update(MessageRow)
            .where(
                MessageRow.created_at < cutoffs.mails,
                MessageRow.status != Status.PENDING.value,
                MessageRow.recipient.is_not(None),
            )
            .values(recipient=None, subject=None, body=None)
        ).rowcount
        return len(references) + int(mails)

    def purge_files(self, settings: Settings, cutoffs: Cutoffs, *, dry_run: bool) -> int:
        """Delete mails in the mail folder that are older than allowed."""
        old = MailFolder(settings.mail_dir).older_than(cutoffs.mails)
        for path in () if dry_run else old:
            path.unlink(missing_ok=True)
        return len(old)


class Receipts(NothingPersonal):
    """Results of writes, by hashes of keys: needed only while the same write may be repeated."""

    def purge(self, connection: Connection, cutoffs: Cutoffs, now: datetime) -> int:
        """Delete results whose repetition is no longer expected."""
        old = delete(DoneRow).where(DoneRow.done_at < cutoffs.message_ids)
        return int(connection.execute(old).rowcount)


def _erase(connection: Connection, references: Sequence[str], now: datetime) -> None:
    if not references:
        return
    with Session(connection, future=True) as session, session.begin():
        transaction = Transaction(session)
        pool_ids = {transaction.pools.id_of_entry(reference) for reference in references}
        transaction.pools.lock(pool_ids)
        desk = Desk(transaction, pool_ids, now, Rules())
        for reference in references:
            desk.erase(transaction.entries.get(reference), PRIVACY)


def _references(connection: Connection, person: Person, *conditions: Any) -> list[str]:
    query = select(EntryRow.reference).where(
        EntryRow.reference.in_(sorted(person.references)), *conditions
    )
    return list(connection.execute(query.order_by(EntryRow.reference)).scalars())


def _people(connection: Connection, condition: Any) -> Person:
    query = select(EntryRow.id, EntryRow.reference, EntryRow.email, EntryRow.conversation_id).where(
        condition
    )
    entries = connection.execute(query).all()
    earlier = select(EarlierSubmissionRow.conversation_id).where(
        EarlierSubmissionRow.entry_id.in_([entry.id for entry in entries])
    )
    conversations = {entry.conversation_id for entry in entries}
    conversations.update(connection.execute(earlier).scalars())
    return Person(
        frozenset(entry.email for entry in entries if entry.email is not None),
        frozenset(entry.reference for entry in entries),
        frozenset(each for each in conversations if each is not None),
    )


KEEPERS = (
    Leads(),
    Receipts(DoneRow.__table__, why="reference codes and positions, by hashes of keys"),
    NothingPersonal(PoolRow.__table__, why="places and opening times"),
)
