"""Filters of the leads page that staff keep under a name, for themselves or for all."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.engine import Engine

from bot.clock import Clock
from bot.console.tables import saved_views
from bot.database import for_reading

MOST = 50
LONGEST_NAME = 60


class ViewRefused(ValueError):
    """The view cannot be kept; the message may be shown."""


@dataclass(frozen=True)
class SavedView:
    """A named query of the leads page."""

    id: int
    owner: str
    name: str
    query: str
    shared: bool


class SavedViews:
    """The views on one database. Every method raises SQLAlchemyError when the database fails."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def of(self, owner: str) -> tuple[SavedView, ...]:
        """Return the views of `owner` and those that others share, by name."""
        table = saved_views.c
        query = (
            select(table.id, table.owner, table.name, table.query, table.shared)
            .where(or_(table.owner == owner, table.shared))
            .order_by(table.name, table.id)
        )
        with for_reading(self._engine).begin() as connection:
            return tuple(SavedView(**row._mapping) for row in connection.execute(query))

    def save(self, owner: str, name: str, query: str, *, shared: bool) -> None:
        """Keep a query under a name, in place of the owner's former view of that name.

        Raises:
            ViewRefused: there is no usable name, or the owner has too many views.
        """
        if not 1 <= len(name) <= LONGEST_NAME:
            raise ViewRefused(f"A name of 1 to {LONGEST_NAME} characters is needed.")
        with self._engine.begin() as connection:
            connection.execute(delete(saved_views).filter_by(owner=owner, name=name))
            own = connection.execute(select(saved_views.c.id).filter_by(owner=owner)).all()
            if len(own) >= MOST:
                raise ViewRefused(f"{MOST} views are the most. Delete one first.")
            values = {"owner": owner, "name": name, "query": query, "shared": shared}
            connection.execute(insert(saved_views).values(created_at=self._clock(), **values))

    def delete(self, owner: str, view_id: int) -> bool:
        """Delete a view of `owner`; return whether there was one."""
        with self._engine.begin() as connection:
            done = connection.execute(delete(saved_views).filter_by(owner=owner, id=view_id))
            return bool(done.rowcount)
