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
from tests.console.people import People, fill
from tests.unit.waiting_list.samples import HandSetClock

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
STAFF = {Role.READER: "rita", Role.REVIEWER: "rob", Role.ADMINISTRATOR: "ada"}


def copied(original: Settings, folder: Path) -> Settings:
    """Return settings for a copy of a database."""
    name = f"sqlite:///{folder / 'iec.db'}"
    with (
        closing(sqlite3.connect(original.database_url.removeprefix("sqlite:///"))) as source,
        closing(sqlite3.connect(folder / "iec.db")) as copy,
    ):
        source.backup(copy)
    return replace(original, data_dir=folder, database_url=name)


def services_on(values: Settings, clock: HandSetClock, passwords: Passwords) -> Services:
    """Return services on a database that has its tables."""
    engine = open_engine(values.database_url)
    return Services(
        settings=values,
        engine=engine,
        clock=clock,
        office=open_office(engine, clock, passwords),
        waiting_list=WaitingList(engine, clock, mail_dir=values.mail_dir),
        audit=AuditLog(engine, clock),
    )


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """Argon2, so cheap that tests can afford it."""
    return Passwords(QUICK)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, passwords: Passwords) -> Settings:
    """Settings whose database has all tables, and the accounts of `STAFF`."""
    folder = tmp_path_factory.mktemp("console")
    values = read_settings({"IEC_DATA_DIR": str(folder), "IEC_SECRET_KEY": "k" * 40})
    open_services(values, HandSetClock()).engine.dispose()
    services = services_on(values, HandSetClock(), passwords)
    for role, name in STAFF.items():
        employ(services, name, role)
    services.engine.dispose()
    return values


@pytest.fixture(scope="session")
def peopled(
    furnished: Settings, passwords: Passwords, tmp_path_factory: pytest.TempPathFactory
) -> People:
    """The same with people on the list, in every state."""
    values = copied(furnished, tmp_path_factory.mktemp("people"))
    clock = HandSetClock()
    services = services_on(values, clock, passwords)
    references = fill(services, clock)
    services.engine.dispose()
    return People(values, references, clock.now)


@pytest.fixture
def original(furnished: Settings) -> Settings:
    """What the database of a test is copied from."""
    return furnished


@pytest.fixture
def clock() -> HandSetClock:
    return HandSetClock()


@pytest.fixture
def services(
    original: Settings, passwords: Passwords, clock: HandSetClock, tmp_path: Path
) -> Iterator[Services]:
    services = services_on(copied(original, tmp_path), clock, passwords)
    yield services
    services.engine.dispose()


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
