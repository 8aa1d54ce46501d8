"""What the tests of the waiting list share: a clock that is set by hand, people, databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from bot.database import open_engine
from bot.waiting_list import Consent, State, Submission, WaitingList
from bot.waiting_list.migrations import upgrade
from tests.conftest_postgres import postgres_database

NOON = datetime(2023, 1, 16, 12, 0, tzinfo=timezone.utc)
PROGRAM, SEASON = "ro_working_holiday", "2023"
DATABASES = ["sqlite", "postgresql"]
STEPS = (State.CONTACTED, State.MEETING, State.ACCEPTED, State.INVOICED, State.REGISTERED)


class HandSetClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration: float) -> None:
        self.now += timedelta(**duration)


def submission(email: str = "zoe@example.org", **changes: Any) -> Submission:
    """Return a submission of a qualified person, with the changes asked for."""
    values: dict[str, Any] = {
        "program": PROGRAM,
        "season": SEASON,
        "name": "Zoé O'Hara",
        "email": email,
        "outcome": "qualified",
        "nationality": "FR",
        "answers": {"age": 24, "nationalities": ["FR"]},
        "decision": {"outcome": "qualified", "findings": []},
        "conversation_id": "web-1",
        "consent": Consent("1", "I agree.", NOON, "web"),
    }
    return Submission(**values | changes)


@contextmanager
def migrated_database(kind: str, folder: Path) -> Iterator[Engine]:
    """Yield an engine on a new database with the tables of the waiting list."""
    with empty_database(kind, folder) as engine:
        upgrade(engine)
        yield engine


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[Engine]:
    """Yield an engine on a new empty database."""
    if kind == "postgresql":
        with postgres_database() as engine:
            yield engine
        return
    engine = open_engine(f"sqlite:///{folder / 'waiting_list.db'}")
    yield engine
    engine.dispose()


def join(waiting_list: WaitingList, *names: str, **changes: Any) -> list[str]:
    """Put people on the list; return their references."""
    return [
        waiting_list.submit(submission(f"{name}@example.org", **changes), f"key-{name}").reference
        for name in names
    ]


def advance(waiting_list: WaitingList, reference: str, to: State, **last: Any) -> None:
    """Move somebody who waits step by step to `to`; `last` belongs to the last step."""
    for state in STEPS[: STEPS.index(to) + 1]:
        reason = {"reason": "test"} if state is State.CONTACTED else {}
        waiting_list.move(reference, state, "eva", **reason | (last if state is to else {}))


def states(waiting_list: WaitingList) -> dict[str, str]:
    """Return the state of everybody whose data are kept, by the first part of their address."""
    return {
        entry.email.split("@")[0]: entry.state.value
        for entry in waiting_list.entries()
        if entry.email
    }
