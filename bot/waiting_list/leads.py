"""The people on the lists as a table for staff: filtered, sorted, a page at a time.

Rows are found by columns that one index holds, and only then read: the answers and decisions of a
hundred thousand people are large, and a table shows none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from math import ceil
from typing import Any

from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session

from bot.database import for_reading
from bot.waiting_list.entry import NEEDS_REVIEW, Entry, State, version_of
from bot.waiting_list.entry_store import EntryStore
from bot.waiting_list.reference import normal_reference
from bot.waiting_list.search import matches
from bot.waiting_list.sql_store import Engine
from bot.waiting_list.tables import EntryRow, PoolRow

PAGE_SIZE = 50
_BATCH = 500


class Sort(str, Enum):
    """What the table can be sorted by. Names are not among it: they are kept encrypted."""

    POSITION = "position"
    SINCE = "since"
    DEADLINE = "deadline"
    STATE = "state"
    OUTCOME = "outcome"
    COUNTRY = "country"


_COLUMNS: Mapping[Sort, tuple[Any, ...]] = {
    Sort.POSITION: (),
    Sort.SINCE: (EntryRow.entered_at,),
    Sort.DEADLINE: (EntryRow.deadline,),
    Sort.STATE: (EntryRow.state,),
    Sort.OUTCOME: (EntryRow.outcome,),
    Sort.COUNTRY: (EntryRow.nationality,),
}


@dataclass(frozen=True)
class LeadFilter:
    """Which people to show; what is empty filters nothing. Both days are included, in UTC."""

    program: str = ""
    season: str = ""
    state: State | None = None
    outcome: str = ""
    country: str = ""
    since: date | None = None
    until: date | None = None
    needs_review: bool = False
    words: str = ""


@dataclass(frozen=True)
class Lead:
    """One line of the table."""

    reference: str
    program: str
    season: str
    position: int
    state: State
    outcome: str
    reviewed: bool
    name: str | None
    nationality: str | None
    entered_at: datetime
    changed_at: datetime
    deadline: datetime | None
    erased_at: datetime | None

    @property
    def version(self) -> str:
        """The same as the entry's."""
        return version_of(self.state, self.changed_at)


@dataclass(frozen=True)
class LeadPage:
    """A page of the table, and how much there is in all."""

    leads: tuple[Lead, ...]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, ceil(self.total / PAGE_SIZE))


