"""The chat as a visitor handles it."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

STUDENT = "I'm a 24 year old French student with a signed internship offer in Montreal"
ANSWERS = {
    "Which program": "International Co-op",
    "How old": "24",
    "Which passport": "French",
    "Are you a student": "Yes",
    "signed job": "Yes",
    "complete your studies": "Yes",
    "field of study": "Yes",
    "TEER": "TEER 2",
    "live in": "France",
    "taken part": "No, never",
    "passport expire": "15 March 2031",
    "much money": "3000",
    "insurance": "Yes",
    "return ticket": "Yes",
    "come along": "No",
    "stop you from": "No",
}
"""What to answer to a question that holds these words."""


class Chat:
    """One page with the chat on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.email = f"{uuid4().hex}@example.org"
        self.dialog = page.get_by_role("dialog")
        self.log = page.get_by_role("log")
        self.field = self.dialog.locator("textarea")
        self.bubbles = self.log.locator(".bubble:not(.typing)")
        self.connection = self.dialog.locator(".connection")
        self.replies = self.log.locator(".replies button")

    def visit(self, address: str = "/") -> Chat:
        self.page.goto(address)
        return self

    def open(self) -> Chat:
        self.page.locator("iec-chat .launcher").click()
        expect(self.bubbles.nth(1)).to_be_visible()
        expect(self.log).not_to_have_attribute("aria-busy", "true")
        return self

    def say(self, text: str) -> Chat:
        """Type `text`, send it and wait for the whole reply."""
        self.field.fill(text)
        self.field.press("Enter")
        return self.wait()

    def choose(self, title: str) -> Chat:
        """Click the quick reply with this title and wait for the whole reply."""
        self.replies.get_by_text(title, exact=True).click()
        return self.wait()

    def wait(self) -> Chat:
        """Wait until everything said was answered."""
        self.page.wait_for_function(
            "() => !document.querySelector('iec-chat').outbox.messages.length"
        )
        return self

    def said(self) -> list[str]:
        """Return what stands in the transcript, both sides."""
        texts = self.bubbles.all_text_contents()
        return [re.sub(r"^(You|Assistant|Vous): ", "", text) for text in texts]

    @property
    def question(self) -> str:
        """The assistant's last words."""
        return self.said()[-1]

    @property
    def last_answer(self) -> Locator:
        return self.bubbles.last

    def answer_the_check(self) -> Chat:
        """Answer the pre-screening until it is decided."""
        for _ in range(len(ANSWERS) + 1):
            answer = next((ANSWERS[words] for words in ANSWERS if words in self.question), None)
            if answer is None:
                return self
            self.say(answer)
        raise AssertionError(f"still asked: {self.question}")

    def reach_the_decision(self) -> Chat:
        self.say("Check if I qualify").say("International Co-op").say(STUDENT)
        return self.answer_the_check()

    def reach_the_summary(self, name: str = "Marie Dupont") -> Chat:
        self.reach_the_decision()
        for text in ("Yes", "I agree", name, self.email):
            self.say(text)
        return self

    def history(self) -> list[dict[str, Any]]:
        """Return the conversation as the server has it."""
        messages: list[dict[str, Any]] = self.page.evaluate(
            "async () => (await document.querySelector('iec-chat').api.history()).messages"
        )
        return messages

    def has_no_barriers(self) -> Chat:
        """Check the whole page with axe, best practices included."""
        found = Axe().run(self.page).response["violations"]
        told = [
            f"{one['id']}: {one['help']}: {[node['html'][:150] for node in one['nodes']]}"
            for one in found
        ]
        assert not told, "\n".join(told)
        return self
