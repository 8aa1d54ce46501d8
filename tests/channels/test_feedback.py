"""Thumbs up and down: stored once a reply, shown in the history, deleted with the conversation."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.engine import Engine

from bot.mailroom import forget_conversation
from bot.settings import Settings
from bot.transcripts import read_feedback
from tests.channels.server import Answer, Client, ScriptedAgent, serving

ID = "6f1c1e1e-0c5b-4d0e-9b57-6f2f6d3c1a11"


@pytest.fixture
async def visitor(values: Settings, either_engine: Engine) -> AsyncIterator[Client]:
    async with serving(ScriptedAgent(either_engine), values, either_engine) as client:
        await client.say("hello", ID)
        yield client


async def rate(visitor: Client, **content: object) -> Answer:
    return await visitor.request(
        "POST",
        "/chat/feedback",
        data=json.dumps(content).encode(),
        headers={"Authorization": f"Bearer {visitor.token}"},
    )


async def test_the_latest_verdict_on_a_reply_stands_in_the_history(visitor: Client) -> None:
    for verdict in ("up", "up", "down"):
        answer = await rate(visitor, message_id=ID, verdict=verdict)
        assert (answer.status, answer.json) == (200, {"message_id": ID, "verdict": verdict})
    question, reply = await visitor.history()
    assert question["message_id"] == ID
    assert (reply["reply_to"], reply["feedback"]) == (ID, "down")


async def test_a_verdict_can_be_taken_back(visitor: Client) -> None:
    await rate(visitor, message_id=ID, verdict="up")
    assert (await rate(visitor, message_id=ID, verdict=None)).status == 200
    assert (await visitor.history())[1]["feedback"] is None


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ({}, 400, "bad_request"),
        ({"message_id": ID}, 400, "bad_request"),
        ({"message_id": ID, "verdict": "great"}, 400, "bad_request"),
        ({"message_id": ID, "verdict": ["up"]}, 400, "bad_request"),
        ({"message_id": "1", "verdict": "up"}, 400, "bad_request"),
        ({"message_id": ID.replace("6", "7"), "verdict": "up"}, 404, "no_such_message"),
    ],
)
async def test_feedback_on_nothing_is_refused(
    visitor: Client, content: dict[str, object], status: int, code: str
) -> None:
    answer = await rate(visitor, **content)
    assert (answer.status, answer.json["error"]) == (status, code)


async def test_nobody_can_rate_another_conversation(visitor: Client) -> None:
    await visitor.begin()
    assert (await rate(visitor, message_id=ID, verdict="up")).status == 404


async def test_deleting_a_conversation_deletes_its_feedback(
    visitor: Client, either_engine: Engine, values: Settings
) -> None:
    from bot.channels.tokens import Tokens

    conversation_id = Tokens(values.secret_key, "web").conversation_id(visitor.token)
    await rate(visitor, message_id=ID, verdict="down")
    assert read_feedback(either_engine, conversation_id) == {ID: "down"}
    forget_conversation(either_engine, conversation_id)
    assert read_feedback(either_engine, conversation_id) == {}
