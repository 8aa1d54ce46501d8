"""Reading and writing entries inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, func, or_, select, update
from sqlalchemy.orm import Session

from bot.waiting_list.entry import (
    ACTIVE,
    PERSONAL_FIELDS,
    QUALIFIED,
    WITH_DEADLINE,
    Consent,
    EarlierSubmission,
    Entry,
    State,
)
from bot.waiting_list.errors import EntryNotFound
from bot.waiting_list.search import hash_of_email, index_person, matches
from bot.waiting_list.tables import EarlierSubmissionRow, EntryRow, PoolRow, SubmittedColumns

_SUBMITTED = tuple(
    name for name, value in vars(SubmittedColumns).items() if isinstance(value, Column)
)


class EntryStore:
    """The entries, as one transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, reference: str) -> Entry:
        """Return the entry with this reference.

        Raises:
            EntryNotFound: there is none.
        """
        return _entry(self._row(reference))

    def exists(self, reference: str) -> bool:
        """Return whether the reference is taken."""
        query = select(EntryRow.id).where(EntryRow.reference == reference)
        return self._session.execute(query).first() is not None

    def active(self, pool_id: int, email: str) -> Entry | None:
        """Return the active entry of the person with this address, if any."""
        return self._first(
            select(EntryRow)
            .where(EntryRow.pool_id == pool_id, EntryRow.email_key == hash_of_email(email))
            .where(EntryRow.state.in_([state.value for state in ACTIVE]))
        )

    def select(
        self,
        program: str | None = None,
        season: str | None = None,
        states: Sequence[State] | None = None,
        conversation_id: str | None = None,
        words: str | None = None,
    ) -> tuple[Entry, ...]:
        """Return the entries that fit all filters, by program, season and position.

        `words`: whole words of the name or the e-mail address, or the address itself.
        """
        query = (
            select(EntryRow)
            .join(EntryRow.pool)
            .order_by(PoolRow.program, PoolRow.season, EntryRow.position)
        )
        if program is not None:
            query = query.where(PoolRow.program == program)
        if season is not None:
            query = query.where(PoolRow.season == season)
        if states is not None:
            query = query.where(EntryRow.state.in_([state.value for state in states]))
        if conversation_id is not None:
            query = query.where(EntryRow.conversation_id == conversation_id)
        if words is not None:
            query = query.where(matches(words))
        return tuple(_entry(row) for row in self._session.execute(query).scalars())

    def by_ids(self, ids: Sequence[int]) -> list[Entry]:
        """Return the entries with these ids, in the order of `ids`."""
        rows = self._session.execute(select(EntryRow).where(EntryRow.id.in_(ids))).scalars()
        found = {row.id: _entry(row) for row in rows}
        return [found[each] for each in ids if each in found]

    def next_in_line(self, pool_id: int) -> Entry | None:
        """Return the first person who waits and is qualified or reviewed."""
        return self._first(
            select(EntryRow)
            .where(EntryRow.pool_id == pool_id, EntryRow.state == State.WAITING.value)
            .where(or_(EntryRow.outcome == QUALIFIED, EntryRow.reviewed))
            .order_by(EntryRow.position)
        )

    def overdue(self, pool_id: int, now: datetime) -> tuple[Entry, ...]:
        """Return the entries whose deadline has passed, in the order of their positions."""
        rows = self._session.execute(
            select(EntryRow)
            .where(EntryRow.pool_id == pool_id, EntryRow.deadline < now)
            .where(EntryRow.state.in_([state.value for state in WITH_DEADLINE]))
            .order_by(EntryRow.position)
        ).scalars()
        return tuple(_entry(row) for row in rows)

    def ahead(self, entry: Entry) -> int:
        """Return how many people wait before the person of `entry`; 0 once the wait is over."""
        if entry.state is not State.WAITING:
            return 0
        return int(
            self._session.execute(
                select(func.count())
                .select_from(EntryRow)
                .where(EntryRow.pool_id == self._row(entry.reference).pool_id)
                .where(EntryRow.state == State.WAITING.value, EntryRow.position < entry.position)
            ).scalar_one()
        )

    def add(self, entry: Entry, pool_id: int) -> None:
        """Add a new entry to a pool."""
        row = EntryRow(pool_id=pool_id, reference=entry.reference, entered_at=entry.entered_at)
        row.submitted_at = entry.entered_at
        _fill(row, entry)
        self._session.add(row)
        self._session.flush()
        index_person(self._session, row.id, entry.name, entry.email)

    def save(self, entry: Entry) -> None:
        """Write back a changed entry."""
        row = self._row(entry.reference)
        is_renamed = (row.name, row.email) != (entry.name, entry.email)
        _fill(row, entry)
        self._session.flush()
        if is_renamed:
            index_person(self._session, row.id, entry.name, entry.email)

    def replace_submission(self, entry: Entry, now: datetime) -> None:
        """Write back an entry with a new submission, and keep the one that it replaces."""
        row = self._row(entry.reference)
        former = {name: getattr(row, name) for name in _SUBMITTED}
        self._session.add(EarlierSubmissionRow(entry_id=row.id, **former))
        row.submitted_at = now
        self.save(entry)

    def earlier_submissions(self, reference: str) -> tuple[EarlierSubmission, ...]:
        """Return the submissions that later ones replaced, oldest first."""
        rows = self._session.execute(
            select(EarlierSubmissionRow)
            .where(EarlierSubmissionRow.entry_id == self._row(reference).id)
            .order_by(EarlierSubmissionRow.id)
        ).scalars()
        return tuple(_earlier(row) for row in rows)

    def erase_earlier(self, reference: str) -> int:
        """Empty the replaced submissions of one person; return how many."""
        return self._empty(EarlierSubmissionRow.entry_id == self._row(reference).id)

    def erase_earlier_of_conversation(self, conversation_id: str) -> int:
        """Empty the replaced submissions that were sent in one conversation; return how many."""
        return self._empty(EarlierSubmissionRow.conversation_id == conversation_id)

    def _empty(self, condition: Any) -> int:
        result = self._session.execute(
            update(EarlierSubmissionRow)
            .where(condition, EarlierSubmissionRow.email.is_not(None))
            .values(dict.fromkeys(PERSONAL_FIELDS))
            .execution_options(synchronize_session=False)
        )
        return int(result.rowcount)

    def _row(self, reference: str) -> EntryRow:
        row: EntryRow | None = self._session.execute(
            select(EntryRow).where(EntryRow.reference == reference)
        ).scalar_one_or_none()
        if row is None:
            raise EntryNotFound(reference)
        return row

    def _first(self, query: Any) -> Entry | None:
        row = self._session.execute(query.limit(1)).scalar_one_or_none()
        return _entry(row) if row else None


