"""Takes the pictures of docs/images/ from a running assistant.

    make run
    .venv/bin/python scripts/take_screenshots.py http://127.0.0.1:5005

Each picture shows a conversation of its own; nothing is put on the waiting list.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from chat import STUDENT, Chat  # noqa: E402
from chromium import launch  # noqa: E402

IMAGES = ROOT / "docs" / "images"
DESKTOP = {"width": 1280, "height": 820}
PHONE = {"width": 390, "height": 800}


def look_at_the_page(_: Chat) -> None:
    pass


def ask_a_question(chat: Chat) -> None:
    chat.open().say("What does it cost?")


def begin_the_check(chat: Chat) -> None:
    chat.open().say("Check if I qualify").say("International Co-op").say(STUDENT)


def fail_one_criterion(chat: Chat) -> None:
    chat.open().say("Check if I qualify").say("International Co-op")
    chat.say("I'm 27, French, I live in France, I have a signed offer, I'm not a student")
    chat.answer_the_check()


def reach_the_end(chat: Chat) -> None:
    chat.open().reach_the_summary()


PICTURES: dict[str, tuple[Callable[[Chat], None], dict[str, object]]] = {
    "page": (look_at_the_page, {"viewport": DESKTOP}),
    "desktop": (ask_a_question, {"viewport": DESKTOP}),
    "phone": (begin_the_check, {"viewport": PHONE}),
    "dark": (begin_the_check, {"viewport": DESKTOP, "color_scheme": "dark"}),
    "decision": (fail_one_criterion, {"viewport": PHONE}),
    "summary": (reach_the_end, {"viewport": PHONE}),
    "french": (ask_a_question, {"viewport": DESKTOP, "locale": "fr-CA"}),
}


def take(browser: Browser, address: str, name: str) -> None:
    """Hold the conversation of the picture `name` and save what the visitor sees."""
    talk, options = PICTURES[name]
    context = browser.new_context(
        base_url=address, reduced_motion="reduce", **({"locale": "en-CA"} | options)
    )
    page = context.new_page()
    chat = Chat(page).visit()
    chat.email = "marie@example.net"
    talk(chat)
    page.mouse.move(0, 0)
    page.wait_for_timeout(200)
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()
    print(IMAGES / f"{name}.png")


def main() -> None:
    """Take every picture, or those named after the address."""
    address, *names = sys.argv[1:] or ["http://127.0.0.1:5005"]
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name in names or PICTURES:
            take(browser, address, name)
        browser.close()


if __name__ == "__main__":
    main()
