"""The console on a database of its own, with a clock set by hand and one account of each role."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette

from bot.audit import AuditLog
from bot.console.app import create_app
from bot.console.services import Services, open_services
from bot.database import open_engine
from bot.settings import Settings, read_settings
from bot.staff import Role, open_office
from bot.staff.passwords import Passwords
from bot.waiting_list import WaitingList
from tests.console.browsing import PASSWORD, Browser, employ
from tests.unit.waiting_list.samples import HandSetClock

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
STAFF = {Role.READER: "rita", Role.REVIEWER: "rob", Role.ADMINISTRATOR: "ada"}


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """Argon2, so cheap that tests can afford it."""
    return Passwords(QUICK)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, passwords: Passwords) -> Settings:
    """Settings whose database has all tables, and the accounts of `STAFF`."""
    folder = tmp_path_factory.mktemp("console")
    values = read_settings({"IEC_DATA_DIR": str(folder), "IEC_SECRET_KEY": "k" * 40})
    services = open_services(values, HandSetClock())
    services = replace(services, office=open_office(services.engine, HandSetClock(), passwords))
    for role, name in STAFF.items():
        employ(services, name, role)
    services.engine.dispose()
    return values


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock()


@pytest.fixture
def services(
    furnished: Settings, passwords: Passwords, clock: HandSetClock, tmp_path: Path
) -> Iterator[Services]:
    with (
        closing(sqlite3.connect(furnished.data_dir / "iec.db")) as original,
        closing(sqlite3.connect(tmp_path / "iec.db")) as copy,
    ):
        original.backup(copy)
    values = replace(furnished, data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'iec.db'}")
    engine = open_engine(values.database_url)
    yield Services(
        settings=values,
        engine=engine,
        clock=clock,
        office=open_office(engine, clock, passwords),
        waiting_list=WaitingList(engine, clock, mail_dir=values.mail_dir),
        audit=AuditLog(engine, clock),
    )
    engine.dispose()


@pytest.fixture
def waiting_list(services: Services) -> WaitingList:
    return services.waiting_list


@pytest.fixture
def app(services: Services) -> Starlette:
    return create_app(services)


@pytest.fixture
def browser(app: Starlette) -> Browser:
    """Nobody is signed in here."""
    return Browser(app)


@pytest.fixture
def signed_in(app: Starlette) -> Callable[[Role], Browser]:
    """Returns a browser in which the person of `STAFF` with this role is signed in."""

    def open_one(role: Role) -> Browser:
        browser = Browser(app)
        assert browser.sign_in(STAFF[role], PASSWORD).status_code == 303
        return browser

    return open_one


@pytest.fixture
def reader(signed_in: Callable[[Role], Browser]) -> Browser:
    return signed_in(Role.READER)


@pytest.fixture
def reviewer(signed_in: Callable[[Role], Browser]) -> Browser:
    return signed_in(Role.REVIEWER)


@pytest.fixture
def administrator(signed_in: Callable[[Role], Browser]) -> Browser:
    return signed_in(Role.ADMINISTRATOR)
