"""What happened to an entry or a pool: who, when, why. Lines are added, never changed.

The one exception is an erasure, which empties the remarks that staff typed about that person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.waiting_list.entry import SYSTEM, State, json_values
from bot.waiting_list.tables import EntryRow, HistoryRow

ERASED_REMARK = "(erased)"


class Event(str, Enum):
    """Kinds of steps."""

    APPLIED = "applied"
    APPLIED_AGAIN = "applied_again"
    UPDATED = "updated"
    MOVED = "moved"
    REVIEWED = "reviewed"
    NOTED = "noted"
    ERASED = "erased"
    POOL_SET = "pool_set"


@dataclass(frozen=True)
class HistoryLine:
    """One step. `reference` is None when the step concerns the pool as a whole."""

    reference: str | None
    at: datetime
    by: str
    event: Event
    from_state: State | None = None
    to_state: State | None = None
    position: int | None = None
    deadline: datetime | None = None
    reason: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the line as JSON values."""
        values: dict[str, Any] = json_values(asdict(self))
        return values


class History:
    """The history inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, line: HistoryLine, pool_id: int) -> None:
        """Append `line` to the history of the pool and of the entry that it names."""
        entry_id = select(EntryRow.id).where(EntryRow.reference == line.reference)
        self._session.add(
            HistoryRow(
                pool_id=pool_id,
                entry_id=self._session.execute(entry_id).scalar_one() if line.reference else None,
                at=line.at,
                by=line.by,
                event=line.event.value,
                from_state=line.from_state.value if line.from_state else None,
                to_state=line.to_state.value if line.to_state else None,
                position=line.position,
                deadline=line.deadline,
                reason=line.reason,
            )
        )
        self._session.flush()

    def of_entry(self, reference: str) -> tuple[HistoryLine, ...]:
        """Return the steps of one entry, oldest first."""
        return self._lines(EntryRow.reference == reference)

    def of_pool(self, pool_id: int) -> tuple[HistoryLine, ...]:
        """Return the steps of a pool and of all its entries, oldest first."""
        return self._lines(HistoryRow.pool_id == pool_id)

    def erase_remarks(self, reference: str) -> None:
        """Empty what staff typed as reasons for the steps of one entry."""
        entry_id = select(EntryRow.id).where(EntryRow.reference == reference).scalar_subquery()
        self._session.execute(
            update(HistoryRow)
            .where(HistoryRow.entry_id == entry_id)
            .where(HistoryRow.reason.is_not(None), HistoryRow.by != SYSTEM)
            .values(reason=ERASED_REMARK)
            .execution_options(synchronize_session=False)
        )

    def _lines(self, condition: Any) -> tuple[HistoryLine, ...]:
        rows: Iterable[Any] = self._session.execute(
            select(HistoryRow, EntryRow.reference)
            .outerjoin(EntryRow, EntryRow.id == HistoryRow.entry_id)
            .where(condition)
            .order_by(HistoryRow.id)
        )
        return tuple(_line(row, reference) for row, reference in rows)


def _line(row: HistoryRow, reference: str | None) -> HistoryLine:
    return HistoryLine(
        reference=reference,
        at=row.at,
        by=row.by,
        event=Event(row.event),
        from_state=State(row.from_state) if row.from_state else None,
        to_state=State(row.to_state) if row.to_state else None,
        position=row.position,
        deadline=row.deadline,
        reason=row.reason,
    )
