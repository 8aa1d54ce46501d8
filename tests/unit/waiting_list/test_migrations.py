"""The migrations make exactly the tables that the models describe."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from bot.clock import system_clock
from bot.encryption import encryption_check
from bot.settings import read_settings
from bot.waiting_list import WaitingList, open_waiting_list
from bot.waiting_list.errors import StoreError
from bot.waiting_list.migrations import VERSION_TABLE, alembic_config, upgrade
from bot.waiting_list.tables import Base
from tests.unit.waiting_list.samples import (
    DATABASES,
    PROGRAM,
    SEASON,
    HandSetClock,
    empty_database,
    join,
    migrated_database,
)


@pytest.fixture(params=DATABASES)
def empty(request: pytest.FixtureRequest, tmp_path: Path):
    with empty_database(request.param, tmp_path) as engine:
        yield engine


def ours(_object, name: str, kind: str, reflected: bool, _other) -> bool:
    return kind != "table" or name in Base.metadata.tables


def test_the_migrations_lead_from_nothing_to_the_models_and_back(empty) -> None:
    upgrade(empty)
    upgrade(empty)
    with empty.begin() as connection:
        options = {"compare_type": True, "include_object": ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    assert {"waiting_list_entry", VERSION_TABLE} <= set(inspect(empty).get_table_names())
    with empty.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    left = {VERSION_TABLE, encryption_check.name}
    assert set(inspect(empty).get_table_names()) == left


def test_tables_of_others_in_the_same_database_are_left_alone(empty) -> None:
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('theirs')"))
    upgrade(empty)
    with empty.begin() as connection:
        kept = connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
        assert list(kept) == ["theirs"]


@pytest.mark.parametrize("kind", DATABASES)
def test_the_database_itself_refuses_a_second_active_entry_of_a_person(kind, tmp_path) -> None:
    with migrated_database(kind, tmp_path) as engine:
        waiting_list = WaitingList(engine, HandSetClock())
        waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=5)
        join(waiting_list, "a", "b")
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text("UPDATE waiting_list_entry SET email_key = 'a@example.org'"))
        with engine.begin() as connection:
            connection.execute(
                text(
                    "UPDATE waiting_list_entry SET email_key = 'a@example.org', "
                    "state = 'lapsed' WHERE position = 2"
                )
            )


@pytest.mark.parametrize("kind", DATABASES)
def test_processes_that_start_together_make_one_set_of_pools(kind, tmp_path) -> None:
    with empty_database(kind, tmp_path) as engine:
        url = engine.url.render_as_string(hide_password=False)
        settings = read_settings({"IEC_DATA_DIR": str(tmp_path), "IEC_DATABASE_URL": url})
        errors: list[BaseException] = []

        def start() -> None:
            try:
                open_waiting_list(settings)
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=start) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        pools = WaitingList(engine, system_clock).pools()
        assert [(pool.program, pool.season, pool.quota) for pool in pools] == [
            ("international_coop", "2024", 50),
            ("ro_working_holiday", "2023", 50),
            ("ro_young_professional", "2023", 50),
        ]
        assert [pool.opens_at and pool.opens_at.isoformat() for pool in pools] == [
            None,
            "2022-11-29T18:00:00+00:00",
            "2022-11-29T18:00:00+00:00",
        ]


def test_opening_again_keeps_the_quota_that_staff_set(tmp_path: Path) -> None:
    settings = read_settings({"IEC_DATA_DIR": str(tmp_path), "IEC_RO_SEASON": "2024"})
    open_waiting_list(settings).set_pool("ro_working_holiday", "2024", "eva", quota=7)
    pools = open_waiting_list(settings).pools()
    assert [(pool.season, pool.quota, pool.opens_at) for pool in pools] == [
        ("2024", 50, None),
        ("2024", 7, None),
        ("2024", 50, None),
    ]


def test_a_database_that_cannot_be_reached_is_said_in_one_sentence(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'missing' / 'iec.db'}"
    settings = read_settings({"IEC_DATA_DIR": str(tmp_path), "IEC_DATABASE_URL": url})
    with pytest.raises(StoreError, match="IEC_DATABASE_URL cannot be used: unable to open"):
        open_waiting_list(settings)
