"""What every room that stores something tells about it, so that no table is ever forgotten.

A room with tables has a module `keeping.py` with `KEEPERS`; it is found by that name, and a test
fails for every table that no keeper claims. All that a keeper of notes about applications needs:

    class Notes(Keeper):
        kind = "notes"
        tables = (notes.name,)

        def export(self, connection, person):
            return rows(connection, notes, notes.c.reference.in_(person.references))

        def erase(self, connection, person, now):
            return deleted(connection, notes, notes.c.reference.in_(person.references))

    KEEPERS = (Notes(), NothingPersonal("saved_views", why="names of filters, written by staff"))

Rows about conversations go by `person.conversations`. They are then also deleted when the time of
their conversation is over. Rows with a time of their own are deleted by `purge`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Table, delete, select
from sqlalchemy.engine import Connection

from bot.settings import Settings

JsonRow = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Everything by which what is stored about one person can be found."""

    emails: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    conversations: frozenset[str] = frozenset()

    def __or__(self, other: Person) -> Person:
        return Person(
            **{each.name: getattr(self, each.name) | getattr(other, each.name) for each in fields(self)}
        )

    def __bool__(self) -> bool:
        return bool(self.emails or self.references or self.conversations)


@dataclass(frozen=True)
class Cutoffs:
    """The moments before which each kind of data is deleted."""

    leads: datetime
    mails: datetime
    message_ids: datetime
    logs: datetime


class Keeper:
    """What one room keeps about people. Every method has a default for rooms without such data."""

    kind: str
    tables: tuple[str, ...]
    """The names of the tables that this keeper answers for."""

    def find(self, connection: Connection, person: Person) -> Person:
        """Return by what else the person is known here: `person` has an address, say."""
        return Person()

    def everybody(self, connection: Connection) -> Person:
        """Return all addresses, references and conversations that this keeper knows."""
        return Person()

    def last_seen(self, connection: Connection) -> Mapping[str, datetime]:
        """Return when something last happened in each conversation that is kept here."""
        return {}

    def export(self, connection: Connection, person: Person) -> Sequence[JsonRow]:
        """Return what is kept about the person, as JSON values."""
        return ()

    def erase(self, connection: Connection, person: Person, now: datetime) -> int:
        """Delete what is kept about the person; return the number of rows that were changed."""
        return 0

    def erase_files(self, settings: Settings, person: Person) -> int:
        """Delete files about the person once the database has let go; return how many."""
        return 0

    def purge(self, connection: Connection, cutoffs: Cutoffs, now: datetime) -> int:
        """Delete what is older than allowed and belongs to no conversation; return how many rows."""
        return 0

    def purge_files(self, settings: Settings, cutoffs: Cutoffs, *, dry_run: bool) -> int:
        """Delete files that are older than allowed; return how many there are."""
        return 0


class NothingPersonal(Keeper):
    """Claims tables that say nothing about a person, and says why."""

    def __init__(self, *tables: str, why: str) -> None:
        self.kind = tables[0]
        self.tables = tables
        self.why = why


def rows(connection: Connection, table: Table, condition: Any) -> list[JsonRow]:
    """Return the rows of `table` as JSON values, in the order of their keys."""
    found = connection.execute(select(table).where(condition).order_by(*table.primary_key))
    return [{name: _json_value(value) for name, value in row._mapping.items()} for row in found]


def deleted(connection: Connection, table: Table, condition: Any) -> int:
    """Delete rows of `table`; return how many."""
    return int(connection.execute(delete(table).where(condition)).rowcount)


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
