"""What every room that stores something tells about it, so that no table is ever forgotten.

A room with tables has a module `keeping.py` with `KEEPERS`; it is found by that name (`keepers()`),
and a test fails for every table that no keeper claims. A keeper of notes about applications:

    class Notes(Keeper):
        kind = "notes"
        tables = (notes,)

        def export(self, connection, person):
            return rows(connection, notes, notes.c.reference.in_(person.references))

        def erase(self, connection, person, now):
            return deleted(connection, notes, notes.c.reference.in_(person.references))

    KEEPERS = (
        Notes(),
        OfConversations("handovers", handovers, last=handovers.c.last_at),
        NothingPersonal(saved_views, why="filters that staff saved under a name"),
    )

What is erased by `person.conversations` is also deleted when the time of its conversation is over.
Rows with a time of their own are deleted by `purge`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, delete, func, inspect, select, type_coerce
from sqlalchemy.engine import Connection

from bot.database import UtcDateTime
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
            self.emails | other.emails,
            self.references | other.references,
            self.conversations | other.conversations,
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
    tables: tuple[Table, ...] = ()
    """The tables that this keeper answers for."""
    of_applicants = False
    """Whether the conversations known here are those of people on the waiting list."""

    @property
    def table_names(self) -> frozenset[str]:
        """The names of the tables."""
        return frozenset(table.name for table in self.tables)

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
        """Delete what is older than allowed and belongs to no conversation; return how many."""
        return 0

    def purge_files(self, settings: Settings, cutoffs: Cutoffs, *, dry_run: bool) -> int:
        """Delete files that are older than allowed; return how many there are."""
        return 0


class NothingPersonal(Keeper):
    """Claims tables that say nothing about an applicant, and says why."""

    def __init__(self, *tables: Table, why: str) -> None:
        self.kind = tables[0].name
        self.tables = tables
        self.why = why


class OfConversations(Keeper):
    """Tables whose rows belong to one conversation each, named in `conversation_id`.

    `last`: the column that says when something last happened in the conversation.
    """

    def __init__(self, kind: str, *tables: Table, last: Column | None = None) -> None:
        self.kind = kind
        self.tables = tables
        self._last = last

    def last_seen(self, connection: Connection) -> Mapping[str, datetime]:
        """Return the latest time in the column `last`."""
        if self._last is None:
            return {}
        conversation = self._last.table.c.conversation_id
        latest = func.max(type_coerce(self._last, UtcDateTime()))
        return dict(connection.execute(select(conversation, latest).group_by(conversation)).all())

    def export(self, connection: Connection, person: Person) -> Sequence[JsonRow]:
        """Return the rows of the conversations, each with the name of its table."""
        return [
            {"table": table.name} | row
            for table in self.tables
            for row in rows(connection, table, _of(table, person))
        ]

    def erase(self, connection: Connection, person: Person, now: datetime) -> int:
        """Delete the rows of the conversations."""
        return sum(deleted(connection, table, _of(table, person)) for table in self.tables)


@lru_cache(maxsize=1)
def keepers() -> tuple[Keeper, ...]:
    """Return the keepers of all rooms, in the order of the rooms' names reversed.

    The waiting list comes first: its writers lock their pools before anything else.
    """
    files = sorted(Path(__file__).parent.glob("*/keeping.py"), reverse=True)
    modules = [import_module(f"bot.{path.parent.name}.keeping") for path in files]
    return tuple(keeper for module in modules for keeper in module.KEEPERS)


def keepers_in(connection: Connection) -> Iterator[Keeper]:
    """Yield the keepers whose tables the database has."""
    present = set(inspect(connection).get_table_names())
    for keeper in keepers():
        if present >= keeper.table_names:
            yield keeper


def rows(connection: Connection, table: Table, condition: Any) -> list[JsonRow]:
    """Return the rows of `table` as JSON values, in the order of their keys."""
    found = connection.execute(select(table).where(condition).order_by(*table.primary_key))
    return [{name: _json_value(value) for name, value in row._mapping.items()} for row in found]


def deleted(connection: Connection, table: Table, condition: Any) -> int:
    """Delete rows of `table`; return how many."""
    return int(connection.execute(delete(table).where(condition)).rowcount)


def _of(table: Table, person: Person) -> Any:
    return table.c.conversation_id.in_(sorted(person.conversations))


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
