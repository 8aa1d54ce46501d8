"""What the web channel promises to whoever calls it."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import re
import uuid
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.channels.tokens import LIFETIME, Tokens
from bot.channels.web import MAX_BODY_BYTES, SECURITY_HEADERS
from bot.channels.wording import WORDING
from bot.settings import Settings
from tests.channels.server import Client, Says, ScriptedAgent, serving

ID = "6f1c1e1e-0c5b-4d0e-9b57-6f2f6d3c1a11"
BUTTONS = [
    {"title": "Check me", "payload": "/start_prescreening"},
    {"title": "Fees", "payload": "How much does it cost?"},
]


async def offers(text: str) -> Says:
    """Offer buttons at "menu" only, else repeat what was said."""
    if text == "menu":
        return [{"text": "Choose:\n\nOne of these.", "buttons": BUTTONS}]
    return [{"text": f"You said: {text}"}]


@pytest.fixture
def agent(engine: Engine) -> ScriptedAgent:
    return ScriptedAgent(engine, offers)


@pytest.fixture
async def visitor(agent: ScriptedAgent, values: Settings, engine: Engine) -> AsyncIterator[Client]:
    async with serving(agent, values, engine) as client:
        yield client


def message(**fields: object) -> bytes:
    return json.dumps({"message_id": ID, "text": "hello"} | fields).encode()


async def test_a_card_number_never_reaches_the_assistant_and_the_visitor_is_told(
    visitor: Client, agent: ScriptedAgent
) -> None:
    for _ in ("sent", "sent again"):
        answer = await visitor.say("my card is 4111 1111 1111 1111", message_id=ID)
        assert answer.texts == [WORDING["number_removed"], "You said: my card is [number hidden]"]
    said = await visitor.history()
    assert "4111" not in json.dumps([*said])


async def test_a_message_is_answered_with_one_json_object_a_line(visitor: Client) -> None:
    answer = await visitor.say("menu")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/x-ndjson")
    assert answer.lines == [
        {"text": "Choose:", "buttons": []},
        {"text": "One of these.", "buttons": BUTTONS},
    ]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_request"),
        (b"not json", 400, "bad_request"),
        (b"\xff\xfe\x00", 400, "bad_request"),
        (b"[" * 5_000, 400, "bad_request"),
        (b"null", 400, "bad_request"),
        (b"[]", 400, "bad_request"),
        (b'"text"', 400, "bad_request"),
        (b'{"text": "hello"}', 400, "bad_request"),
        (message(message_id="1"), 400, "bad_request"),
        (message(message_id=1), 400, "bad_request"),
        (message(message_id=None), 400, "bad_request"),
        (message(text=None), 400, "bad_request"),
        (message(text=["hello"]), 400, "bad_request"),
        (message(payload="/greet"), 400, "bad_request"),
        (json.dumps({"message_id": ID}).encode(), 400, "bad_request"),
        (message(text="x" * MAX_BODY_BYTES), 413, "too_large"),
    ],
)
async def test_a_message_of_the_wrong_shape_is_refused_kindly(
    visitor: Client, agent: ScriptedAgent, body: bytes, status: int, code: str
) -> None:
    answer = await visitor.post(body)
    assert answer.status == status
    assert answer.json == {"error": code, "text": WORDING[code]}
    assert agent.heard == []


async def test_unknown_fields_are_ignored(visitor: Client) -> None:
    answer = await visitor.post(message(sender="somebody else", metadata={"under_age": True}))
    assert answer.texts == ["You said: hello"]


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        ("  hello  ", "hello"),
        ("nul \x00 byte", "nul  byte"),
        ("half a pair \ud83d", "half a pair"),
        ("bell\x07 escape\x1b[31m delete\x7f c1\x9b", "bell escape[31m delete c1"),
        ("two\r\nlines\tand tab", "two\nlines\tand tab"),
        ("Ünïcødé — 日本語 العربية 🇨🇦", "Ünïcødé — 日本語 العربية 🇨🇦"),
        ("<script>alert(1)</script> {slot} %s", "<script>alert(1)</script> {slot} %s"),
        ("x" * 2_000, "x" * 2_000),
    ],
)
async def test_any_text_arrives_clean_and_is_stored(
    visitor: Client, agent: ScriptedAgent, sent: str, heard: str
) -> None:
    answer = await visitor.say(sent)
    assert answer.status == 200
    assert agent.heard == [heard]
    assert (await visitor.history())[0]["text"] == heard


@pytest.mark.parametrize(
    ("sent", "wording"),
    [
        ("x" * 2_001, "too_long"),
        ("", "empty"),
        (" \x00\n ", "empty"),
        ("/restart", "command"),
        ('/inform{"age": 300}', "command"),
        ("  /greet", "command"),
        ("\x00/greet", "command"),
        ("/start_prescreening", "command"),
    ],
)
@pytest.mark.parametrize("key", ["text", "payload"])
async def test_what_the_assistant_must_not_read_is_answered_at_the_door(
    visitor: Client, agent: ScriptedAgent, sent: str, wording: str, key: str
) -> None:
    answer = await visitor.say(sent, key=key)
    assert (answer.status, answer.texts) == (200, [WORDING[wording]])
    assert agent.heard == []
    assert await visitor.history() == []


async def test_a_command_is_obeyed_only_as_a_payload_just_offered(
    visitor: Client, agent: ScriptedAgent
) -> None:
    await visitor.say("menu")
    await visitor.say("/start_prescreening", key="payload")
    assert agent.heard == ["menu", "/start_prescreening"]
    late = await visitor.say("/start_prescreening", key="payload")
    assert late.texts == [WORDING["command"]]
    assert agent.heard == ["menu", "/start_prescreening"]


async def test_a_refused_command_leaves_the_offered_buttons_in_place(
    visitor: Client, agent: ScriptedAgent
) -> None:
    await visitor.say("menu")
    refused = await visitor.say("/restart")
    assert refused.lines == [{"text": WORDING["command"], "buttons": BUTTONS}]
    await visitor.say("/start_prescreening", key="payload")
    assert agent.heard == ["menu", "/start_prescreening"]


async def test_what_one_conversation_was_offered_is_no_offer_to_another(visitor: Client) -> None:
    await visitor.say("menu")
    await visitor.begin()
    answer = await visitor.say("/start_prescreening", key="payload")
    assert answer.texts == [WORDING["command"]]


async def test_the_history_shows_both_sides_and_the_titles_of_buttons(visitor: Client) -> None:
    await visitor.say("menu")
    await visitor.say("/start_prescreening", key="payload")
    assert [(said["speaker"], said["text"]) for said in await visitor.history()] == [
        ("visitor", "menu"),
        ("assistant", "Choose:"),
        ("assistant", "One of these."),
        ("visitor", "Check me"),
        ("assistant", "You said: /start_prescreening"),
    ]


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("", "no_session"),
        ("forged", "no_session"),
        ("web-6f1c1e1e-0c5b-4d0e-9b57-6f2f6d3c1a11", "no_session"),
        (Tokens("another key", "web").new(), "no_session"),
        (Tokens("a key of the tests", "telegram").new(), "no_session"),
        (
            Tokens(
                "a key of the tests",
                "web",
                lambda: datetime.now(timezone.utc) - LIFETIME - timedelta(seconds=2),
            ).new(),
            "session_expired",
        ),
    ],
)
async def test_a_conversation_that_was_not_given_out_here_is_closed(
    visitor: Client, agent: ScriptedAgent, token: str, code: str
) -> None:
    answer = await visitor.post(message(), token)
    assert (answer.status, answer.json["error"]) == (401, code)
    visitor.token = token
    history = await visitor.request(
        "GET", "/chat/history", headers={"Authorization": f"Bearer {token}"}
    )
    assert (history.status, history.json["error"]) == (401, code)
    assert agent.heard == []


async def test_a_repeated_message_gets_the_stored_reply(
    visitor: Client, agent: ScriptedAgent
) -> None:
    first = await visitor.say("menu", ID)
    again = await visitor.say("menu", ID.upper())
    other_words = await visitor.say("other words, same id", ID)
    assert first.body == again.body == other_words.body
    assert agent.heard == ["menu"]


async def test_a_message_id_means_nothing_in_another_conversation(
    visitor: Client, agent: ScriptedAgent
) -> None:
    await visitor.say("mine", ID)
    await visitor.begin()
    theirs = await visitor.say("theirs", ID)
    assert theirs.texts == ["You said: theirs"]


async def test_repeats_during_the_turn_wait_for_its_reply(
    visitor: Client, agent: ScriptedAgent
) -> None:
    gate = asyncio.Event()

    async def slow(text: str) -> Says:
        await gate.wait()
        return [{"text": "done"}]

    agent.script = slow
    running = [asyncio.ensure_future(visitor.say("apply", ID)) for _ in range(5)]
    await asyncio.sleep(0.2)
    assert not any(task.done() for task in running)
    gate.set()
    assert [answer.texts for answer in await asyncio.gather(*running)] == [["done"]] * 5
    assert agent.heard == ["apply"]


async def test_a_repeat_after_a_restart_gets_the_stored_reply(
    values: Settings, engine: Engine
) -> None:
    async with serving(ScriptedAgent(engine), values, engine) as before:
        first = await before.say("hello", ID)
    agent = ScriptedAgent(engine)
    async with serving(agent, values, engine) as after:
        after.token = before.token
        again = await after.say("hello", ID)
        assert await after.history() != []
    assert again.body == first.body
    assert agent.heard == []


async def test_the_messages_of_a_conversation_are_answered_in_their_order(
    visitor: Client, agent: ScriptedAgent
) -> None:
    async def slower_first(text: str) -> Says:
        await asyncio.sleep(0.2 if text == "1" else 0)
        return [{"text": text}]

    agent.script = slower_first
    running = []
    for number in "123":
        running.append(asyncio.ensure_future(visitor.say(number)))
        await asyncio.sleep(0.02)
    await asyncio.gather(*running)
    said = [said["text"] for said in await visitor.history()]
    assert said == ["1", "1", "2", "2", "3", "3"]


async def test_one_slow_conversation_does_not_hold_up_another(
    visitor: Client, agent: ScriptedAgent
) -> None:
    gate = asyncio.Event()

    async def slow(text: str) -> Says:
        if text == "slow":
            await gate.wait()
        return [{"text": text}]

    agent.script = slow
    waiting = asyncio.ensure_future(visitor.say("slow"))
    await asyncio.sleep(0.1)
    await visitor.begin()
    assert (await visitor.say("fast")).texts == ["fast"]
    gate.set()
    assert (await waiting).texts == ["slow"]


async def test_silence_is_filled_with_a_friendly_line(
    visitor: Client, agent: ScriptedAgent
) -> None:
    async def silent(text: str) -> Says:
        return []

    agent.script = silent
    assert (await visitor.say("hm")).texts == [WORDING["silent"]]


async def test_too_many_messages_are_paused_and_the_repeat_succeeds_later(
    values: Settings, engine: Engine
) -> None:
    strict = dataclasses.replace(values, messages_per_minute=60)
    async with serving(ScriptedAgent(engine), strict, engine) as visitor:
        answers = [await visitor.say(str(number)) for number in range(60)]
        assert {answer.status for answer in answers} == {200}
        refused = [await visitor.say("one more", ID) for _ in range(30)][-1]
        assert (refused.status, refused.json["error"]) == (429, "too_many")
        assert int(refused.headers["Retry-After"]) == 1
        await asyncio.sleep(1)
        assert (await visitor.say("one more", ID)).texts == ["You said: one more"]


async def test_too_many_conversations_from_one_address_are_paused(
    values: Settings, engine: Engine
) -> None:
    strict = dataclasses.replace(values, sessions_per_hour=3)
    async with serving(ScriptedAgent(engine), strict, engine) as visitor:
        statuses = [(await visitor.request("POST", "/chat/session")).status for _ in range(4)]
    assert statuses == [200, 200, 429, 429]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/widget/widget.js", 200),
        ("GET", "/widget/page.css", 200),
        ("GET", "/widget/strings.fr.js", 200),
        ("GET", "/widget/strings.de.js", 404),
        ("GET", "/widget/nothing.js", 404),
        ("GET", "/widget/..%2fweb.py", 404),
        ("GET", "/live", 200),
        ("GET", "/ready", 200),
        ("POST", "/chat/session", 200),
        ("GET", "/chat/session", 405),
        ("GET", "/chat/messages", 405),
        ("GET", "/chat/feedback", 405),
        ("POST", "/chat/feedback", 401),
        ("OPTIONS", "/chat/messages", 405),
        ("GET", "/version", 404),
        ("GET", "/status", 404),
        ("POST", "/model/parse", 404),
        ("POST", "/webhooks/rest/webhook", 404),
        ("GET", "/conversations/default/tracker", 404),
    ],
)
async def test_only_our_addresses_are_public_and_all_carry_security_headers(
    visitor: Client, method: str, path: str, status: int
) -> None:
    answer = await visitor.request(method, path, headers={"Origin": "https://evil.example"})
    assert answer.status == status
    assert SECURITY_HEADERS.items() <= answer.headers.items()
    assert not [name for name in answer.headers if name.startswith("Access-Control")]
    assert (answer.headers.get("Cache-Control") == "no-store") is path.startswith("/chat/")


async def test_the_root_is_our_page_and_loads_nothing_from_elsewhere(visitor: Client) -> None:
    page = (await visitor.request("GET", "/")).body.decode()
    assert "IEC assistant" in page
    assert "Hello from Rasa" not in page
    loaded = re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=\"([^\"]*)", page)
    assert loaded
    assert {address.split("/")[1] for address in loaded} == {"widget"}


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/", "", "en"),
        ("/", "de, *;q=0.5", "en"),
        ("/", "fr-CA, en;q=0.8", "fr"),
        ("/", "en;q=0.4, fr;q=0.5", "fr"),
        ("/", "fr;q=0, en", "en"),
        ("/", "fr;q=much", "en"),
        ("/?lang=fr", "en", "fr"),
        ("/?lang=en", "fr", "en"),
        ("/?lang=%22%3E%3Cscript%3E", "fr", "fr"),
    ],
)
async def test_the_page_speaks_the_language_chosen_or_preferred(
    visitor: Client, address: str, accepted: str, language: str
) -> None:
    answer = await visitor.request("GET", address, headers={"Accept-Language": accepted})
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in answer.body.decode()


async def test_the_server_is_ready_only_with_model_actions_and_database(
    visitor: Client, agent: ScriptedAgent, engine: Engine
) -> None:
    assert (await visitor.request("GET", "/ready")).status == 200
    processor, agent.processor = agent.processor, None
    without_model = await visitor.request("GET", "/ready")
    assert (without_model.status, without_model.json["model"]) == (503, False)
    assert (await visitor.say("hello")).json["error"] == "starting"
    agent.processor = processor
    event.listen(engine, "do_connect", refuse_to_connect)
    engine.dispose()
    without_database = await visitor.request("GET", "/ready")
    assert (without_database.status, without_database.json["database"]) == (503, False)
    assert (await visitor.request("GET", "/live")).status == 200


def refuse_to_connect(*_: object) -> None:
    raise OperationalError("connect", {}, Exception("the database is down"))


async def test_forty_ids_at_once_are_forty_turns(visitor: Client, agent: ScriptedAgent) -> None:
    await asyncio.gather(*(visitor.say("hi", str(uuid.uuid4())) for _ in range(40)))
    assert len(agent.heard) == 40
    assert len(await visitor.history()) == 80
