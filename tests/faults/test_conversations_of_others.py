"""Nobody reads, continues or rates a conversation that was not given to him."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator

import pytest
from itsdangerous import TimestampSigner, URLSafeSerializer, URLSafeTimedSerializer
from sqlalchemy.engine import Engine

from bot.channels.tokens import Tokens
from bot.settings import Settings
from tests.channels.conftest import engine, values
from tests.channels.server import Answer, Client, ScriptedAgent, serving

__all__ = ["engine", "values"]

OURS = "a key of the tests"
SECRET = "I am Jeanne and I was refused a visa"
CALLS = {
    ("GET", "/chat/history"): None,
    ("POST", "/chat/messages"): {"message_id": str(uuid.uuid4()), "text": "go on"},
    ("POST", "/chat/feedback"): {"message_id": str(uuid.uuid4()), "verdict": "up"},
}
NEEDS_NO_TOKEN = {("POST", "/chat/session")}


@pytest.fixture
def agent(engine: Engine) -> ScriptedAgent:
    return ScriptedAgent(engine)


@pytest.fixture
async def victim(agent: ScriptedAgent, values: Settings, engine: Engine) -> AsyncIterator[Client]:
    async with serving(agent, values, engine) as client:
        await client.say(SECRET)
        yield client


async def call(client: Client, method: str, path: str, token: str, **options: object) -> Answer:
    body = CALLS[method, path]
    headers = {"Authorization": f"Bearer {token}"}
    data = None if body is None else json.dumps(body).encode()
    return await client.request(method, path, data=data, headers=headers, **options)


def forged(conversation_id: str, token: str) -> dict[str, str]:
    """Return tokens that somebody could try who knows the conversation's id, or its token."""
    payload, stamp, signature = token.rsplit(".", 2)
    other = Tokens(OURS, "web").new().rsplit(".", 2)
    return {
        "none": "",
        "the id itself": conversation_id,
        "the id without a signature": payload,
        "the id in quotes": json.dumps(conversation_id),
        "a signature cut short": token[:-1],
        "a signature with a letter more": token + "A",
        "an empty signature": f"{payload}.{stamp}.",
        "another's signature": f"{payload}.{stamp}.{other[2]}",
        "another's time and signature": f"{payload}.{other[1]}.{other[2]}",
        "a later time": f"{payload}.{other[1][::-1]}.{signature}",
        "another key": dumps("another key", "web conversation", conversation_id),
        "our key for another purpose": dumps(OURS, "web feedback", conversation_id),
        "our key without a purpose": dumps(OURS, "itsdangerous", conversation_id),
        "our key for another channel": dumps(OURS, "telegram conversation", conversation_id),
        "a token that never ends": str(
            URLSafeSerializer(OURS, salt="web conversation").dumps(conversation_id)
        ),
        "a plain stamp": TimestampSigner(OURS, salt="web conversation")
        .sign(conversation_id)
        .decode(),
        "no key": dumps("", "web conversation", conversation_id),
        "not a token": "\udcff null () [] {}".encode("utf-8", "ignore").decode(),
        "very long": "A" * 6_000,
    }


def dumps(key: str, salt: str, conversation_id: str) -> str:
    return str(URLSafeTimedSerializer(key, salt=salt).dumps(conversation_id))


async def test_no_forged_token_opens_a_conversation_at_any_address(
    victim: Client, agent: ScriptedAgent
) -> None:
    conversation_id = Tokens(OURS, "web").conversation_id(victim.token)
    opened = []
    for name, token in forged(conversation_id, victim.token).items():
        for method, path in CALLS:
            answer = await call(victim, method, path, token)
            if answer.status != 401 or SECRET in answer.body.decode():
                opened.append((name, method, path, answer.status))
    assert opened == []
    assert agent.heard == [SECRET]


async def test_every_address_of_the_chat_that_needs_a_token_is_tried() -> None:
    from tests.faults.fuzzing import public_routes

    of_the_chat = {route for route in public_routes() if route[1].startswith("/chat/")}
    assert of_the_chat - NEEDS_NO_TOKEN == set(CALLS)


@pytest.mark.parametrize("place", ["query", "cookie", "header", "body"])
async def test_naming_anothers_conversation_beside_ones_own_token_changes_nothing(
    victim: Client, agent: ScriptedAgent, place: str
) -> None:
    stolen, conversation_id = victim.token, Tokens(OURS, "web").conversation_id(victim.token)
    await victim.begin()
    names = ("sender", "sender_id", "session_id", "conversation_id", "token", "user")
    claim = dict.fromkeys(names, conversation_id) | {"access_token": stolen}
    options: dict[str, object] = {}
    if place == "query":
        options["params"] = claim
    elif place == "cookie":
        options["cookies"] = claim
    elif place == "header":
        options["headers"] = {f"X-{name.replace('_', '-')}": value for name, value in claim.items()}
    headers = {"Authorization": f"Bearer {victim.token}", **options.pop("headers", {})}  # type: ignore[dict-item]
    message = {"message_id": str(uuid.uuid4()), "text": "hello"}
    if place == "body":
        message |= claim
    answer = await victim.request(
        "POST", "/chat/messages", data=json.dumps(message).encode(), headers=headers, **options
    )
    assert answer.texts == ["You said: hello"]
    history = await victim.request("GET", "/chat/history", headers=headers, **options)
    assert [said["text"] for said in history.json["messages"]] == ["hello", "You said: hello"]
    victim.token = stolen
    assert [said["text"] for said in await victim.history()] == [SECRET, f"You said: {SECRET}"]


async def test_a_token_is_taken_from_the_authorization_header_only(victim: Client) -> None:
    for options in (
        {"params": {"token": victim.token, "access_token": victim.token}},
        {"cookies": {"token": victim.token, "session": victim.token}},
        {"headers": {"X-Token": victim.token}},
    ):
        answer = await victim.request("GET", "/chat/history", **options)
        assert answer.status == 401


async def test_conversation_ids_and_tokens_cannot_be_guessed_from_one_another(
    victim: Client,
) -> None:
    tokens = Tokens(OURS, "web")
    ids = set()
    for _ in range(50):
        await victim.begin()
        ids.add(tokens.conversation_id(victim.token))
    versions = {uuid.UUID(conversation_id.removeprefix("web-")).version for conversation_id in ids}
    assert (len(ids), versions) == (50, {4})


async def test_answers_that_belong_to_one_visitor_are_kept_by_no_cache(victim: Client) -> None:
    for method, path in CALLS:
        answer = await call(victim, method, path, victim.token)
        assert answer.headers["Cache-Control"] == "no-store"
