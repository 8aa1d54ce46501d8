"""Every naughty string, said to the trained bot through its channel: answered, kept harmless."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import AsyncIterator, Iterator

import pytest
from rasa.core.agent import Agent
from rasa.core.tracker_store import FailSafeTrackerStore
from sqlalchemy import inspect, select
from sqlalchemy.engine import Engine

from actions.services import Services
from bot.channels.cleaning import MAX_CHARACTERS, clean
from bot.database import open_engine
from bot.transcripts.events_table import events
from tests.channels.server import Client, serving
from tests.dialogue.naughty_strings import STRINGS

IN_A_CONVERSATION = 25
WAYS = {
    "outside a form": ("hello", STRINGS),
    "inside a form": ("check if I qualify", STRINGS[::3]),
}


@pytest.fixture
def engine(services: Services) -> Iterator[Engine]:
    opened = open_engine(services.settings.database_url)
    yield opened
    opened.dispose()


@pytest.fixture
async def client(agent: Agent, services: Services, engine: Engine) -> AsyncIterator[Client]:
    """A browser before the trained bot."""
    store, endpoint = agent.tracker_store, agent.action_endpoint
    agent.tracker_store = agent.processor.tracker_store = FailSafeTrackerStore(store)
    generous = {"messages_per_minute": 10_000, "sessions_per_hour": 10_000}
    values = dataclasses.replace(services.settings, **generous)
    async with serving(agent, values, engine, actions_package="actions") as browser:
        yield browser
    agent.tracker_store = agent.processor.tracker_store = store
    agent.action_endpoint = agent.processor.action_endpoint = endpoint


@pytest.mark.parametrize(("beginning", "strings"), WAYS.values(), ids=WAYS)
async def test_every_string_is_answered_and_none_is_stored_as_a_danger(
    client: Client,
    engine: Engine,
    caplog: pytest.LogCaptureFixture,
    beginning: str,
    strings: list[str],
    services: Services,
) -> None:
    secrets = (str(7 * 191), services.settings.secret_key, "root:x:0:0")
    unanswered, said = [], []
    with caplog.at_level(logging.WARNING):
        for start in range(0, len(strings), IN_A_CONVERSATION):
            await client.begin()
            await client.say(beginning)
            for text in strings[start : start + IN_A_CONVERSATION]:
                answer = await client.say(text)
                said += answer.texts if answer.status == 200 else []
                if answer.status != 200 or not any(answer.texts):
                    unanswered.append(text)
    assert unanswered == []
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert [text for text in said if any(secret in text for secret in secrets)] == []
    assert dangers_stored(engine) == []


def dangers_stored(engine: Engine) -> list[str]:
    """Return stored texts that a terminal, PostgreSQL or a spreadsheet would trip over."""
    found = []
    with engine.begin() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                found += [
                    f"{table}: {value[:80]!r}"
                    for value in row
                    if isinstance(value, str) and clean(value) != value.strip()
                ]
        said = connection.execute(select(events.c.data).where(events.c.type_name == "user"))
        found += [data[:80] for data in said.scalars() if len(data) > 40 * MAX_CHARACTERS]
        typed = select(events.c.data).where(
            events.c.type_name == "user", events.c.data.like('%"text": "/%')
        )
        found += [data[:80] for data in connection.execute(typed).scalars()]
    return found
