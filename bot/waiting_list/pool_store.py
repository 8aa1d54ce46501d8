"""Reading and writing pools inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.waiting_list.entry import State
from bot.waiting_list.errors import EntryNotFound, PoolNotFound
from bot.waiting_list.pool import Pool
from bot.waiting_list.tables import EntryRow, PoolRow


class PoolStore:
    """The pools, as one transaction sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ids(self) -> list[int]:
        """Return the ids of all pools, by program and season."""
        query = select(PoolRow.id).order_by(PoolRow.program, PoolRow.season)
        return list(self._session.execute(query).scalars())

    def id_of(self, program: str, season: str) -> int:
        """Return the id of a pool.

        Raises:
            PoolNotFound: there is none.
        """
        found: int | None = self._session.execute(
            select(PoolRow.id).where(PoolRow.program == program, PoolRow.season == season)
        ).scalar_one_or_none()
        if found is None:
            raise PoolNotFound(program, season)
        return found

    def id_of_entry(self, reference: str) -> int:
        """Return the id of the pool that an entry is in. It never changes.

        Raises:
            EntryNotFound: there is no such entry.
        """
        found: int | None = self._session.execute(
            select(EntryRow.pool_id).where(EntryRow.reference == reference)
        ).scalar_one_or_none()
        if found is None:
            raise EntryNotFound(reference)
        return found

    def lock(self, pool_ids: Iterable[int]) -> None:
        """Hold these pools until the end of the transaction, locked in the order of their ids."""
        self._session.execute(
            select(PoolRow)
            .where(PoolRow.id.in_(list(pool_ids)))
            .order_by(PoolRow.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).scalars().all()

    def get(self, pool_id: int) -> Pool:
        """Return a pool with the number of its entries in each state."""
        row = self._session.get(PoolRow, pool_id)
        counts = self._session.execute(
            select(EntryRow.state, func.count())
            .where(EntryRow.pool_id == pool_id)
            .group_by(EntryRow.state)
        )
        return Pool(
            program=row.program,
            season=row.season,
            quota=row.quota,
            opens_at=row.opens_at,
            counts={State(state): number for state, number in counts},
        )

    def add(self, program: str, season: str, quota: int, opens_at: datetime | None) -> int:
        """Create a pool, unless somebody else just did; return its id."""
        row = PoolRow(
            program=program, season=season, quota=quota, opens_at=opens_at, last_position=0
        )
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            return self.id_of(program, season)
        return int(row.id)

    def change(self, pool_id: int, quota: int, opens_at: datetime | None) -> None:
        """Set the quota and the opening time of a pool."""
        row = self._session.get(PoolRow, pool_id)
        row.quota, row.opens_at = quota, opens_at
        self._session.flush()

    def take_position(self, pool_id: int) -> int:
        """Return the next position of a locked pool. None is ever given twice."""
        row = self._session.get(PoolRow, pool_id)
        row.last_position += 1
        return int(row.last_position)
