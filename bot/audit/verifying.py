"""Checking that the stored log is as it was written."""

from __future__ import annotations

from sqlalchemy import inspect, select
from sqlalchemy.engine import Engine

from bot.audit.chain import Head, Verdict, check
from bot.audit.log import read_all
from bot.audit.tables import audit_head, audit_lines
from bot.database import for_reading


def verify(engine: Engine, noted: Head | None = None) -> Verdict:
    """Check every line, the end of the log, and that it still holds the head `noted` earlier.

    The verdict names the first line that is not as it was written. A log that was written anew
    from some line on is consistent in itself: only a head noted outside of the database shows it.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    with for_reading(engine).begin() as connection:
        if not inspect(connection).has_table(audit_lines.name):
            return Verdict(Head(), "there is no audit log" if noted and noted.number else None)
        row = connection.execute(select(audit_head)).one_or_none()
        lines = list(read_all(connection))
    stored = Head(row.number, row.hash) if row else Head()
    verdict = check(lines)
    if not verdict.holds:
        return verdict
    if verdict.head.number < stored.number:
        number = verdict.head.number + 1
        return Verdict(verdict.head, f"the log was cut off before line {number}", number)
    if verdict.head != stored:
        return Verdict(verdict.head, "the end of the log is not the one that was written")
    if noted is None or noted.number == 0:
        return verdict
    if noted.number > verdict.head.number:
        number = verdict.head.number + 1
        return Verdict(verdict.head, f"the log was cut off before line {number}", number)
    if lines[noted.number - 1].hash != noted.hash:
        problem = f"line {noted.number} is not the one whose hash was noted"
        return Verdict(verdict.head, problem, noted.number)
    return verdict
