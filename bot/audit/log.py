"""Writing and reading the audit log."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Engine, Row

from bot.audit.chain import Head, Line, chained, written
from bot.audit.tables import audit_head, audit_lines, audit_metadata
from bot.clock import Clock, system_clock
from bot.database import create_tables, for_reading

_WHO = re.compile(r"[^\x00-\x1f\x7f]{1,120}")
_ACTION = re.compile(r"[a-z][a-z0-9_.]{0,63}")
_SUBJECT = re.compile(r"[A-Za-z0-9_.:/*+=-]{1,255}")
_LONGEST_DETAIL = 200
_BEFORE_ALL = -(2**31)  # also before a line whose number somebody made negative


@dataclass(frozen=True)
class Filters:
    """Which lines to return; None asks for no filter. `until` itself is not included."""

    who: str | None = None
    action: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class AuditLog:
    """The log of one database; any number of processes may write to it at once."""

    def __init__(self, engine: Engine, clock: Clock = system_clock) -> None:
        self._engine = engine
        self._clock = clock
        create_tables(engine, audit_metadata)

    def record(
        self,
        who: str,
        action: str,
        subject: str,
        details: Mapping[str, Any] | None = None,
        connection: Connection | None = None,
    ) -> Line:
        """Append a line, within the transaction of `connection` if one is given.

        `subject` is a reference code, a conversation id or a page. Names and e-mail addresses never
        come in here, as nothing can be taken out again.

        Raises:
            ValueError: a value has the wrong shape, or looks like an e-mail address.
            sqlalchemy.exc.SQLAlchemyError: the database does not answer; nothing was written.
        """
        kept = _checked(who, action, subject, details or {})
        with nullcontext(connection) if connection else self._engine.begin() as writing:
            line = chained(_locked_head(writing), self._clock(), who, action, subject, kept)
            writing.execute(insert(audit_lines).values(_row(line)))
            writing.execute(update(audit_head).values(number=line.number, hash=line.hash))
        return line

    def lines(
        self, filters: Filters = Filters(), page: int = 1, per_page: int = 50
    ) -> tuple[Line, ...]:
        """Return a page of the lines that match, the newest first."""
        query = (
            select(audit_lines)
            .where(*_conditions(filters))
            .order_by(audit_lines.c.number.desc())
            .limit(per_page)
            .offset((page - 1) * per_page)
        )
        with for_reading(self._engine).begin() as connection:
            return tuple(line_of(row) for row in connection.execute(query))

    def count(self, filters: Filters = Filters()) -> int:
        """Return how many lines match."""
        query = select(func.count()).select_from(audit_lines).where(*_conditions(filters))
        with for_reading(self._engine).begin() as connection:
            return int(connection.execute(query).scalar_one())

    def export(self) -> Iterator[Line]:
        """Return every line, the oldest first."""
        with for_reading(self._engine).begin() as connection:
            yield from read_all(connection)


def read_all(connection: Connection) -> Iterator[Line]:
    """Return every line in the order of the chain, a thousand at a time."""
    after = _BEFORE_ALL
    while True:
        query = (
            select(audit_lines)
            .where(audit_lines.c.number > after)
            .order_by(audit_lines.c.number)
            .limit(1000)
        )
        lines = [line_of(row) for row in connection.execute(query)]
        yield from lines
        if not lines:
            return
        after = lines[-1].number


def line_of(row: Row) -> Line:
    """Return the line that `row` keeps."""
    values = dict(row._mapping)
    at, details = datetime.fromisoformat(values.pop("at")), json.loads(values.pop("details"))
    return Line(at=at, details=details, **values)


def _row(line: Line) -> dict[str, Any]:
    return vars(line) | {"at": written(line.at), "details": json.dumps(line.details)}


def _locked_head(connection: Connection) -> Head:
    """Return the head; no other writer can read it before this transaction ends."""
    if connection.dialect.name == "postgresql":
        # The row may not exist yet, and then two first writers would have nothing to wait for.
        connection.exec_driver_sql("LOCK TABLE audit_head IN EXCLUSIVE MODE")
    row = connection.execute(select(audit_head)).one_or_none()
    if row is None:
        connection.execute(insert(audit_head).values(id=1, **vars(Head())))
        return Head()
    return Head(row.number, row.hash)


def _conditions(filters: Filters) -> list[Any]:
    column = audit_lines.c
    wanted = {"who": filters.who, "action": filters.action, "subject": filters.subject}
    conditions = [column[name] == value for name, value in wanted.items() if value]
    if filters.since:
        conditions.append(column.at >= written(filters.since))
    if filters.until:
        conditions.append(column.at < written(filters.until))
    return conditions


def _checked(who: str, action: str, subject: str, details: Mapping[str, Any]) -> dict[str, Any]:
    for name, value, shape in (
        ("who", who, _WHO),
        ("action", action, _ACTION),
        ("subject", subject, _SUBJECT),
    ):
        if not shape.fullmatch(value):
            raise ValueError(f"audit: {name} has the wrong shape")
    for name, value in details.items():
        if not isinstance(value, (bool, int, str, type(None))):
            raise ValueError(f"audit: {name} must be a text, a number, a yes or no, or nothing")
        if isinstance(value, str) and ("@" in value or len(value) > _LONGEST_DETAIL):
            raise ValueError(f"audit: {name} is too long or looks like an e-mail address")
    return dict(details)
