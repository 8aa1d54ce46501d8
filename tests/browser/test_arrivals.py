"""What somebody of the team writes while a person has the conversation arrives unasked, once."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.chat import Chat

BETWEEN_LOOKS_MS = 4_100


class Team:
    """Adds to the server's history what a person would have written there."""

    def __init__(self, chat: Chat) -> None:
        self.words: list[str] = []
        self.is_there = True
        self.looks = 0
        chat.page.route("**/chat/history", self._answer)

    def _answer(self, route: Route) -> None:
        response = route.fetch()
        history = response.json()
        self.looks += 1
        history["with_person"] = self.is_there
        history["messages"] += [self._item(number) for number in range(len(self.words))]
        route.fulfill(response=response, json=history)

    def _item(self, number: int) -> dict[str, Any]:
        return {
            "speaker": "staff",
            "time": "2024-03-01T12:00:00+00:00",
            "message_id": f"team-{number}",
            "text": self.words[number],
            "buttons": [],
        }


@pytest.fixture
def handed_over(chat: Chat) -> Chat:
    chat.page.clock.install()
    return chat.say("I want to talk to a person")


def test_words_of_the_team_are_shown_and_announced_once(handed_over: Chat) -> None:
    chat, team = handed_over, Team(handed_over)
    chat.page.reload()
    chat.open()
    before = chat.said()
    team.words.append("Hello, this is Ana.\nHow can I help?")
    for _ in range(3):
        chat.page.clock.run_for(BETWEEN_LOOKS_MS)
        expect(chat.log.locator(".staff")).to_contain_text("The team: Hello, this is Ana.")
        chat.page.wait_for_function("() => true")
    assert chat.said()[len(before) :] == ["The team: Hello, this is Ana.\nHow can I help?"]
    chat.page.clock.run_for(100)
    expect(chat.dialog.get_by_role("status")).to_contain_text("this is Ana")
    chat.has_no_barriers()
    team.words.append("https://example.org is our page.")
    chat.page.clock.run_for(BETWEEN_LOOKS_MS)
    expect(chat.log.locator(".staff a")).to_have_attribute("href", "https://example.org")
    expect(chat.log.locator(".staff")).to_have_count(2)


def test_a_closed_chat_tells_that_the_team_wrote_on_the_next_page_too(handed_over: Chat) -> None:
    chat, team = handed_over, Team(handed_over)
    chat.page.reload()
    chat.open()
    chat.page.reload()
    team.words += ["One.", "Two."]
    chat.page.wait_for_function("() => document.querySelector('iec-chat').conversation.isRestored")
    team.words += ["Three."]
    chat.page.clock.run_for(BETWEEN_LOOKS_MS)
    launcher = chat.page.get_by_role("button", name="New messages from the team: 1")
    expect(launcher).to_be_visible()
    chat.has_no_barriers()
    launcher.click()
    expect(chat.log.locator(".staff")).to_have_count(3)
    chat.dialog.get_by_role("button", name="Close the chat").click()
    expect(chat.page.get_by_role("button", name="Chat with the IEC assistant")).to_be_visible()


def test_nobody_looks_any_more_once_the_person_has_left(handed_over: Chat) -> None:
    chat, team = handed_over, Team(handed_over)
    team.is_there = False
    chat.page.reload()
    chat.open()
    looks = team.looks
    chat.page.clock.run_for(3 * BETWEEN_LOOKS_MS)
    assert team.looks == looks