class Leads:
    """The table over one database. Every method raises SQLAlchemyError when the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = for_reading(engine)

    def page(
        self,
        wanted: LeadFilter,
        sort: Sort = Sort.POSITION,
        *,
        descending: bool = False,
        number: int = 1,
    ) -> LeadPage:
        """Return page `number`, the last one if there are fewer."""
        with self._session() as session:
            conditions = _conditions(session, wanted)
            count = select(func.count()).select_from(EntryRow).where(*conditions)
            page = LeadPage((), int(session.execute(count).scalar_one()), number)
            number = min(max(1, number), page.pages)
            ids = _slice(session, conditions, _order(sort, descending), page.total, number)
            return LeadPage(_leads(session, ids), page.total, number)

    def ids(
        self, wanted: LeadFilter, sort: Sort = Sort.POSITION, *, descending: bool = False
    ) -> list[int]:
        """Return the ids of all the people of a filter, in order, for `entries`."""
        with self._session() as session:
            query = _ids(_conditions(session, wanted), _order(sort, descending))
            return list(session.execute(query).scalars())

    def entries(self, ids: Sequence[int]) -> Iterator[Entry]:
        """Yield the entries with these `ids`; no transaction stays open between batches."""
        for first in range(0, len(ids), _BATCH):
            with self._session() as session:
                batch = EntryStore(session).by_ids(ids[first : first + _BATCH])
            yield from batch

    def countries(self) -> tuple[str, ...]:
        """Return the nationalities that occur, in the order of their codes."""
        query = select(EntryRow.nationality).distinct().order_by(EntryRow.nationality)
        with self._session() as session:
            return tuple(filter(None, session.execute(query).scalars()))

    def _session(self) -> Session:
        return Session(self._engine, future=True)


def _conditions(session: Session, wanted: LeadFilter) -> list[Any]:
    conditions: list[Any] = []
    if wanted.program or wanted.season:
        pools = select(PoolRow.id)
        if wanted.program:
            pools = pools.where(PoolRow.program == wanted.program)
        if wanted.season:
            pools = pools.where(PoolRow.season == wanted.season)
        conditions.append(EntryRow.pool_id.in_(list(session.execute(pools).scalars())))
    if wanted.state:
        conditions.append(EntryRow.state == wanted.state.value)
    if wanted.outcome:
        conditions.append(EntryRow.outcome == wanted.outcome)
    if wanted.country:
        conditions.append(EntryRow.nationality == wanted.country)
    if wanted.needs_review:
        conditions.append(EntryRow.state == State.WAITING.value)
        conditions.append(EntryRow.outcome == NEEDS_REVIEW)
        conditions.append(not_(EntryRow.reviewed))
    if wanted.since:
        conditions.append(EntryRow.entered_at >= _start(wanted.since))
    if wanted.until and wanted.until < date.max:
        conditions.append(EntryRow.entered_at < _start(wanted.until + timedelta(days=1)))
    if wanted.words:
        conditions.append(_found(session, wanted.words))
    return conditions


def _found(session: Session, words: str) -> Any:
    """Return the condition for a reference code, or else for words of a name or an address."""
    coded = EntryRow.reference == normal_reference(words)
    known = session.execute(select(EntryRow.id).where(coded)).first() is not None
    return coded if known else matches(words)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.utc)


def _slice(
    session: Session,
    conditions: list[Any],
    order: list[tuple[Any, bool]],
    total: int,
    number: int,
) -> list[int]:
    """Return the ids of one page, counted from the end that is nearer."""
    first = (number - 1) * PAGE_SIZE
    size = min(PAGE_SIZE, total - first)
    if first <= total / 2:
        query = _ids(conditions, order).limit(size).offset(first)
        return list(session.execute(query).scalars())
    backwards = [(column, not falling) for column, falling in order]
    query = _ids(conditions, backwards).limit(size).offset(total - first - size)
    return list(session.execute(query).scalars())[::-1]


def _order(sort: Sort, descending: bool) -> list[tuple[Any, bool]]:
    """Return the columns to sort by, each with whether it falls; no two people are equal in all."""
    order = [
        (column, descending) for column in (*_COLUMNS[sort], EntryRow.pool_id, EntryRow.position)
    ]
    return [(EntryRow.deadline.is_(None), False), *order] if sort is Sort.DEADLINE else order


def _ids(conditions: list[Any], order: list[tuple[Any, bool]]) -> Any:
    falling = (column.desc() if falls else column for column, falls in order)
    return select(EntryRow.id).where(*conditions).order_by(*falling)


def _leads(session: Session, ids: Sequence[int]) -> tuple[Lead, ...]:
    query = select(
        EntryRow.id,
        EntryRow.reference,
        PoolRow.program,
        PoolRow.season,
        EntryRow.position,
        EntryRow.state,
        EntryRow.outcome,
        EntryRow.reviewed,
        EntryRow.name,
        EntryRow.nationality,
        EntryRow.entered_at,
        EntryRow.changed_at,
        EntryRow.deadline,
        EntryRow.erased_at,
    ).join_from(EntryRow, PoolRow)
    found = {}
    for row in session.execute(query.where(EntryRow.id.in_(ids))):
        values = dict(row._mapping)
        del values["id"]
        found[row.id] = Lead(**values | {"state": State(row.state)})
    return tuple(found[id_] for id_ in ids if id_ in found)
