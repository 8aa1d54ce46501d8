"""What the visitor meets when something behind the web channel breaks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.channels import guarded
from bot.channels.in_process_actions import ActionFailed
from bot.channels.wording import WORDING
from bot.settings import Settings
from bot.tracking.safe_start import UnsafeStart
from bot.transcripts.events_table import events
from tests.channels.server import Client, Says, ScriptedAgent, echo, serving

ID = "6f1c1e1e-0c5b-4d0e-9b57-6f2f6d3c1a11"
SECRET = "jeanne@example.org"


@pytest.fixture
def engine(either_engine: Engine) -> Engine:
    """Every fault is tried on both kinds of database."""
    return either_engine


@pytest.fixture
def agent(engine: Engine) -> ScriptedAgent:
    return ScriptedAgent(engine)


@pytest.fixture
async def visitor(agent: ScriptedAgent, values: Settings, engine: Engine) -> AsyncIterator[Client]:
    async with serving(agent, values, engine) as client:
        yield client


@contextmanager
def failing_at(engine: Engine, beginning: str) -> Iterator[None]:
    """Let every statement that starts so fail, with what was to be stored in the message."""

    def refuse(*arguments: Any) -> None:
        statement, parameters = arguments[2:4]
        if statement.startswith(beginning):
            raise OperationalError(statement, parameters, Exception("the database is down"))

    event.listen(engine, "before_cursor_execute", refuse)
    yield
    event.remove(engine, "before_cursor_execute", refuse)


def stored_events(engine: Engine) -> int:
    with engine.begin() as connection:
        count: int = connection.execute(select(func.count()).select_from(events)).scalar_one()
    return count


async def raises(_: str) -> Says:
    raise KeyError(SECRET)


async def action_fails(_: str) -> Says:
    raise ActionFailed("action_submit_lead")


async def never_ends(_: str) -> Says:
    await asyncio.Event().wait()
    return []


@pytest.mark.parametrize("script", [raises, action_fails, never_ends])
async def test_a_failed_turn_is_told_leaves_nothing_and_can_be_repeated(
    visitor: Client,
    agent: ScriptedAgent,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    script: Any,
) -> None:
    agent.script = script
    with monkeypatch.context() as impatient:
        impatient.setattr(guarded, "TURN_SECONDS", 0.2)
        failed = await visitor.say(f"I am {SECRET}", ID)
    assert (failed.status, failed.json) == (503, {"error": "failed", "text": WORDING["failed"]})
    assert stored_events(engine) == 0
    agent.script = echo
    assert (await visitor.say("hello", ID)).texts == ["You said: hello"]
    assert len(await visitor.history()) == 2


@pytest.mark.parametrize(
    "beginning",
    ["SELECT inbox", "INSERT INTO inbox", "SELECT max(events", "INSERT INTO events"],
)
async def test_a_database_that_fails_before_the_turn_is_saved_undoes_the_turn(
    visitor: Client, agent: ScriptedAgent, engine: Engine, beginning: str
) -> None:
    with failing_at(engine, beginning):
        assert (await visitor.say("hello", ID)).json["error"] == "failed"
    assert stored_events(engine) == 0
    assert (await visitor.say("hello", ID)).texts == ["You said: hello"]
    assert len(await visitor.history()) == 2


async def test_a_turn_that_was_saved_without_its_reply_is_not_run_again(
    visitor: Client, agent: ScriptedAgent, engine: Engine
) -> None:
    with failing_at(engine, "UPDATE inbox_messages"):
        assert (await visitor.say("hello", ID)).status == 503
    assert (await visitor.say("hello", ID)).texts == ["You said: hello"]
    assert agent.heard == ["hello"]
    assert len(await visitor.history()) == 2


async def test_an_earlier_conversation_survives_a_failed_turn(
    visitor: Client, agent: ScriptedAgent
) -> None:
    await visitor.say("first")
    agent.script = raises
    await visitor.say("second")
    agent.script = echo
    await visitor.say("third")
    said = [said["text"] for said in await visitor.history() if said["speaker"] == "visitor"]
    assert said == ["first", "third"]


async def test_a_turn_goes_on_when_the_visitor_hangs_up(
    visitor: Client, agent: ScriptedAgent
) -> None:
    gate = asyncio.Event()

    async def slow(text: str) -> Says:
        await gate.wait()
        return [{"text": "done"}]

    agent.script = slow
    hung_up = asyncio.ensure_future(visitor.say("apply", ID))
    await asyncio.sleep(0.2)
    hung_up.cancel()
    await asyncio.sleep(0.1)
    gate.set()
    assert (await visitor.say("apply", ID)).texts == ["done"]
    assert agent.heard == ["apply"]


async def test_no_log_line_holds_what_the_visitor_wrote(
    visitor: Client,
    agent: ScriptedAgent,
    engine: Engine,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        await visitor.say(f"I am {SECRET}")
        agent.script = raises
        await visitor.say(f"I am {SECRET}")
        agent.script = echo
        with failing_at(engine, "INSERT INTO events"):
            await visitor.say(f"I am {SECRET}")
        await visitor.say("/" + SECRET)
        await visitor.post(SECRET.encode())
    assert len([record for record in caplog.records if "A turn of web-" in record.message]) == 2
    assert SECRET not in caplog.text


async def test_an_agent_without_a_model_is_refused_at_the_start(
    agent: ScriptedAgent, values: Settings, engine: Engine
) -> None:
    agent.processor = None
    with pytest.raises(UnsafeStart, match="model could not be loaded"):
        async with serving(agent, values, engine):
            pass


async def test_a_store_of_another_kind_is_refused_at_the_start(
    agent: ScriptedAgent, values: Settings, engine: Engine
) -> None:
    agent.tracker_store._tracker_store = object()
    with pytest.raises(UnsafeStart, match="tracker_store"):
        async with serving(agent, values, engine):
            pass
