"""What is special about one messenger."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.engine import Engine

from bot.channels import webhook
from bot.channels.wording import WORDING
from bot.mailroom.tables import channel_addresses
from bot.settings import Settings
from tests.channels.hooked import Hooked, hooked
from tests.channels.messengers import SECRET, FacebookMessenger, Hook, Slack, Telegram, WhatsApp
from tests.channels.provider_stub import Trouble, provider_stub
from tests.channels.server import ScriptedAgent, echo
from tests.channels.test_messenger_contract import (
    conversation_id,
    everything_stored,
    offers,
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "POLL_SECONDS", 0.1)


@pytest.fixture
def agent(engine: Engine) -> ScriptedAgent:
    return ScriptedAgent(engine, offers)


@pytest.fixture
async def telegram(agent: ScriptedAgent, values: Settings, engine: Engine) -> AsyncIterator[Hooked]:
    async with provider_stub() as stub, hooked(agent, Telegram(), stub, values, engine) as hook:
        yield hook


@pytest.fixture
async def facebook(agent: ScriptedAgent, values: Settings, engine: Engine) -> AsyncIterator[Hooked]:
    messenger = FacebookMessenger()
    async with provider_stub() as stub, hooked(agent, messenger, stub, values, engine) as hook:
        yield hook


@pytest.fixture
async def whatsapp(agent: ScriptedAgent, values: Settings, engine: Engine) -> AsyncIterator[Hooked]:
    async with provider_stub() as stub, hooked(agent, WhatsApp(), stub, values, engine) as hook:
        yield hook


@pytest.fixture
async def slack(agent: ScriptedAgent, values: Settings, engine: Engine) -> AsyncIterator[Hooked]:
    async with provider_stub() as stub, hooked(agent, Slack(), stub, values, engine) as hook:
        yield hook


# Telegram


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("/start", "hello"),
        ("/start deep-link_42", "hello"),
        ("/help@iec_bot", "help"),
        ("/stop", "stop"),
        (" /stop ", "stop"),
    ],
)
async def test_telegrams_own_commands_are_read_as_words(
    telegram: Hooked, agent: ScriptedAgent, typed: str, heard: str
) -> None:
    await telegram.say(typed)
    assert agent.heard == [heard]


@pytest.mark.parametrize("typed", ["/started", "/settings", "/start_prescreening", "/stopnow"])
async def test_any_other_command_on_telegram_is_refused(
    telegram: Hooked, agent: ScriptedAgent, typed: str
) -> None:
    assert await telegram.say(typed) == [WORDING["command"]]
    assert agent.heard == []


async def test_a_press_is_acknowledged_in_the_answer_to_the_webhook(telegram: Hooked) -> None:
    await telegram.say("menu")
    (answer,) = await telegram.bring(telegram.messenger.press(telegram.last, 0))
    assert answer.json == {"method": "answerCallbackQuery", "callback_query_id": "77"}


async def test_a_button_from_long_ago_still_says_its_question(
    telegram: Hooked, agent: ScriptedAgent
) -> None:
    await telegram.say("menu")
    menu = telegram.last
    for number in range(3):
        await telegram.say(str(number))
    await telegram.bring(telegram.messenger.press(menu, 2))
    await telegram.quiet()
    assert agent.heard[-1].startswith("Tell me everything")


async def test_in_a_group_a_command_is_answered_with_where_to_write(
    telegram: Hooked, agent: ScriptedAgent
) -> None:
    update = telegram.messenger.text("/start@iec_bot")
    update["message"]["chat"] = {"id": -100123, "type": "supergroup"}
    await telegram.bring(update)
    await telegram.quiet()
    assert telegram.said == [WORDING["private_only"]]
    assert telegram.messenger.receiver(telegram.last) == "-100123"
    assert agent.heard == []


# Messenger


@pytest.mark.parametrize(
    ("query", "status", "body"),
    [
        (f"?hub.mode=subscribe&hub.verify_token={SECRET}&hub.challenge=1158", 200, b"1158"),
        ("?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1158", 403, None),
        ("?hub.mode=subscribe&hub.challenge=1158", 403, None),
        (f"?hub.verify_token={SECRET}&hub.challenge=1158", 403, None),
        ("", 403, None),
    ],
)
async def test_meta_may_check_the_address_only_with_our_token(
    facebook: Hooked, query: str, status: int, body: bytes | None
) -> None:
    answer = await facebook.call(Hook(b"", {}), "GET", query)
    assert answer.status == status
    assert body in (None, answer.body)


async def test_one_odd_event_does_not_lose_the_rest_of_its_batch(
    facebook: Hooked, agent: ScriptedAgent
) -> None:
    odd = [{"sender": None, "message": {"mid": "1", "text": "x"}}, {"sender": {"id": "a b"}}]
    odd.append({"sender": {"id": "a b"}, "message": {"mid": "2", "text": "x"}})
    await facebook.bring(*odd, facebook.messenger.text("hello"), {"message": 1}, {})
    await facebook.quiet()
    assert agent.heard == ["hello"]


async def test_a_reaction_gets_a_kind_answer(facebook: Hooked, agent: ScriptedAgent) -> None:
    event = facebook.messenger.text("")
    event.pop("message")
    await facebook.bring({**event, "reaction": {"action": "react", "mid": "m_1", "emoji": "👍"}})
    await facebook.quiet()
    assert (facebook.said, agent.heard) == ([WORDING["reaction"]], [])


# WhatsApp


async def test_a_phone_number_is_kept_only_where_addresses_are(
    whatsapp: Hooked, engine: Engine
) -> None:
    await whatsapp.say("hello")
    known = conversation_id(engine)
    number = whatsapp.messenger.someone.strip("+")
    assert number not in known
    with engine.begin() as connection:
        connection.execute(channel_addresses.delete())
    assert number not in everything_stored(engine)


async def test_a_number_is_another_conversation_under_another_key(
    whatsapp: Hooked, values: Settings, engine: Engine
) -> None:
    await whatsapp.say("hello")
    other = dataclasses.replace(values, hash_key="another key of the tests" * 2)
    ids = {
        type(whatsapp.channel)(
            dataclasses.replace(setting, **WhatsApp.settings), whatsapp.channel.inbox
        )._conversation_id("whatsapp:+41791234567")
        for setting in (values, values, other)
    }
    assert len(ids) == 2
    assert conversation_id(engine) in ids


async def test_twilio_reads_back_that_there_is_nothing_to_say_yet(whatsapp: Hooked) -> None:
    (answer,) = await whatsapp.bring(whatsapp.messenger.text("hello"))
    assert (answer.headers["Content-Type"], answer.body) == ("text/xml", b"<Response></Response>")


@pytest.mark.parametrize("typed", ["2", "two", "the second", "FEES", "2️⃣"])
async def test_a_menu_is_answered_as_people_do(
    whatsapp: Hooked, agent: ScriptedAgent, typed: str
) -> None:
    (menu,) = await whatsapp.say("menu")
    assert "2. Fees" in menu
    await whatsapp.say(typed)
    assert agent.heard == ["menu", "How much does it cost?"]


async def test_after_the_menu_a_number_is_a_number(whatsapp: Hooked, agent: ScriptedAgent) -> None:
    for typed in ("menu", "hello", "2"):
        await whatsapp.say(typed)
    assert agent.heard == ["menu", "hello", "2"]


# Slack


async def test_slack_may_check_the_address_and_strangers_may_not(slack: Hooked) -> None:
    question = {"type": "url_verification", "challenge": "3eZbrw1aB"}
    answer = await slack.call(slack.messenger.signed(question))
    assert (answer.status, answer.json) == (200, {"challenge": "3eZbrw1aB"})
    unsigned = Hook(json.dumps(question).encode(), {})
    assert (await slack.call(unsigned)).status == 401


async def test_a_request_of_four_minutes_ago_is_still_good(
    slack: Hooked, agent: ScriptedAgent
) -> None:
    body = slack.messenger.signed(slack.messenger.text("hello")).body
    answer = await slack.call(slack.messenger.hook(body, moment=time.time() - 240))
    assert answer.status == 200
    await slack.quiet()
    assert agent.heard == ["hello"]


async def test_a_mention_is_answered_in_its_thread_and_is_a_conversation_of_its_own(
    slack: Hooked, agent: ScriptedAgent
) -> None:
    await slack.bring(slack.messenger.mention("what does it cost?"))
    await slack.bring(slack.messenger.mention("and when?", slack.messenger.someone_else))
    await slack.quiet()
    assert sorted(agent.heard) == ["and when?", "what does it cost?"]
    assert {call.content["channel"] for call in slack.stub.accepted} == {"C1"}
    assert {call.content["thread_ts"] for call in slack.stub.accepted} == {"1700000000.0001"}
    with slack.engine.begin() as connection:
        ids = {row.conversation_id for row in connection.execute(channel_addresses.select())}
    assert ids == {"slack:T1:C1:U501", "slack:T1:C1:U502"}


async def test_an_address_that_slack_dressed_up_arrives_as_typed(
    slack: Hooked, agent: ScriptedAgent
) -> None:
    event = slack.messenger.text("")
    event["event"]["text"] = "I am <mailto:zoe@example.org|zoe@example.org> &amp; co"
    await slack.bring(event)
    await slack.quiet()
    assert agent.heard == ["I am zoe@example.org & co"]


async def test_nothing_that_somebody_wrote_becomes_a_mention(
    slack: Hooked, agent: ScriptedAgent
) -> None:
    agent.script = echo
    (said,) = await slack.say("<!channel> & <@U1>")
    assert said == "You said: &lt;!channel&gt; &amp; &lt;@U1&gt;"


@pytest.mark.parametrize(
    ("error", "taken"), [("ratelimited", True), ("internal_error", True), ("is_archived", False)]
)
async def test_slacks_no_comes_with_status_200_and_is_heard(
    slack: Hooked, error: str, taken: bool
) -> None:
    slack.stub.troubles.append(Trouble(200, body={"ok": False, "error": error}))
    said = await slack.say("hello")
    assert said == (["You said: hello"] if taken else [])
