"""The audit log: one chain whatever writes to it, and no change goes unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError

from bot.audit import AuditLog, Filters, Head, verify
from bot.audit.chain import Line, chained, check
from bot.cli.main import main
from bot.database import open_engine
from tests.unit.waiting_list.samples import DATABASES, NOON, HandSetClock, empty_database


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with empty_database(request.param, tmp_path) as engine:
        yield engine


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock()


@pytest.fixture
def log(engine: Engine, clock: HandSetClock) -> AuditLog:
    return AuditLog(engine, clock)


def write(log: AuditLog, lines: int) -> None:
    for number in range(lines):
        log.record("eva", "lead.view", f"IEC-{number:04}", {"page": number})


def without_triggers(engine: Engine, *statements: str) -> None:
    """Change the log as somebody with all rights on the database could."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for name in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER audit_lines_no_{name}"))
        else:
            connection.execute(text("DROP TRIGGER audit_lines_no_change ON audit_lines"))
        for statement in statements:
            connection.execute(text(statement))


def test_lines_come_back_newest_first_page_by_page(log: AuditLog, clock: HandSetClock) -> None:
    write(log, 3)
    clock.forward(hours=1)
    log.record("max", "lead.export", "IEC-0001", {"rows": 1, "filter": "state=waiting"})
    assert [line.number for line in log.lines(per_page=3)] == [4, 3, 2]
    assert [line.number for line in log.lines(page=2, per_page=3)] == [1]
    newest = log.lines()[0]
    assert (newest.who, newest.action, newest.at) == (
        "max",
        "lead.export",
        NOON + timedelta(hours=1),
    )
    assert newest.details == {"rows": 1, "filter": "state=waiting"}
    assert list(log.export()) == list(reversed(log.lines()))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(who="eva"), [3, 2, 1]),
        (Filters(subject="IEC-0001"), [4, 2]),
        (Filters(action="lead.export"), [4]),
        (Filters(since=NOON + timedelta(minutes=1)), [4]),
        (Filters(until=NOON + timedelta(minutes=1)), [3, 2, 1]),
        (Filters(who="eva", action="lead.export"), []),
    ],
)
def test_lines_are_filtered_and_counted(
    log: AuditLog, clock: HandSetClock, filters: Filters, expected: list[int]
) -> None:
    write(log, 3)
    clock.forward(hours=1)
    log.record("max", "lead.export", "IEC-0001")
    assert [line.number for line in log.lines(filters)] == expected
    assert log.count(filters) == len(expected)


@pytest.mark.parametrize("database", DATABASES)
def test_many_writers_at_once_keep_one_chain(database: str, tmp_path: Path) -> None:
    with empty_database(database, tmp_path) as engine:

        def writer(number: int) -> None:
            log = AuditLog(engine)  # also the first writers, and the making of the tables, race
            for turn in range(10):
                log.record(f"staff{number}", "lead.view", f"IEC-{turn}")

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(writer, range(8)))
        verdict = verify(engine)
        assert (verdict.problem, verdict.head.number) == (None, 80)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_lines SET who = 'max'", "DELETE FROM audit_lines"]
)
def test_the_database_itself_refuses_to_change_lines(
    engine: Engine, log: AuditLog, statement: str
) -> None:
    write(log, 2)
    with pytest.raises(DatabaseError, match="takes new lines only"), engine.begin() as connection:
        connection.execute(text(statement))
    assert verify(engine).holds


@pytest.mark.parametrize(
    ("statement", "problem", "line"),
    [
        ("UPDATE audit_lines SET who = 'max' WHERE number = 3", "line 3 was changed", 3),
        ("UPDATE audit_lines SET details = '{}' WHERE number = 2", "line 2 was changed", 2),
        ("DELETE FROM audit_lines WHERE number = 2", "line 2 is missing", 2),
        ("DELETE FROM audit_lines WHERE number = 1", "line 1 is missing", 1),
        ("DELETE FROM audit_lines WHERE number > 3", "the log was cut off before line 4", 4),
        ("DELETE FROM audit_lines", "the log was cut off before line 1", 1),
        (
            "UPDATE audit_lines SET number = -number",
            "line 1 is missing",
            1,
        ),
    ],
)
def test_the_first_line_that_was_tampered_with_is_named(
    engine: Engine, log: AuditLog, statement: str, problem: str, line: int
) -> None:
    write(log, 5)
    without_triggers(engine, statement)
    verdict = verify(engine)
    assert (verdict.problem, verdict.first_broken) == (problem, line)


