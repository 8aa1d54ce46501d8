"""A person of the team in a web conversation: the assistant keeps quiet, nothing is lost."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.engine import Engine

from bot.channels.tokens import Tokens
from bot.handover import HandoverDesk
from bot.handover.request import NOTICE, TAKEN, WITH_ASSISTANT
from bot.mailroom.forgetting import forget_conversation
from bot.settings import Settings
from tests.channels.server import Client, Says, ScriptedAgent, serving


async def offers(text: str) -> Says:
    return [{"text": "Choose.", "buttons": [{"title": "Check me", "payload": "/start"}]}]


@pytest.fixture
def agent(engine: Engine) -> ScriptedAgent:
    return ScriptedAgent(engine, offers)


@pytest.fixture
def desk(engine: Engine) -> HandoverDesk:
    return HandoverDesk(engine)


@pytest.fixture
async def visitor(agent: ScriptedAgent, values: Settings, engine: Engine) -> AsyncIterator[Client]:
    async with serving(agent, values, engine) as client:
        await client.say("hello")
        yield client


@pytest.fixture
def conversation_id(visitor: Client, values: Settings) -> str:
    return Tokens(values.secret_key, "web").conversation_id(visitor.token)


@pytest.fixture
def taken(desk: HandoverDesk, conversation_id: str) -> HandoverDesk:
    desk.ask(conversation_id, "web")
    desk.take(conversation_id, "eva")
    return desk


async def awaits_person(visitor: Client) -> bool:
    headers = {"Authorization": f"Bearer {visitor.token}"}
    answer = await visitor.request("GET", "/chat/history", headers=headers)
    return answer.json.get("with_person", False)


async def test_while_it_waits_the_assistant_answers_and_the_widget_looks_for_the_team(
    visitor: Client, desk: HandoverDesk, conversation_id: str
) -> None:
    assert not await awaits_person(visitor)
    desk.ask(conversation_id, "web")
    assert await awaits_person(visitor)
    (line,) = (await visitor.say("hello")).lines
    assert (line["text"], line["with_person"]) == ("Choose.", True)


async def test_the_assistant_keeps_quiet_and_the_visitor_is_told_once(
    visitor: Client, agent: ScriptedAgent, taken: HandoverDesk
) -> None:
    heard = list(agent.heard)
    answers = [(await visitor.say(text)).texts for text in ("Hello?", "My visa", "Anybody?")]
    assert answers == [[NOTICE], [], []]
    assert agent.heard == heard


async def test_the_same_message_sent_again_gets_the_same_answer(
    visitor: Client, taken: HandoverDesk
) -> None:
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    answers = [(await visitor.say("Hello?", each)).texts for each in (first, first, second, second)]
    assert answers == [[NOTICE], [NOTICE], [], []]


async def test_both_sides_stand_in_the_history_in_order_and_no_name_of_staff(
    visitor: Client, taken: HandoverDesk, conversation_id: str
) -> None:
    await visitor.say("/start", key="payload")
    taken.answer(conversation_id, "eva", "How can I help?\n\nPlease say more.", "form-1")
    await visitor.say("Hello?")
    said = await visitor.history()
    assert [(each["speaker"], each["text"]) for each in said] == [
        ("visitor", "hello"),
        ("assistant", "Choose."),
        ("assistant", TAKEN),
        ("visitor", "Check me"),
        ("assistant", NOTICE),
        ("staff", "How can I help?\n\nPlease say more."),
        ("visitor", "Hello?"),
    ]
    assert said[5]["message_id"] == "staff-form-1"
    assert "eva" not in str(said)


async def test_the_assistant_answers_again_when_the_visitor_asks_for_it(
    visitor: Client, taken: HandoverDesk
) -> None:
    assert (await visitor.say("back to the assistant")).texts == [WITH_ASSISTANT]
    assert not await awaits_person(visitor)
    assert (await visitor.say("hello")).texts == ["Choose."]


async def test_the_assistant_answers_again_when_staff_hand_back(
    visitor: Client, taken: HandoverDesk, conversation_id: str
) -> None:
    taken.hand_back(conversation_id, "eva")
    assert (await visitor.say("hello")).texts == ["Choose."]


async def test_card_numbers_do_not_reach_the_person_either(
    visitor: Client, taken: HandoverDesk
) -> None:
    await visitor.say("my card is 4111 1111 1111 1111")
    assert "4111" not in str(await visitor.history())


async def test_what_was_said_to_a_person_is_forgotten_with_the_conversation(
    visitor: Client, taken: HandoverDesk, conversation_id: str, engine: Engine
) -> None:
    await visitor.say("Hello?")
    forget_conversation(engine, conversation_id)
    assert await visitor.history() == []
    assert not await awaits_person(visitor)
