"""A visitor asks for a person and talks with one, in a real browser before the real server."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bot.database import open_engine
from bot.handover import HandoverDesk
from bot.handover.request import NOTICE, WITH_ASSISTANT
from tests.browser.chat import Chat
from tests.browser.servers import Assistant

BETWEEN_LOOKS_MS = 4_100


@pytest.fixture
def desk(assistant: Assistant) -> HandoverDesk:
    return HandoverDesk(open_engine(assistant.database_url))


def test_a_visitor_talks_with_a_person_and_goes_back_to_the_assistant(
    chat: Chat, desk: HandoverDesk
) -> None:
    waiting_before = {request.conversation_id for request in desk.queue()}
    chat.page.clock.install()
    chat.say("I want to talk to a person")
    expect(chat.log).to_contain_text("I have told the team")
    waiting = {request.conversation_id for request in desk.queue()}
    (conversation_id,) = waiting - waiting_before
    desk.take(conversation_id, "eva")
    chat.page.clock.run_for(BETWEEN_LOOKS_MS)
    expect(chat.last_answer).to_contain_text("Somebody of the team is here now")
    chat.say("My name changed, what now?")
    expect(chat.last_answer).to_contain_text(re.compile(re.escape(NOTICE[:40])))
    desk.answer(conversation_id, "eva", "Send us the new passport page by post.", "k")
    chat.page.clock.run_for(BETWEEN_LOOKS_MS)
    expect(chat.log.locator(".staff")).to_have_count(1)
    expect(chat.log.locator(".staff")).to_contain_text("The team: Send us the new passport page")
    before = len(chat.said())
    chat.say("Thank you")
    expect(chat.last_answer).to_contain_text("Thank you")
    assert len(chat.said()) == before + 1
    chat.has_no_barriers()
    chat.page.reload()
    chat.open()
    expect(chat.log.locator(".staff")).to_have_count(1)
    chat.say("back to the assistant")
    expect(chat.last_answer).to_contain_text(WITH_ASSISTANT[:30])
    chat.say("What does it cost?")
    expect(chat.log).to_contain_text("IEC participation, all categories")
    assert desk.open_request(conversation_id) is None