def _fill(row: EntryRow, entry: Entry) -> None:
    for name in ("position", "deadline", "reviewed", "outcome", "changed_at", "erased_at"):
        setattr(row, name, getattr(entry, name))
    for name in PERSONAL_FIELDS:
        setattr(row, name, getattr(entry, name))
    row.state = entry.state.value
    row.email_key = None if entry.email is None else hash_of_email(entry.email)
    row.consent_version = entry.consent.version
    row.consent_text = entry.consent.text
    row.consent_given_at = entry.consent.given_at
    row.consent_channel = entry.consent.channel


def _entry(row: EntryRow) -> Entry:
    return Entry(
        reference=row.reference,
        program=row.pool.program,
        season=row.pool.season,
        position=row.position,
        state=State(row.state),
        deadline=row.deadline,
        reviewed=row.reviewed,
        outcome=row.outcome,
        entered_at=row.entered_at,
        changed_at=row.changed_at,
        erased_at=row.erased_at,
        consent=_consent(row),
        **{name: getattr(row, name) for name in PERSONAL_FIELDS},
    )


def _earlier(row: EarlierSubmissionRow) -> EarlierSubmission:
    return EarlierSubmission(
        position=row.position,
        submitted_at=row.submitted_at,
        outcome=row.outcome,
        consent=_consent(row),
        **{name: getattr(row, name) for name in PERSONAL_FIELDS},
    )


def _consent(row: SubmittedColumns) -> Consent:
    return Consent(
        version=row.consent_version,
        text=row.consent_text,
        given_at=row.consent_given_at,
        channel=row.consent_channel,
    )
