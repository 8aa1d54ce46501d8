"""Every reply of the assistant fits every messenger: no limit passed, no button or word lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.menu import chosen
from bot.channels.rendering import messenger, slack, telegram, whatsapp
from bot.channels.rendering.fitting import cut, length
from bot.channels.wording import WORDING
from bot.knowledge import load_knowledge
from bot.knowledge.topics import topics
from bot.mailroom import Bubble, Reply, bubbles
from bot.mailroom.reply import key_of
from bot.transcripts import Button
from tests.project.files import responses

FIGURES = load_knowledge("2024", "2023").figure_texts()
MANY = tuple(Button(f"Choice {number}", f"/choose_{number}") for number in range(1, 31))
LONG = tuple(
    Button(f"A title that is longer than a phone is wide, {n}", f"Tell me about {n}, " * 60)
    for n in range(1, 6)
)


class Figures(dict[str, str]):
    """Fills every placeholder; what is no figure is as long as the longest list of countries."""

    def __missing__(self, key: str) -> str:
        return FIGURES.get(key, "Something of a reasonable length, with a full stop. " * 12)


def replies() -> dict[str, Reply]:
    """Return every response with its buttons, every topic with its next ones, and odd shapes."""
    found: dict[str, Reply] = {}
    for name, variants in responses().items():
        for number, variant in enumerate(variants):
            buttons = [
                Button(item["title"], item["payload"]) for item in variant.get("buttons", [])
            ]
            text = (variant.get("text") or "").format_map(Figures())
            found[f"{name}/{number}"] = bubbles(text, buttons)
    for topic in topics().values():
        (answer, *_) = responses()[f"utter_faq/{topic.name}"]
        nexts = [topics()[name] for name in topic.next if name in topics()]
        buttons = [Button(other.title, other.question) for other in nexts]
        said = bubbles(answer["text"].format_map(Figures()), buttons)
        question = bubbles("How old are you?")
        found[f"topic {topic.name}"] = said
        found[f"topic {topic.name}, then a question"] = said + question
        found[f"topic {topic.name}, then a choice"] = (*said, Bubble("Which one?", MANY[:4]))
    found |= {key: bubbles(words) for key, words in WORDING.items()}
    found["only buttons"] = (Bubble("", MANY[:3]),)
    found["thirty buttons"] = (Bubble("Choose:", MANY),)
    found["thirty buttons, then a question"] = (Bubble("Choose:", MANY), Bubble("How old?"))
    found["long titles"] = (Bubble("Choose:", LONG),)
    found["long titles, then more"] = (Bubble("Choose:", LONG), Bubble("Or:", LONG + MANY[:4]))
    found["a long story"] = (Bubble("A sentence of some length, & more. " * 400, MANY[:2]),)
    found["one endless word"] = (Bubble("🇨🇦é<" * 4_000),)
    found["markup"] = (Bubble("*a* _b_ ~c~ `d` <!channel> <@U1> & [e](f) &amp; </b>", MANY[:2]),)
    return {name: reply for name, reply in found.items() if reply}


REPLIES = replies()
Titles = list[tuple[str, str]]


def on_telegram(reply: Reply) -> tuple[str, Titles]:
    said, buttons = [], []
    for message in telegram.render(reply):
        assert 1 <= length(message["text"]) <= 4096
        assert "parse_mode" not in message
        said.append(message["text"])
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for key in row:
                assert 1 <= len(key["callback_data"].encode()) <= 64
                buttons.append((key["text"], key["callback_data"]))
        assert len(json.dumps(message.get("reply_markup", {}))) <= 10_000
    return " ".join(said), buttons


def on_messenger(reply: Reply) -> tuple[str, Titles]:
    said, buttons = [], []
    for message in messenger.render(reply):
        if "attachment" in message:
            payload = message["attachment"]["payload"]
            assert 1 <= length(payload["text"]) <= 640
            assert 1 <= len(payload["buttons"]) <= 3
            text, shown = payload["text"], payload["buttons"]
        else:
            assert 1 <= length(message["text"]) <= 2000
            text, shown = message["text"], message.get("quick_replies", [])
            assert len(shown) <= 13
        said.append(text)
        for button in shown:
            assert 1 <= length(button["title"]) <= 20
            assert 1 <= len(button["payload"].encode()) <= 1000
            buttons.append((button["title"], button["payload"]))
    return " ".join(said), buttons


def on_whatsapp(reply: Reply) -> tuple[str, Titles]:
    said = [message["Body"] for message in whatsapp.render(reply)]
    assert all(1 <= length(body) <= 1600 for body in said)
    return " ".join(said), []


def on_slack(reply: Reply) -> tuple[str, Titles]:
    said, buttons = [], []
    for message in slack.render(reply):
        assert 1 <= len(message["text"]) <= 4000
        assert 1 <= len(message["blocks"]) <= 50
        for block in message["blocks"]:
            if block["type"] == "section":
                assert 1 <= len(block["text"]["text"]) <= 3000
                assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", block["text"]["text"])
                said.append(unescape(block["text"]["text"]))
                continue
            assert 1 <= len(block["elements"]) <= 5
            assert len({element["action_id"] for element in block["elements"]}) == len(
                block["elements"]
            )
            for element in block["elements"]:
                assert 1 <= length(element["text"]["text"]) <= 75
                assert 1 <= len(element["value"].encode()) <= 2000
                buttons.append((element["text"]["text"], element["value"]))
    return " ".join(said), buttons


CHANNELS: dict[str, Callable[[Reply], tuple[str, Titles]]] = {
    "telegram": on_telegram,
    "messenger": on_messenger,
    "whatsapp": on_whatsapp,
    "slack": on_slack,
}
NUMBERED = {"messenger": messenger.is_numbered, "whatsapp": whatsapp.is_numbered}


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_fits_the_messenger_and_loses_nothing(channel: str, name: str) -> None:
    reply = REPLIES[name]
    said, shown = CHANNELS[channel](reply)
    for bubble in reply:
        for paragraph in bubble.text.splitlines():
            assert letters(paragraph) in letters(said)
    carried = {payload for _, payload in shown}
    numbered = NUMBERED.get(channel, lambda _: False)(reply)
    for position, button in enumerate(buttons_of(reply), start=1):
        is_shown = button.payload in carried or key_of(button) in carried
        is_whole = any(button.title == title for title, _ in shown)
        is_listed = letters(button.title) in letters(said)
        assert (is_shown and is_whole) or is_listed
        assert is_shown or is_understood(button, position, reply, numbered)


def buttons_of(reply: Reply) -> Iterable[Button]:
    return (button for bubble in reply for button in bubble.buttons)


def is_understood(button: Button, position: int, reply: Reply, numbered: bool) -> bool:
    typed = [button.title] + ([str(position)] if numbered else [])
    found = [chosen(words, reply, numbered=numbered) for words in typed]
    return all(choice is not None and choice.title == button.title for choice in found)


MENU = (
    Bubble("First:", (Button("Yes", "/affirm"), Button("No", "/deny"))),
    Bubble("Or:", MANY[:2]),
)


@pytest.mark.parametrize(
    ("typed", "payload"),
    [
        ("2", "/deny"),
        ("2.", "/deny"),
        ("(2)", "/deny"),
        ("#2", "/deny"),
        ("2️⃣", "/deny"),
        ("２", "/deny"),
        ("two", "/deny"),
        ("Two please", "/deny"),
        ("the second one", "/deny"),
        ("option 2", "/deny"),
        ("Number two", "/deny"),
        ("no. 2", "/deny"),
        ("no", "/deny"),
        ("  NO! ", "/deny"),
        ("3", "/choose_1"),
        ("4th", "/choose_2"),
        ("choice 2", "/choose_2"),
        ("0", None),
        ("5", None),
        ("22", None),
        ("2 years", None),
        ("I am 2", None),
        ("no thanks", None),
        ("", None),
    ],
)
def test_what_people_reply_to_a_menu_is_understood(typed: str, payload: str | None) -> None:
    button = chosen(typed, MENU, numbered=True)
    assert (button.payload if button else None) == payload


def test_a_number_is_no_choice_where_no_numbers_were_shown() -> None:
    assert chosen("2", MENU, numbered=False) is None
    assert not whatsapp.is_numbered((*MENU, Bubble("How old are you?")))
    (only,) = whatsapp.render((*MENU, Bubble("How old are you?")))
    assert "• Yes" in only["Body"]


def test_whatsapp_counts_on_through_the_reply_and_says_how_to_choose() -> None:
    (only,) = whatsapp.render(MENU)
    assert only["Body"] == (
        "First:\n\n1. Yes\n2. No\n\nOr:\n\n3. Choice 1\n4. Choice 2\n\n"
        "Reply with a number, or in your own words."
    )


def test_messenger_lists_all_titles_and_shortens_only_those_that_are_too_long() -> None:
    short, long = Button("Not sure", "Not sure"), Button("RO Young Professional", "RO YP")
    (only,) = messenger.render((Bubble("Which one?", (short, long)),))
    assert only["text"] == "Which one?\n1. Not sure\n2. RO Young Professional"
    titles = [quick_reply["title"] for quick_reply in only["quick_replies"]]
    assert titles == ["Not sure", "2. RO Young Profess…"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("<@UBOT> hello", "  hello"),
        ("<mailto:zoe@example.org|zoe@example.org>", "zoe@example.org"),
        ("<tel:+14155550100|+1 415 555 0100>", "+1 415 555 0100"),
        ("see <https://example.org/a?b=c|example.org>", "see https://example.org/a?b=c"),
        ("see <https://example.org>", "see https://example.org"),
        ("in <#C1|general>", "in general"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_slacks_markup_is_read_as_what_was_typed(typed: str, read: str) -> None:
    assert slack.plain(typed) == read


@given(st.text(max_size=300), st.integers(5, 60))
def test_cutting_keeps_every_letter_and_the_limit(text: str, most: int) -> None:
    pieces = cut(text, most)
    assert all(length(piece) <= most for piece in pieces)
    assert letters("".join(pieces)) == letters(text)


def test_a_text_is_cut_between_sentences() -> None:
    assert cut("One two. Three four. Five six.", 22) == ["One two. Three four.", "Five six."]


def test_no_button_of_the_assistant_needs_a_key_on_any_messenger_but_telegram() -> None:
    values: list[Any] = [
        payload
        for render in (on_messenger, on_slack)
        for name, reply in REPLIES.items()
        if name.startswith(("utter", "topic"))
        for _, payload in render(reply)[1]
    ]
    assert not [value for value in values if value.startswith("#")]
