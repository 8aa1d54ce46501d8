"""Messages to applicants, written in the same transaction as the step that they tell of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.waiting_list.entry import json_values
from bot.waiting_list.letters import Letter
from bot.waiting_list.tables import EntryRow, MessageRow


class Status(str, Enum):
    """How far a message has come."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Message:
    """A letter and what became of it. Recipient, subject and body are None once erased."""

    id: int
    reference: str
    kind: str
    recipient: str | None
    subject: str | None
    body: str | None
    status: Status
    created_at: datetime
    attempts: int
    sent_at: datetime | None
    last_error: str | None

    @property
    def name(self) -> str:
        """The name of the message, the same at every attempt to send it."""
        return f"{self.reference}-{self.id:06d}-{self.kind}"

    def as_dict(self) -> dict[str, Any]:
        """Return the message as JSON values."""
        values: dict[str, Any] = json_values(asdict(self))
        return values


class Outbox:
    """The messages inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, letter: Letter, now: datetime) -> None:
        """Put `letter` in the queue."""
        entry_id = select(EntryRow.id).where(EntryRow.reference == letter.reference)
        self._session.add(
            MessageRow(
                entry_id=self._session.execute(entry_id).scalar_one(),
                kind=letter.kind.value,
                recipient=letter.recipient,
                subject=letter.subject,
                body=letter.body,
                status=Status.PENDING.value,
                created_at=now,
                attempts=0,
                next_attempt_at=now,
            )
        )
        self._session.flush()

    def of_entry(self, reference: str) -> tuple[Message, ...]:
        """Return the messages to one person, oldest first."""
        rows = self._session.execute(
            select(MessageRow)
            .join(MessageRow.entry)
            .where(EntryRow.reference == reference)
            .order_by(MessageRow.id)
        ).scalars()
        return tuple(_message(row) for row in rows)

    def claim(self, now: datetime, until: datetime) -> Message | None:
        """Return the oldest message that is due, not to be claimed again before `until`."""
        row = self._session.execute(
            select(MessageRow)
            .where(MessageRow.status == Status.PENDING.value, MessageRow.next_attempt_at <= now)
            .order_by(MessageRow.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=MessageRow)
        ).scalar_one_or_none()
        if row is None:
            return None
        row.attempts += 1
        row.next_attempt_at = until
        self._session.flush()
        return _message(row)

    def close(self, message: Message, status: Status, now: datetime, error: str | None) -> bool:
        """Record how a claimed message ended; return False if it was cancelled meanwhile."""
        row = self._locked(message)
        if row.status == Status.CANCELLED.value:
            return False
        row.status = status.value
        row.sent_at = now if status is Status.SENT else None
        row.last_error = error
        return True

    def postpone(self, message: Message, until: datetime, error: str) -> None:
        """Record a failed attempt; the next one is not made before `until`."""
        row = self._locked(message)
        row.next_attempt_at = until
        row.last_error = error

    def erase(self, reference: str) -> tuple[int, int]:
        """Empty all messages to one person and cancel the unsent; return both numbers."""
        entry_id = select(EntryRow.id).where(EntryRow.reference == reference).scalar_subquery()
        mine = MessageRow.entry_id == entry_id
        unsent = MessageRow.status == Status.PENDING.value
        emptied = self._session.execute(
            update(MessageRow)
            .where(mine, MessageRow.recipient.is_not(None))
            .values(recipient=None, subject=None, body=None)
            .execution_options(synchronize_session=False)
        ).rowcount
        cancelled = self._session.execute(
            update(MessageRow)
            .where(mine, unsent)
            .values(status=Status.CANCELLED.value)
            .execution_options(synchronize_session=False)
        ).rowcount
        return emptied, cancelled

    def counts(self) -> dict[Status, int]:
        """Return how many messages there are in each status."""
        rows = self._session.execute(
            select(MessageRow.status, func.count()).group_by(MessageRow.status)
        )
        return {Status(status): number for status, number in rows}

    def _locked(self, message: Message) -> MessageRow:
        row: MessageRow = self._session.execute(
            select(MessageRow)
            .where(MessageRow.id == message.id)
            .with_for_update(of=MessageRow)
            .execution_options(populate_existing=True)
        ).scalar_one()
        return row


def _message(row: MessageRow) -> Message:
    return Message(
        id=row.id,
        reference=row.entry.reference,
        kind=row.kind,
        recipient=row.recipient,
        subject=row.subject,
        body=row.body,
        status=Status(row.status),
        created_at=row.created_at,
        attempts=row.attempts,
        sent_at=row.sent_at,
        last_error=row.last_error,
    )
