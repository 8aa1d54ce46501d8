"""From the first click to the reference code."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.chat import ANSWERS, Chat

BETWEEN_BUBBLES_MS = 200
NOTE_WHEN_THE_ASSISTANT_SPEAKS = """() => {
  window.moments = [];
  const spoken = (node) => node.matches?.(".bubble.assistant:not(.typing)");
  const note = (changes) => changes.flatMap(({ addedNodes }) => [...addedNodes]).filter(spoken)
    .forEach(() => moments.push(performance.now()));
  const log = document.querySelector("iec-chat").shadowRoot.querySelector(".log");
  new MutationObserver(note).observe(log, { childList: true });
}"""
CODE = re.compile(r"^IEC-[0-9A-Z]{4}-[0-9A-Z]{4}$")


def test_the_whole_path_by_mouse(chat: Chat) -> None:
    chat.has_no_barriers()
    chat.choose("Check if I qualify").choose("International Co-op")
    expect(chat.log.get_by_text("Question 2 of about 15")).to_be_visible()
    chat.has_no_barriers().answer_the_check()
    card = chat.log.locator(".card.qualified")
    expect(card).to_contain_text("You seem to meet the published criteria")
    card.get_by_text("Show why").click()
    expect(card.locator("li.met").first).to_contain_text("Citizens of France can take part")
    chat.has_no_barriers()
    chat.choose("Join the list").choose("I agree").say("Marie Dupont").say(chat.email)
    chat.has_no_barriers()
    chat.log.get_by_role("button", name="Change: Marie Dupont").click()
    chat.wait().say("Marie Curie")
    summary = chat.log.locator(".summary").last
    expect(summary).to_contain_text("Marie Curie")
    assert chat.log.get_by_role("button", name=re.compile("Change: Marie")).count() == 1
    chat.choose("Yes, send it").has_no_barriers()
    code = chat.log.locator(".reference code")
    expect(code).to_have_text(CODE)
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.log.get_by_role("button", name="Copy").click()
    expect(chat.dialog.get_by_role("status")).to_have_text("Copied")
    assert chat.page.evaluate("() => navigator.clipboard.readText()") == code.inner_text()


def test_every_line_of_the_summary_can_be_changed_and_is_checked_again(chat: Chat) -> None:
    chat.reach_the_summary()
    summary = chat.log.locator(".summary").last
    lines = summary.locator("dd, li")
    assert lines.count() == summary.get_by_role("button").count() == 3 + 14
    summary.get_by_role("button", name="Change: 24 years old").click()
    chat.wait()
    assert chat.question == "How old are you?"
    assert chat.log.get_by_role("button", name=re.compile("^Change")).count() == 0
    chat.say("26")
    expect(summary).to_contain_text("26 years old")
    expect(chat.log.get_by_text("where you stand has not changed")).to_be_visible()
    chat.page.reload()
    chat.open()
    summary.get_by_role("button", name="Change: CAD 3,000").click()
    chat.wait().say("I don't know")
    expect(chat.log.locator(".card.needs_review")).to_contain_text("minimum funds")
    expect(summary).to_contain_text("not known: your funds")
    summary.get_by_role("button", name="Change: passport: France").click()
    chat.wait().say("Brazilian")
    expect(chat.log.locator(".card.not_qualified").last).to_be_visible()
    expect(chat.log.get_by_role("button", name="Yes, send it")).to_have_count(0)
    chat.has_no_barriers()


def test_the_whole_path_by_keyboard(chat: Chat) -> None:
    page = chat.page
    page.reload()
    press_until(page, "Chat with the IEC assistant", "Tab")
    page.keyboard.press("Enter")
    expect(chat.field).to_be_focused()
    press_until(page, "Talk to a person", "Shift+Tab")
    press_until(page, "Check if I qualify", "Shift+Tab")
    page.keyboard.press("Space")
    chat.wait()
    expect(chat.field).to_be_focused()
    for _ in range(len(ANSWERS)):
        answer = next((ANSWERS[words] for words in ANSWERS if words in chat.question), None)
        if answer is None:
            break
        page.keyboard.type(answer)
        page.keyboard.press("Enter")
        chat.wait()
    for text in ("yes", "I agree", "Marie Dupont", chat.email):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        chat.wait()
    press_until(page, "Yes, send it", "Shift+Tab")
    page.keyboard.press("Enter")
    chat.wait()
    expect(chat.log.locator(".reference code")).to_have_text(CODE)
    press_until(page, "Copy", "Shift+Tab")
    page.keyboard.press("Escape")
    expect(chat.dialog).to_be_hidden()
    assert focused(page) == "Chat with the IEC assistant"


def press_until(page: Page, name: str, key: str) -> None:
    for _ in range(40):
        if focused(page) == name:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name!r} cannot be reached, focus is on {focused(page)!r}")


def focused(page: Page) -> str:
    return str(
        page.evaluate(
            """() => {
              let element = document.activeElement;
              while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
              return element.getAttribute("aria-label") ?? element.textContent.trim();
            }"""
        )
    )


@pytest.mark.parametrize("verdict", ["Yes, helpful", "No, not helpful"])
def test_an_answer_names_its_source_and_can_be_rated(chat: Chat, verdict: str) -> None:
    chat.choose("What does it cost?")
    link = chat.log.locator(".source a")
    assert (link.get_attribute("href") or "").startswith("https://")
    assert link.get_attribute("rel") == "noopener noreferrer"
    thumb = chat.log.get_by_role("button", name=verdict)
    thumb.click()
    expect(chat.dialog.get_by_role("status")).to_have_text("Thank you for telling us.")
    chat.has_no_barriers()
    stored = {message.get("feedback") for message in chat.history()}
    assert stored == {None, "up" if verdict.startswith("Yes") else "down"}
    chat.page.reload()
    chat.open()
    expect(thumb).to_have_attribute("aria-pressed", "true")
    thumb.click()
    expect(thumb).to_have_attribute("aria-pressed", "false")
    chat.page.wait_for_timeout(200)
    assert {message.get("feedback") for message in chat.history()} == {None}


def test_an_example_on_the_page_opens_the_chat_and_asks(chat: Chat) -> None:
    chat.page.reload()
    chat.page.get_by_role("button", name="How long can Irish people stay?").click()
    expect(chat.dialog).to_be_visible()
    chat.wait()
    assert chat.said()[2] == "How long can Irish people stay?"
    expect(chat.log.locator(".source")).to_be_visible()


def test_what_was_chosen_disappears_and_dots_tell_that_an_answer_is_coming(chat: Chat) -> None:
    held: list[Route] = []
    chat.page.route("**/chat/messages", lambda route: held.append(route))
    chat.replies.get_by_text("Check if I qualify").click()
    expect(chat.replies).to_have_count(0)
    expect(chat.log.locator(".typing")).to_be_in_viewport()
    chat.has_no_barriers()
    held[0].continue_()
    chat.wait()
    expect(chat.log.locator(".typing")).to_have_count(0)
    assert chat.question == "Which program are you interested in?"


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_an_answer_arrives_bubble_by_bubble_and_moves_only_where_that_is_wanted(
    new_context: Callable[..., BrowserContext], motion: str
) -> None:
    chat = Chat(new_context(reduced_motion=motion).new_page()).visit().open()
    expect(chat.dialog).to_have_css("animation-name", "none" if motion == "reduce" else "rise")
    chat.page.evaluate(NOTE_WHEN_THE_ASSISTANT_SPEAKS)
    chat.say("Check if I qualify")
    first, second = chat.page.evaluate("() => window.moments")
    assert (second - first >= BETWEEN_BUBBLES_MS) == (motion == "no-preference")


def test_a_question_in_between_is_answered_and_the_progress_stays(chat: Chat) -> None:
    chat.say("Check if I qualify").say("International Co-op").say("What does it cost?")
    expect(chat.log.locator(".source")).to_be_visible()
    assert chat.question == "How old are you?"
    expect(chat.log.locator(".progress").last).to_contain_text("Question 2")


def test_new_words_of_the_assistant_are_announced_once(chat: Chat) -> None:
    chat.page.evaluate(
        """() => {
          window.heard = [];
          const { shadowRoot } = document.querySelector("iec-chat");
          const status = shadowRoot.querySelector("[role=status]");
          new MutationObserver(() => status.textContent && heard.push(status.textContent))
            .observe(status, { childList: true });
        }"""
    )
    chat.say("Check if I qualify")
    chat.page.wait_for_timeout(150)
    heard = chat.page.evaluate("() => window.heard")
    assert len(heard) == 1
    assert "Which program are you interested in?" in heard[0]
    assert chat.log.get_attribute("aria-live") == "off"


def test_the_options_start_over_download_delete_and_name_a_person(chat: Chat) -> None:
    page, option = chat.page, chat.dialog.get_by_role("button", name="Options")
    chat.say("What does it cost?")
    option.click()
    chat.has_no_barriers()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download this conversation").click()
    text = downloading.value.path().read_text(encoding="utf-8")
    assert "You: What does it cost?" in text
    assert "CAD 172" in text
    option.click()
    chat.dialog.get_by_role("button", name="Talk to a person").click()
    chat.wait()
    expect(chat.log.locator("a[href^='mailto:']").first).to_be_visible()
    option.click()
    chat.dialog.get_by_role("button", name="Delete my data").click()
    chat.wait().choose("I have none").choose("Yes, do it")
    assert chat.history() == []
    option.click()
    chat.dialog.get_by_role("button", name="Start over").click()
    chat.has_no_barriers()
    page.keyboard.press("Escape")
    assert len(chat.said()) > 2
    option.click()
    chat.dialog.get_by_role("button", name="Start over").click()
    chat.dialog.get_by_role("button", name="Yes, start over").click()
    assert len(chat.said()) == 2