def test_an_end_cut_off_together_with_its_anchor_shows_against_a_noted_head(
    engine: Engine, log: AuditLog
) -> None:
    write(log, 5)
    noted = verify(engine).head
    third = list(log.export())[2]
    without_triggers(
        engine,
        "DELETE FROM audit_lines WHERE number > 3",
        f"UPDATE audit_head SET number = 3, hash = '{third.hash}'",
    )
    assert verify(engine).holds
    assert verify(engine, noted).problem == "the log was cut off before line 4"
    write(log, 2)
    assert verify(engine, noted).problem == "line 5 is not the one whose hash was noted"


def test_a_line_written_in_a_transaction_goes_with_it(engine: Engine, log: AuditLog) -> None:
    with engine.connect() as connection:
        log.record("eva", "lead.move", "IEC-0001", connection=connection)
        connection.rollback()
    assert (log.count(), verify(engine).holds) == (0, True)


@pytest.mark.parametrize(
    ("who", "action", "subject", "details"),
    [
        ("", "lead.view", "IEC-1", {}),
        ("eva", "Lead view!", "IEC-1", {}),
        ("eva", "lead.view", "zoe@example.org", {}),
        ("eva", "lead.view", "Zoé O'Hara", {}),
        ("eva", "lead.view", "IEC-1", {"email": "zoe@example.org"}),
        ("eva", "lead.view", "IEC-1", {"text": "x" * 201}),
        ("eva", "lead.view", "IEC-1", {"row": ["a"]}),
    ],
)
def test_what_looks_personal_is_refused(
    log: AuditLog, who: str, action: str, subject: str, details: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match="audit: "):
        log.record(who, action, subject, details)
    assert log.count() == 0


CENTURY = timedelta(days=36_525)
short = st.text(max_size=5)
a_line = st.tuples(short, short, short, st.dictionaries(short, st.integers() | short, max_size=2))
moments = st.timedeltas(min_value=timedelta(0)).map(lambda passed: NOON + min(passed, CENTURY))


def chain_of(
    contents: list[tuple[tuple[str, str, str, dict[str, object]], datetime]],
) -> list[Line]:
    head, lines = Head(), []
    for (who, action, subject, details), at in contents:
        lines.append(chained(head, at, who, action, subject, details))
        head = Head(lines[-1].number, lines[-1].hash)
    return lines


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(a_line, moments), min_size=2, max_size=6), st.data())
def test_whatever_is_changed_in_whatever_line_shows(contents, data) -> None:
    lines = chain_of(contents)
    assert check(lines).holds
    changes: dict[str, Callable[[Line], object]] = {
        "who": lambda line: line.who + "x",
        "action": lambda line: line.action + "x",
        "subject": lambda line: line.subject + "x",
        "details": lambda line: {**line.details, "more": 1},
        "at": lambda line: line.at + timedelta(microseconds=1),
        "hash": lambda line: line.hash[::-1] if line.hash != line.hash[::-1] else "0" * 64,
        "number": lambda line: line.number + 1,
    }
    place = data.draw(st.integers(0, len(lines) - 1))
    field = data.draw(st.sampled_from(sorted(changes)))
    line = lines[place]
    lines[place] = Line(**vars(line) | {field: changes[field](line)})
    assert check(lines).first_broken == line.number


def test_the_command_prints_the_head_and_fails_on_a_changed_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.settings import settings as current

    monkeypatch.setenv("IEC_DATABASE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    current.cache_clear()
    try:
        assert main(["audit", "verify"]) == 0
        engine = open_engine(current().database_url)
        write(AuditLog(engine), 2)
        assert main(["audit", "list", "--subject", "IEC-0001"]) == 0
        assert main(["audit", "export"]) == 0
        printed = capsys.readouterr().out.splitlines()
        assert "lead.view  IEC-0001  page=1" in printed[1]
        assert len(printed) == 4
        assert main(["audit", "verify", "--head", str(verify(engine).head)]) == 0
        without_triggers(engine, "UPDATE audit_lines SET who = 'x' WHERE number = 1")
        assert main(["audit", "verify"]) == 1
        assert capsys.readouterr().out.endswith("BROKEN: line 1 was changed.\n")
    finally:
        current.cache_clear()
