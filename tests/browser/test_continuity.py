"""Nothing is lost and nothing is said twice: reloads, other tabs, cut networks, restarts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from bot.channels.tokens import Tokens
from tests.browser.chat import Chat
from tests.browser.servers import SECRET, Assistant


def test_a_reload_in_the_middle_of_the_form_brings_everything_back(chat: Chat) -> None:
    chat.say("Check if I qualify").choose("International Co-op").say("24")
    before = chat.said()
    chat.page.reload()
    chat.open()
    assert chat.said() == before
    assert chat.question.startswith("Which passport")
    expect(chat.log.locator(".progress").last).to_contain_text("Question 3")
    chat.say("French")
    assert chat.question.startswith("Are you a student")


def test_quick_replies_come_back_after_a_reload_and_work(chat: Chat) -> None:
    chat.say("Check if I qualify")
    titles = chat.replies.all_inner_texts()
    chat.page.reload()
    chat.open()
    assert chat.replies.all_inner_texts() == titles
    chat.choose("Not sure")
    assert chat.question == "How old are you?"


def test_a_restart_of_the_server_in_the_middle_of_the_form_is_waited_for(
    chat: Chat, assistant: Assistant
) -> None:
    chat.say("Check if I qualify").say("International Co-op")
    assistant.stop()
    chat.field.fill("24")
    chat.field.press("Enter")
    expect(chat.connection).to_be_visible()
    chat.has_no_barriers()
    assistant.start()
    chat.page.wait_for_function(
        "() => !document.querySelector('iec-chat').outbox.messages.length", timeout=30_000
    )
    assert chat.question.startswith("Which passport")
    assert said_by_visitor(chat) == ["Check if I qualify", "International Co-op", "24"]


def test_what_is_written_offline_is_sent_once_when_back(chat: Chat) -> None:
    chat.say("Check if I qualify")
    chat.page.context.set_offline(True)
    chat.field.fill("International Co-op")
    chat.field.press("Enter")
    expect(chat.connection).to_be_visible()
    expect(chat.log.get_by_text("Waiting to be sent")).to_be_in_viewport()
    chat.has_no_barriers()
    chat.page.context.set_offline(False)
    chat.wait()
    expect(chat.connection).to_be_hidden()
    assert chat.question == "How old are you?"
    assert said_by_visitor(chat) == ["Check if I qualify", "International Co-op"]


def test_what_is_written_offline_outlives_a_reload(chat: Chat) -> None:
    chat.say("Check if I qualify")
    chat.page.route("**/chat/messages", lambda route: route.abort())
    chat.field.fill("International Co-op")
    chat.field.press("Enter")
    expect(chat.log.get_by_text("Waiting to be sent")).to_be_visible()
    chat.page.unroute_all()
    chat.page.reload()
    chat.open().wait()
    assert chat.question == "How old are you?"
    assert said_by_visitor(chat) == ["Check if I qualify", "International Co-op"]


def test_a_reply_lost_on_its_way_is_fetched_without_asking_twice(chat: Chat) -> None:
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().text())
            route.abort()

    chat.page.route("**/chat/messages", lose_the_first)
    chat.say("Check if I qualify")
    assert lost[0].count("Which program") == 1
    assert chat.said()[-1] == "Which program are you interested in?"
    assert said_by_visitor(chat) == ["Check if I qualify"]


def test_a_failure_of_the_server_is_tried_again_and_then_explained(chat: Chat) -> None:
    tries: list[str] = []

    def fail(route: Route) -> None:
        tries.append(route.request.post_data_json["message_id"])
        route.fulfill(status=503, json={"error": "failed", "text": "…"})

    chat.page.route("**/chat/messages", fail)
    chat.field.fill("hello")
    chat.field.press("Enter")
    again = chat.log.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    chat.has_no_barriers()
    assert len(tries) == 3
    assert len(set(tries)) == 1
    chat.page.unroute_all()
    again.click()
    chat.wait()
    assert said_by_visitor(chat) == ["hello"]


def test_two_tabs_show_the_same_conversation(
    new_context: Callable[..., BrowserContext],
) -> None:
    context = new_context()
    first = Chat(context.new_page()).visit().open()
    second = Chat(context.new_page()).visit().open()
    first.say("Check if I qualify")
    expect(second.bubbles.last).to_contain_text("Which program are you interested in?")
    second.choose("International Co-op")
    expect(first.bubbles.last).to_contain_text("How old are you?")
    assert first.said() == second.said()
    first.say("24")
    expect(second.bubbles.last).to_contain_text("Which passport")
    assert said_by_visitor(first) == ["Check if I qualify", "International Co-op", "24"]


@pytest.mark.parametrize(
    ("age", "told"),
    [
        (timedelta(days=31), "This conversation has expired"),
        (None, "This conversation could not be recognized"),
    ],
)
def test_a_conversation_that_ended_says_so_and_starts_anew_on_request(
    chat: Chat, age: timedelta | None, told: str
) -> None:
    then = datetime.now(timezone.utc) - (age or timedelta())
    token = Tokens(SECRET, "web", lambda: then).new() if age else "made up"
    chat.page.evaluate(
        "(token) => document.querySelector('iec-chat').memory.set('token', token)", token
    )
    chat.page.reload()
    chat.page.locator("iec-chat .launcher").click()
    expect(chat.log.get_by_text(told)).to_be_visible()
    chat.has_no_barriers()
    chat.log.get_by_role("button", name="Start a new conversation").click()
    chat.choose("Check if I qualify")
    assert said_by_visitor(chat) == ["Check if I qualify"]


def test_a_conversation_that_ends_while_one_writes_gives_the_words_back(chat: Chat) -> None:
    chat.say("Check if I qualify")
    chat.page.evaluate("() => document.querySelector('iec-chat').memory.set('token', 'old')")
    chat.field.fill("my words")
    chat.field.press("Enter")
    chat.log.get_by_role("button", name="Start a new conversation").click()
    assert chat.field.input_value() == "my words"


def said_by_visitor(chat: Chat) -> list[str]:
    return [message["text"] for message in chat.history() if message["speaker"] == "visitor"]
