"""The web channel before a real Rasa agent with a real, tiny model."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.run import configure_app, create_http_input_channels, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic
from sqlalchemy.engine import Engine

from bot.channels.in_process_actions import InProcessActions, compile_result_check
from bot.channels.switched_off import SwitchedOff
from bot.channels.web import WebChannel
from bot.channels.wording import WORDING
from bot.model_signature import sign
from bot.settings import PROJECT_ROOT, Settings, settings
from bot.tracking.store import GuardedTrackerStore
from tests.channels.server import Client, running, serving
from tests.channels.tiny_bot import train_tiny_bot

ID = "6f1c1e1e-0c5b-4d0e-9b57-6f2f6d3c1a11"
ACTIONS = "tests.channels.tiny_bot.actions"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    configure_structlog(logging.DEBUG)
    return train_tiny_bot(tmp_path_factory.mktemp("tiny_bot"))


@pytest.fixture
def agent(model: Path, engine: Engine) -> Agent:
    return Agent.load(model, tracker_store=GuardedTrackerStore(Domain.empty(), engine=engine))


@pytest.fixture
async def visitor(agent: Agent, values: Settings, engine: Engine) -> AsyncIterator[Client]:
    async with serving(agent, values, engine, actions_package=ACTIONS) as client:
        yield client


@pytest.fixture
def broken() -> Iterator[None]:
    from tests.channels.tiny_bot.actions import BROKEN

    BROKEN.set()
    yield
    BROKEN.clear()


async def test_a_conversation_runs_and_outlives_the_server(
    visitor: Client, model: Path, values: Settings, engine: Engine
) -> None:
    assert (await visitor.request("GET", "/ready")).status == 200
    hello = await visitor.say("hello")
    assert hello.texts == ["Hello.", "What now?"]
    assert (await visitor.say("/greet", key="payload")).body == hello.body
    assert (await visitor.say("something else")).texts == ["I did not understand."]
    store = GuardedTrackerStore(Domain.empty(), engine=engine)
    restarted = Agent.load(model, tracker_store=store)
    async with serving(restarted, values, engine, actions_package=ACTIONS) as later:
        later.token = visitor.token
        assert (await later.say("/greet", key="payload")).texts == [WORDING["command"]]
        assert (await later.say("hello")).body == hello.body
        said = [(said["speaker"], said["text"]) for said in await later.history()]
    assert said == [
        ("visitor", "hello"),
        ("assistant", "Hello."),
        ("assistant", "What now?"),
        ("visitor", "Hello again"),
        ("assistant", "Hello."),
        ("assistant", "What now?"),
        ("visitor", "something else"),
        ("assistant", "I did not understand."),
        ("visitor", "hello"),
        ("assistant", "Hello."),
        ("assistant", "What now?"),
    ]


async def test_synchronous_actions_leave_the_event_loop_free(visitor: Client) -> None:
    assert (await visitor.say("where")).texts == ["in a thread"]


async def test_an_action_that_refuses_lets_rasa_choose_another(visitor: Client) -> None:
    assert (await visitor.say("refuse")).texts == ["I did not understand."]


async def test_an_action_that_raises_undoes_the_turn(
    visitor: Client, broken: None, request: pytest.FixtureRequest
) -> None:
    from tests.channels.tiny_bot.actions import BROKEN

    failed = await visitor.say("boom", ID)
    assert (failed.status, failed.json["error"]) == (503, "failed")
    assert await visitor.history() == []
    BROKEN.clear()
    assert (await visitor.say("boom", ID)).texts == ["all is well"]
    assert len(await visitor.history()) == 2


async def test_actions_cannot_change_rasas_domain(visitor: Client) -> None:
    await visitor.say("meddle")
    assert (await visitor.say("hello")).texts == ["Hello.", "What now?"]


async def test_a_visitor_under_18_leaves_no_words_and_can_go_on(
    visitor: Client, engine: Engine
) -> None:
    await visitor.say("hello")
    assert (await visitor.say("sixteen")).texts == ["Come back at 18."]
    assert (await visitor.say("hello")).texts == ["Hello.", "What now?"]
    assert [said["text"] for said in await visitor.history()] == ["Hello.", "What now?"]


async def test_a_visitor_who_wants_to_be_forgotten_starts_from_nothing(visitor: Client) -> None:
    await visitor.say("hello", ID)
    assert (await visitor.say("forget")).texts == ["Deleted."]
    assert await visitor.history() == []
    assert (await visitor.say("hello", ID)).texts == [WORDING["forgotten"]]
    assert (await visitor.say("hello")).texts == ["Hello.", "What now?"]
    assert len(await visitor.history()) == 3


async def test_rasa_logs_no_words_of_the_visitor(
    visitor: Client,
    broken: None,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level(logging.DEBUG):
        await visitor.say("hello, I am Jeanne")
        await visitor.say("boom, says Jeanne")
    printed = capsys.readouterr()
    assert "action_tiny_boom failed: KeyError" in caplog.text
    assert "Jeanne" not in caplog.text + printed.out + printed.err


async def test_the_server_is_not_ready_while_an_action_is_missing(
    agent: Agent, values: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InProcessActions, "missing_actions", lambda *_: ["action_nobody_wrote"])
    async with serving(agent, values, engine, actions_package=ACTIONS) as visitor:
        answer = await visitor.request("GET", "/ready")
    assert (answer.status, answer.json["actions"]) == (503, False)


def test_missing_actions_are_found(agent: Agent) -> None:
    actions = InProcessActions(ACTIONS)
    assert actions.missing_actions(agent.domain) == []
    more = Domain.from_dict({"actions": ["action_nobody_wrote"], "responses": {"utter_x": []}})
    assert actions.missing_actions(more) == ["action_nobody_wrote"]


async def test_rasa_loads_our_channel_and_store_by_the_projects_own_files(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Sanic, "_app_registry", {})
    sign(model, settings().secret_key)
    channel, *others = create_http_input_channels(None, str(PROJECT_ROOT / "credentials.yml"))
    assert isinstance(channel, WebChannel)
    assert [type(other) for other in others] == [SwitchedOff] * 4
    monkeypatch.setattr(channel, "_actions_package", ACTIONS)
    endpoints = AvailableEndpoints.read_endpoints(str(PROJECT_ROOT / "endpoints.yml"))
    app = configure_app([channel, *others], enable_api=False, endpoints=endpoints)
    load = partial(load_agent_on_start, str(model), endpoints, None)
    app.register_listener(load, "before_server_start")
    async with running(app) as base, aiohttp.ClientSession() as http:
        visitor = Client(http, base)
        assert (await visitor.request("GET", "/ready")).status == 200
        assert b"IEC assistant" in (await visitor.request("GET", "/")).body
        await visitor.begin()
        assert (await visitor.say("hello")).texts == ["Hello.", "What now?"]
        assert len(await visitor.history()) == 3


@pytest.mark.parametrize("answer", [{"events": "none"}, {"events": [{"event": "slot"}]}, []])
def test_the_compiled_check_still_refuses_a_wrong_answer_of_an_action(answer: Any) -> None:
    compile_result_check()
    action = RemoteAction("action_tiny_where", None)
    assert action._validate_action_result({"events": [], "responses": [{"text": "hello"}]})
    with pytest.raises(ValidationError):
        action._validate_action_result(answer)
