"""What every messenger's channel promises, whatever the provider: one table of cases for all."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.engine import Engine

from bot.channels import delivery, provider, webhook
from bot.channels.webhook import MAX_BODY_BYTES
from bot.channels.wording import WORDING
from bot.handover import HandoverDesk
from bot.mailroom import Inbox, Outbox, Status, forget_conversation
from bot.mailroom.tables import channel_addresses, mailroom_metadata, outbox_messages
from bot.settings import Settings
from bot.transcripts import read_conversation
from tests.channels.hooked import Hooked, eventually, hooked
from tests.channels.messengers import MESSENGERS, Hook, Messenger
from tests.channels.provider_stub import ProviderStub, Trouble, provider_stub
from tests.channels.server import Says, ScriptedAgent
from tests.conftest_postgres import postgres_database

BUTTONS = [
    {"title": "Check me", "payload": "/start_prescreening"},
    {"title": "Fees", "payload": "How much does it cost?"},
    {"title": "All of it", "payload": "Tell me everything about the fees, " * 4},
]


async def offers(text: str) -> Says:
    """Offer buttons at "menu" only, else repeat what was said."""
    if text == "menu":
        return [{"text": "Choose:\n\nOne of these.", "buttons": BUTTONS}]
    return [{"text": f"You said: {text}"}]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "FIRST_PAUSE", delivery.FIRST_PAUSE / 100)
    monkeypatch.setattr(webhook, "POLL_SECONDS", 0.1)
    monkeypatch.setattr(webhook, "PAUSE_AFTER_FAILURE", 0.01)
    monkeypatch.setattr(webhook, "FINISH_SECONDS", 0.2)


@pytest.fixture(params=MESSENGERS)
def messenger(request: pytest.FixtureRequest) -> Messenger:
    return MESSENGERS[request.param]()


@pytest.fixture
async def stub() -> AsyncIterator[ProviderStub]:
    async with provider_stub() as running:
        yield running


@pytest.fixture
def agent(engine: Engine) -> ScriptedAgent:
    return ScriptedAgent(engine, offers)


@pytest.fixture
async def hook(
    agent: ScriptedAgent,
    messenger: Messenger,
    stub: ProviderStub,
    values: Settings,
    engine: Engine,
) -> AsyncIterator[Hooked]:
    async with hooked(agent, messenger, stub, values, engine) as running:
        yield running


def everything_stored(engine: Engine) -> str:
    """Return every value of every table."""
    with engine.begin() as connection:
        names = inspect(connection).get_table_names()
        rows = [connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in names]
    return repr(rows)


def conversation_id(engine: Engine) -> str:
    """Return the only conversation that there is."""
    with engine.begin() as connection:
        return str(connection.execute(select(channel_addresses.c.conversation_id)).scalar_one())


def outcomes(engine: Engine) -> list[tuple[str, str | None]]:
    with engine.begin() as connection:
        rows = connection.execute(select(outbox_messages).order_by(outbox_messages.c.id))
        return [(row.status, row.reply) for row in rows]


# Verified or refused


async def test_a_message_is_answered_to_its_sender_with_our_credentials(hook: Hooked) -> None:
    assert await hook.say("hello") == ["You said: hello"]
    call = hook.last
    assert call.path == hook.messenger.path
    assert hook.messenger.receiver(call) == hook.messenger.address(hook.messenger.someone)


async def test_what_is_not_the_providers_is_refused_and_leaves_nothing(
    hook: Hooked, engine: Engine, agent: ScriptedAgent
) -> None:
    forgeries = hook.messenger.forgeries(hook.messenger.text("forged"))
    statuses = {name: (await hook.call(forgery)).status for name, forgery in forgeries.items()}
    assert statuses == dict.fromkeys(forgeries, 401)
    await hook.quiet()
    assert (agent.heard, hook.stub.calls) == ([], [])
    assert "forged" not in everything_stored(engine)


async def test_other_methods_and_bodies_without_end_are_refused(hook: Hooked) -> None:
    huge = Hook(b"x" * (MAX_BODY_BYTES + 1), {})
    assert (await hook.call(huge)).status == 413
    for method in ("PUT", "DELETE", "PATCH"):
        assert (await hook.call(Hook(b"", {}), method)).status == 405


async def test_the_providers_own_nonsense_breaks_nothing(hook: Hooked) -> None:
    like = hook.messenger.signed(hook.messenger.text("hello"))
    for body in ("", "null", "[]", '"text"', "[" * 5_000, "{}", '{"a": 1}', '{"entry": [1]}'):
        nonsense = resigned(hook.messenger, like, body.encode())
        assert (await hook.call(nonsense)).status in {200, 400, 401}
    assert await hook.say("hello") == ["You said: hello"]


def resigned(messenger: Messenger, like: Hook, body: bytes) -> Hook:
    if messenger.name == "messenger":
        return Hook(body, {"X-Hub-Signature-256": messenger.signature(body)})
    if messenger.name == "slack":
        return messenger.hook(body)
    return Hook(body, like.headers)


# What is read


READ = {
    "  hello  ": "hello",
    "nul \x00 byte": "nul  byte",
    "bell\x07 escape\x1b[31m": "bell escape[31m",
    "Ünïcødé — 日本語 العربية 🇨🇦": "Ünïcødé — 日本語 العربية 🇨🇦",
    "<b> & {slot} %s": "<b> & {slot} %s",
    "x" * 2_000: "x" * 2_000,
    "my card is 4111 1111 1111 1111": "my card is [number hidden]",
}
"""What somebody sends, and what reaches the assistant."""

REFUSED = {
    "x" * 2_001: "too_long",
    " \x00 ": "empty",
    "/restart": "command",
    '/inform{"age": 300}': "command",
    "/start_prescreening": "command",
}
"""What somebody sends that the assistant must not read, and the wording that answers it."""


async def test_any_text_arrives_clean(hook: Hooked, agent: ScriptedAgent) -> None:
    for sent, heard in READ.items():
        assert await hook.say(sent) != []
        assert agent.heard[-1] == heard
    assert len(agent.heard) == len(READ)


async def test_what_the_assistant_must_not_read_is_answered_at_the_door(
    hook: Hooked, agent: ScriptedAgent
) -> None:
    for sent, wording in REFUSED.items():
        assert await hook.say(sent) == [WORDING[wording]]
    assert agent.heard == []


async def test_media_get_one_kind_answer_and_nothing_of_them_is_stored(
    hook: Hooked, agent: ScriptedAgent, engine: Engine
) -> None:
    await hook.bring(*hook.messenger.media())
    await hook.quiet()
    assert hook.said == [WORDING["media"]]
    assert agent.heard == []
    stored = everything_stored(engine)
    assert not [word for word in ("passport", "voice", "46.2") if word in stored]


async def test_an_edit_is_answered_and_its_words_are_not_read(
    hook: Hooked, agent: ScriptedAgent, engine: Engine
) -> None:
    edits = hook.messenger.edited()
    await hook.bring(*edits)
    await hook.quiet()
    assert hook.said == [WORDING["edited"]] * len(edits)
    assert agent.heard == []
    assert "other words" not in everything_stored(engine)


async def test_a_notice_leaves_the_offered_buttons_in_place(
    hook: Hooked, agent: ScriptedAgent
) -> None:
    await hook.say("menu")
    await hook.bring(hook.messenger.media()[0])
    await hook.quiet()
    assert WORDING["media"] in hook.said[-1]
    await hook.say("check me")
    assert agent.heard == ["menu", "/start_prescreening"]


async def test_what_nobody_is_to_answer_is_left_alone(hook: Hooked, agent: ScriptedAgent) -> None:
    for event in hook.messenger.ignored():
        assert (await hook.call(hook.messenger.signed(event))).status in {200, 400}
    await hook.quiet()
    assert (agent.heard, hook.stub.calls) == ([], [])


# Buttons


async def test_a_pressed_button_says_its_payload(hook: Hooked, agent: ScriptedAgent) -> None:
    for position, button in enumerate(BUTTONS):
        await hook.say("menu")
        press = hook.messenger.press(hook.last, position)
        await hook.bring(press or hook.messenger.text(str(position + 1)))
        await hook.quiet()
        assert agent.heard[-2:] == ["menu", button["payload"].strip()]


async def test_a_typed_title_is_the_button_and_a_command_only_while_it_is_offered(
    hook: Hooked, agent: ScriptedAgent
) -> None:
    await hook.say("menu")
    await hook.say("CHECK ME!")
    assert await hook.say("/start_prescreening") == [WORDING["command"]]
    assert agent.heard == ["menu", "/start_prescreening"]


async def test_what_one_person_was_offered_is_no_offer_to_another(
    hook: Hooked, agent: ScriptedAgent
) -> None:
    await hook.say("menu")
    other = hook.messenger.someone_else
    assert await hook.say("/start_prescreening", other) == [WORDING["command"]]
    assert hook.messenger.receiver(hook.last) == hook.messenger.address(other)


# Once each, in order


async def test_a_message_that_is_brought_again_is_answered_once(
    hook: Hooked, agent: ScriptedAgent
) -> None:
    event = hook.messenger.text("apply")
    for _ in range(3):
        await hook.bring(event)
    await hook.quiet()
    await hook.bring(event)
    await asyncio.gather(*(hook.bring(event) for _ in range(5)))
    await hook.quiet()
    assert (agent.heard, hook.said) == (["apply"], ["You said: apply"])


async def test_a_batch_is_answered_in_the_order_in_which_it_was_written(
    hook: Hooked, agent: ScriptedAgent
) -> None:
    async def slower_first(text: str) -> Says:
        await asyncio.sleep(0.1 if text == "1" else 0)
        return [{"text": f"{text}a\n\n{text}b"}]

    agent.script = slower_first
    await hook.bring(*(hook.messenger.text(str(number)) for number in range(1, 6)))
    await hook.quiet()
    assert agent.heard == list("12345")
    assert "".join(hook.said).replace("\n", "") == "1a1b2a2b3a3b4a4b5a5b"


async def test_messages_that_overtake_one_another_are_all_answered_as_they_come(
    hook: Hooked, agent: ScriptedAgent
) -> None:
    first, second = hook.messenger.text("first"), hook.messenger.text("second")
    await hook.bring(second)
    await hook.bring(first)
    await hook.bring(second)
    await hook.quiet()
    assert agent.heard == ["second", "first"]


async def test_the_webhook_does_not_wait_for_the_turn(hook: Hooked, agent: ScriptedAgent) -> None:
    gate = asyncio.Event()

    async def slow(text: str) -> Says:
        if text == "slow":
            await gate.wait()
        return [{"text": text}]

    agent.script = slow
    await asyncio.wait_for(hook.bring(hook.messenger.text("slow")), 8)
    await hook.bring(hook.messenger.text("fast", hook.messenger.someone_else))
    await eventually(lambda: hook.said == ["fast"])
    gate.set()
    await hook.quiet()
    assert hook.said == ["fast", "slow"]


async def test_too_many_messages_are_told_once_and_the_rest_is_not_read(
    messenger: Messenger,
    agent: ScriptedAgent,
    stub: ProviderStub,
    values: Settings,
    engine: Engine,
) -> None:
    strict = dataclasses.replace(values, messages_per_minute=3)
    async with hooked(agent, messenger, stub, strict, engine) as hook:
        await hook.bring(*(messenger.text(str(number)) for number in range(10)))
        await hook.quiet()
        assert agent.heard == list("012")
        assert hook.said == [f"You said: {number}" for number in range(3)] + [WORDING["too_many"]]


# When something breaks


async def test_a_turn_that_fails_is_tried_again(hook: Hooked, agent: ScriptedAgent) -> None:
    tries = 0

    async def fails_once(text: str) -> Says:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise KeyError(text)
        return [{"text": "all is well"}]

    agent.script = fails_once
    assert await hook.say("apply") == ["all is well"]


async def test_a_turn_that_always_fails_is_told_and_does_not_hold_up_the_next(
    hook: Hooked, agent: ScriptedAgent, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(text: str) -> Says:
        if text == "I am Zoe":
            raise KeyError(text)
        return [{"text": text}]

    agent.script = fails
    with caplog.at_level(logging.DEBUG):
        assert await hook.say("I am Zoe") == [WORDING["failed"]]
    assert await hook.say("next") == ["next"]
    assert len(agent.heard) == webhook.MOST_TURNS + 1
    assert "Zoe" not in caplog.text


@pytest.mark.parametrize(
    "trouble",
    [Trouble(500), Trouble(503, body="<html>"), Trouble(silent=True), Trouble(401)],
    ids=["500", "503", "time-out", "401"],
)
async def test_a_reply_that_the_provider_does_not_take_is_sent_again_in_its_place(
    hook: Hooked, stub: ProviderStub, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "TIMEOUT_SECONDS", 1 if trouble.silent else 10)
    stub.troubles += [trouble] * 2
    await hook.bring(hook.messenger.text("first"), hook.messenger.text("second"))
    await hook.quiet()
    assert hook.said == ["You said: first", "You said: second"]
    assert len(stub.calls) == 4


async def test_a_provider_that_asks_for_a_pause_gets_it(hook: Hooked, stub: ProviderStub) -> None:
    stub.troubles.append(hook.messenger.slow_down(0.4))
    before = asyncio.get_running_loop().time()
    assert await hook.say("hello") == ["You said: hello"]
    assert asyncio.get_running_loop().time() - before >= 0.4
    assert len(stub.calls) == 2


async def test_a_reply_that_the_provider_refuses_is_given_up_and_the_next_is_sent(
    hook: Hooked, stub: ProviderStub, engine: Engine
) -> None:
    stub.troubles.append(Trouble(400, body={"error": {"code": 100, "message": "to +41791234567"}}))
    assert await hook.say("first") == []
    assert await hook.say("second") == ["You said: second"]
    assert outcomes(engine) == [(Status.FAILED.value, None), (Status.SENT.value, None)]


async def test_a_provider_that_stays_away_is_given_up_after_a_while(
    hook: Hooked, stub: ProviderStub, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "MOST_ATTEMPTS", 4)
    stub.troubles += [Trouble(500)] * 4
    await hook.say("hello")
    assert (len(stub.calls), hook.said) == (4, [])
    assert outcomes(engine) == [(Status.FAILED.value, None)]


async def test_what_was_taken_is_not_sent_again_when_the_database_fails_to_note_it(
    hook: Hooked, stub: ProviderStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "CLAIM", delivery.CLAIM / 1_000)
    real, failures = Outbox.close, [1, 1]

    def fails_twice(outbox: Outbox, *arguments: Any) -> None:
        if failures:
            failures.pop()
            raise OSError("the database is away")
        real(outbox, *arguments)

    monkeypatch.setattr(Outbox, "close", fails_twice)
    assert await hook.say("hello") == ["You said: hello"]
    assert (failures, len(stub.calls)) == ([], 1)


async def test_a_sending_that_outlives_its_claim_is_not_begun_again(
    hook: Hooked, agent: ScriptedAgent, stub: ProviderStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "CLAIM", delivery.CLAIM / 1_000)
    stub.slowly = 0.4
    assert await hook.say("hello") == ["You said: hello"]
    assert len(stub.calls) == 1


async def test_a_reply_of_several_messages_goes_on_where_it_stopped(
    hook: Hooked, agent: ScriptedAgent, stub: ProviderStub
) -> None:
    long = "This sentence is nine words long, or so. " * 250

    async def talks(_: str) -> Says:
        return [{"text": long}]

    agent.script = talks
    await hook.say("talk")
    parts = hook.said
    assert " ".join(parts).split() == long.split()
    del stub.calls[:]
    stub.troubles += [None, Trouble(500)]
    await hook.say("talk")
    assert hook.said == parts
    assert len(stub.calls) == len(parts) + (len(parts) > 1)


# Restarts


async def test_a_message_that_was_queued_before_a_restart_is_answered_after_it(
    messenger: Messenger,
    stub: ProviderStub,
    values: Settings,
    engine: Engine,
) -> None:
    forever = asyncio.Event()

    async def hangs(_: str) -> Says:
        await forever.wait()
        return []

    event, second = messenger.text("first"), messenger.text("second")
    async with hooked(ScriptedAgent(engine, hangs), messenger, stub, values, engine) as before:
        await before.bring(event)
        await before.bring(second)
        assert before.waiting() == (2, 0)
    agent = ScriptedAgent(engine, offers)
    async with hooked(agent, messenger, stub, values, engine) as after:
        await after.bring(event)
        await after.quiet()
        assert agent.heard == ["first", "second"]
        assert after.said == ["You said: first", "You said: second"]


async def test_a_turn_that_was_saved_before_a_crash_is_not_run_again(
    messenger: Messenger,
    agent: ScriptedAgent,
    stub: ProviderStub,
    values: Settings,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crashes(*_: Any) -> None:
        raise OSError("the power is gone")

    with monkeypatch.context() as patched:
        patched.setattr(Inbox, "answer", crashes)
        patched.setattr(webhook, "PAUSE_AFTER_FAILURE", 60)
        async with hooked(agent, messenger, stub, values, engine) as before:
            await before.bring(messenger.text("apply"))
            await eventually(lambda: agent.heard == ["apply"])
            assert before.waiting() == (1, 0)
    async with hooked(agent, messenger, stub, values, engine) as after:
        await after.quiet()
        assert (agent.heard, after.said) == (["apply"], ["You said: apply"])


async def test_a_reply_that_was_unsent_before_a_restart_is_sent_once_after_it(
    messenger: Messenger,
    agent: ScriptedAgent,
    stub: ProviderStub,
    values: Settings,
    engine: Engine,
) -> None:
    stub.troubles += [Trouble(500)] * 100
    async with hooked(agent, messenger, stub, values, engine) as before:
        await before.bring(messenger.text("hello"))
        await eventually(lambda: before.waiting() == (0, 1))
    stub.troubles.clear()
    agent.script = None  # type: ignore[assignment]  # nothing is left to be said
    async with hooked(agent, messenger, stub, values, engine) as after:
        await after.quiet()
        assert after.said == ["You said: hello"]


async def test_all_of_it_holds_on_postgresql(
    messenger: Messenger, stub: ProviderStub, values: Settings
) -> None:
    with postgres_database() as postgres:
        first, second = messenger.text("first"), messenger.text("second")
        stub.troubles += [Trouble(500), None, Trouble(500)]
        agent = ScriptedAgent(postgres, offers)
        async with hooked(agent, messenger, stub, values, postgres) as before:
            await asyncio.gather(*(before.bring(first) for _ in range(5)))
            await before.bring(second, *messenger.media())
            await before.quiet()
            assert agent.heard == ["first", "second"]
        async with hooked(agent, messenger, stub, values, postgres) as after:
            await after.bring(first, second)
            await after.say("menu")
            await after.say("Check me")
            assert agent.heard == ["first", "second", "menu", "/start_prescreening"]
        assert after.said[:3] == ["You said: first", "You said: second", WORDING["media"]]
        forget_conversation(postgres, conversation_id(postgres))


# What is kept


async def test_words_and_address_are_gone_from_the_queues_once_the_reply_is_sent(
    hook: Hooked, engine: Engine
) -> None:
    await hook.say("I am Zoe")
    with engine.begin() as connection:
        queues = [
            connection.exec_driver_sql(f"SELECT * FROM {name}").all()
            for name in ("unanswered_messages", "outbox_messages")
        ]
    assert "Zoe" not in repr(queues)
    assert hook.messenger.address(hook.messenger.someone) not in [
        value for rows in queues for row in rows for value in row
    ]


async def test_a_forgotten_conversation_leaves_only_the_ids_of_its_messages(
    hook: Hooked, engine: Engine, stub: ProviderStub
) -> None:
    await hook.say("I am Zoe")
    known = conversation_id(engine)
    assert known.startswith(f"{hook.messenger.name}:")
    assert read_conversation(engine, known).turns[0].text == "I am Zoe"
    forget_conversation(engine, known)
    with engine.begin() as connection:
        left = {
            table.name: connection.execute(
                select(table).where(table.c.conversation_id == known)
            ).all()
            for table in mailroom_metadata.sorted_tables
        }
    assert {name for name, rows in left.items() if rows} == {"inbox_messages"}
    assert "Zoe" not in everything_stored(engine)


async def test_the_answer_to_forget_me_is_sent_and_the_address_forgotten(
    hook: Hooked, agent: ScriptedAgent, engine: Engine
) -> None:
    async def forgets(_: str) -> Says:
        return [{"text": "Deleted.", "slot": "forget_conversation"}]

    await hook.say("hello")
    agent.script = forgets
    assert await hook.say("forget me") == ["Deleted."]
    with engine.begin() as connection:
        assert connection.execute(select(channel_addresses)).all() == []


async def test_of_somebody_under_18_neither_words_nor_address_stay(
    hook: Hooked, agent: ScriptedAgent, engine: Engine
) -> None:
    async def young(_: str) -> Says:
        return [{"text": "Come back at 18.", "slot": "under_age"}]

    agent.script = young
    assert await hook.say("I am Zoe and 16") == ["Come back at 18."]
    assert await hook.say("Zoe again") == ["Come back at 18."]
    assert "Zoe" not in everything_stored(engine)
    with engine.begin() as connection:
        assert connection.execute(select(channel_addresses)).all() == []


async def test_a_person_of_the_team_can_have_the_conversation_and_give_it_back(
    hook: Hooked, agent: ScriptedAgent, engine: Engine
) -> None:
    await hook.say("hello")
    known, desk = conversation_id(engine), HandoverDesk(engine)
    desk.ask(known, hook.messenger.name)
    desk.take(known, "ana")
    await eventually(lambda: len(hook.said) == 2)
    await hook.say("are you real?")
    await eventually(lambda: len(hook.said) == 3)
    await hook.say("hello?")
    desk.answer(known, "ana", "Ana here. I am.", "1")
    await eventually(lambda: hook.said[-1] == "Ana here. I am.")
    await hook.say("back to the assistant")
    await eventually(lambda: len(hook.said) == 5)
    assert await hook.say("hello again") == ["You said: hello again"]
    assert agent.heard == ["hello", "hello again"]
    assert len(hook.said) == len(set(hook.said)) == 6


async def test_every_turn_tells_which_channel_it_came_by(
    hook: Hooked, agent: ScriptedAgent
) -> None:
    await hook.say("hello")
    tracker = await agent.tracker_store.retrieve(conversation_id(hook.engine))
    assert tracker is not None
    assert tracker.get_latest_input_channel() == hook.messenger.name


async def test_a_trouble_is_logged_without_words_and_without_an_address(
    hook: Hooked, stub: ProviderStub, caplog: pytest.LogCaptureFixture
) -> None:
    stub.troubles.append(Trouble(400, body={"message": f"no {hook.messenger.someone} here"}))
    with caplog.at_level(logging.DEBUG):
        await hook.say("I am Zoe")
    assert "cannot be sent" in caplog.text
    assert "Zoe" not in caplog.text
    if hook.messenger.name == "whatsapp":
        assert hook.messenger.someone not in caplog.text + json.dumps(outcomes(hook.engine))
