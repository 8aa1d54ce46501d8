"""For everyone: screens, themes, languages, scripts, and other people's sites."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chat import Chat
from tests.browser.servers import Assistant, EmbeddingSite

Contexts = Callable[..., BrowserContext]

PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True}
ZOOMED = {"viewport": {"width": 640, "height": 360}}
DARK = {"color_scheme": "dark"}

TOO_SMALL = """() => [...document.querySelector("iec-chat").shadowRoot
  .querySelectorAll("button, select, textarea, summary")]
  .filter((element) => element.checkVisibility())
  .map((element) => [element.textContent || element.ariaLabel, element.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""

TOO_WIDE = """() => {
  const log = document.querySelector("iec-chat").shadowRoot.querySelector(".log");
  return [document.documentElement, log].map((one) => one.scrollWidth - one.clientWidth);
}"""


@pytest.mark.parametrize("options", [PHONE, ZOOMED, DARK], ids=["320px", "zoom", "dark"])
def test_every_screen_is_usable_on_small_zoomed_and_dark_displays(
    new_context: Contexts, options: dict[str, object]
) -> None:
    chat = Chat(new_context(**options).new_page()).visit()
    chat.has_no_barriers()
    chat.open().has_no_barriers()
    chat.say("What does it cost?").has_no_barriers()
    chat.say("Check if I qualify").say("Not sure").has_no_barriers()
    chat.say("I'm 45, Brazilian").answer_the_check().has_no_barriers()
    expect(chat.log.locator(".card").first).to_be_visible()
    assert chat.page.evaluate(TOO_SMALL) == []
    assert chat.page.evaluate(TOO_WIDE) == [0, 0]
    chat.dialog.get_by_role("button", name="Options").click()
    chat.has_no_barriers()
    assert chat.page.evaluate(TOO_SMALL) == []


def test_a_small_screen_is_filled_and_what_lies_behind_cannot_be_reached(
    new_context: Contexts,
) -> None:
    chat = Chat(new_context(**PHONE).new_page()).visit().open()
    box = chat.dialog.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 320, 640)
    expect(chat.log).to_be_focused()
    for _ in range(15):
        chat.page.keyboard.press("Tab")
        inside = "() => ['IEC-CHAT', 'BODY'].includes(document.activeElement.tagName)"
        assert chat.page.evaluate(inside)
    chat.page.keyboard.press("Escape")
    expect(chat.dialog).to_be_hidden()


def test_escape_closes_the_menu_before_the_chat(chat: Chat) -> None:
    options = chat.dialog.get_by_role("button", name="Options")
    options.click()
    chat.page.keyboard.press("Escape")
    expect(options).to_be_focused()
    expect(chat.dialog).to_be_visible()
    chat.dialog.get_by_role("button", name="Close the chat").click()
    expect(chat.page.get_by_role("button", name="Chat with the IEC assistant")).to_be_focused()


def test_french_is_spoken_by_the_page_and_the_widget_and_says_that_answers_are_english(
    new_context: Contexts,
) -> None:
    chat = Chat(new_context(locale="fr-CA").new_page()).visit()
    expect(chat.page.get_by_role("heading", level=1)).to_contain_text("Travailler au Canada")
    chat.has_no_barriers().open().has_no_barriers()
    expect(chat.dialog.get_by_text("répond en anglais")).to_be_visible()
    chat.choose("Combien ça coûte ?")
    assert chat.said()[2] == "How much does it cost?"
    answer = chat.log.locator(".bubble.assistant").last
    expect(answer).to_have_attribute("lang", "en")
    chat.has_no_barriers()


def test_the_chosen_language_stays_until_it_is_changed_again(chat: Chat) -> None:
    chat.say("What does it cost?")
    chat.dialog.get_by_role("button", name="Options").click()
    chat.dialog.get_by_label("Language").select_option("fr")
    expect(chat.dialog.get_by_role("heading", name="Assistant EIC")).to_be_visible()
    assert "Fees" in " ".join(chat.said())
    chat.page.reload()
    chat.open()
    expect(chat.dialog.get_by_label("Votre message")).to_be_visible()
    chat.dialog.get_by_role("button", name="Options").click()
    chat.dialog.get_by_label("Langue").select_option("en")
    expect(chat.dialog.get_by_label("Your message")).to_be_visible()


def test_the_language_chosen_on_the_page_is_the_language_of_the_chat(chat: Chat) -> None:
    chat.dialog.get_by_role("button", name="Options").click()
    chat.dialog.get_by_label("Language").select_option("fr")
    expect(chat.dialog.get_by_role("heading", name="Assistant EIC")).to_be_visible()
    chat.page.keyboard.press("Escape")
    chat.page.get_by_role("link", name="English").click()
    chat.open()
    expect(chat.dialog.get_by_role("heading", name="IEC assistant")).to_be_visible()


MARKUP = [
    "<img src=x onerror=window.hacked=1>",
    "<script>window.hacked=1</script>",
    "[click](javascript:window.hacked=1) javascript:window.hacked=1",
    '"><svg onload=window.hacked=1> {{7*7}} ${7*7}',
]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_what_people_write_stays_text(chat: Chat, text: str) -> None:
    chat.say(text)
    assert chat.said()[2] == text
    chat.page.reload()
    chat.open()
    assert chat.said()[2] == text
    assert chat.log.locator("img, script, a[href^='javascript']").count() == 0
    assert chat.page.evaluate("() => window.hacked") is None


def test_markup_in_a_name_stays_text_in_the_summary(chat: Chat) -> None:
    name = "Zoë <b onclick=alert(1)>O'Neil</b>"
    chat.reach_the_summary(name)
    if chat.log.locator(".summary").count():
        expect(chat.log.locator(".summary")).to_contain_text("Zoë")
    assert chat.log.locator("b").count() == 0
    assert chat.page.evaluate("() => window.hacked") is None


def test_words_from_right_to_left_keep_their_order(chat: Chat) -> None:
    text = "مرحبا، كم تكلفة IEC 2024؟"
    chat.say(text)
    mine = chat.log.locator(".bubble.visitor")
    expect(mine).to_contain_text(text)
    expect(mine).to_have_css("direction", "rtl")


def test_an_organizations_site_embeds_the_chat_under_its_own_policy_and_styles(
    new_context: Contexts, site: EmbeddingSite, assistant: Assistant
) -> None:
    page: Page = new_context().new_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    chat = Chat(page).visit(site.origin)
    expect(chat.dialog.get_by_role("heading", name="Ask us")).to_be_visible()
    assert page.evaluate("() => document.activeElement.tagName") == "BODY"
    chat.say("Check if I qualify")
    assert chat.question == "Which program are you interested in?"
    header = chat.dialog.locator("header").first
    expect(header).to_have_css("background-color", "rgb(6, 78, 138)")
    ours = {"font-size": "16px", "letter-spacing": "normal", "direction": "ltr"}
    ours |= {"text-transform": "none", "cursor": "auto", "color": "rgb(27, 32, 39)"}
    for name, value in ours.items():
        expect(chat.last_answer).to_have_css(name, value)
    box = chat.dialog.bounding_box()
    assert box is not None
    assert box["x"] == 20
    assert {re.sub(r"(://[^/]+).*", r"\1", url) for url in requested} <= {
        site.origin,
        assistant.address,
    }


def test_two_colours_two_positions_and_a_theme_are_attributes(chat: Chat) -> None:
    set_attribute = "(pair) => document.querySelector('iec-chat').setAttribute(...pair)"
    for name, value in {"accent": "#064e8a", "accent-text": "white", "theme": "dark"}.items():
        chat.page.evaluate(set_attribute, [name, value])
    expect(chat.dialog.locator("header").first).to_have_css("background-color", "rgb(6, 78, 138)")
    expect(chat.dialog).to_have_css("background-color", "rgb(23, 27, 33)")
    chat.has_no_barriers()
    for name, value in {"accent": "red; } * { display: none", "heading": "<b>Ask</b>"}.items():
        chat.page.evaluate(set_attribute, [name, value])
    expect(chat.dialog.locator("header").first).to_have_css("background-color", "rgb(168, 20, 43)")
    expect(chat.dialog.get_by_role("heading", name="<b>Ask</b>")).to_be_visible()


def test_an_inline_chat_stands_in_the_page_and_stays_open(chat: Chat) -> None:
    chat.page.evaluate(
        "() => document.querySelector('iec-chat').setAttribute('position', 'inline')"
    )
    chat.say("What does it cost?").has_no_barriers()
    chat.page.keyboard.press("Escape")
    expect(chat.dialog).to_be_visible()
    expect(chat.dialog).to_have_css("position", "static")
    expect(chat.dialog.get_by_role("button", name="Close the chat")).to_have_count(0)


def test_a_site_that_is_not_on_the_list_cannot_load_the_chat(
    new_context: Contexts, site: EmbeddingSite
) -> None:
    page = new_context().new_page()
    page.goto(site.origin.replace("localhost", "127.0.0.1"))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => customElements.get('iec-chat') === undefined")
