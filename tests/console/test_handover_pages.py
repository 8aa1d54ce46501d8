"""Handover in the console: the queue, talking to a visitor, two of staff at once."""

from __future__ import annotations

import re

import pytest

from bot.console.services import Services
from tests.console.browsing import Browser, words_of
from tests.console.talks import fill

ID = "web-person01"


@pytest.fixture
def filled(services: Services) -> Services:
    fill(services)
    return services


def test_who_waits_stands_in_the_queue_and_can_be_taken(filled, reviewer: Browser) -> None:
    assert "1 waiting, 0 with a person" in words_of(reviewer.get("/handover"))
    page = reviewer.follow(reviewer.post(f"/handover/{ID}/take"))
    assert "You have this conversation now" in words_of(page)
    assert "0 waiting, 1 with a person" in words_of(reviewer.get("/handover"))
    assert filled.handovers.is_with_person(ID)


def test_an_answer_sent_twice_is_said_once(filled, reviewer: Browser) -> None:
    reviewer.post(f"/handover/{ID}/take")
    for _ in range(2):
        page = reviewer.follow(reviewer.post(f"/handover/{ID}/answer", text="Hello!", key="k"))
    words = words_of(page)
    assert words.count("Hello!") == 1
    assert "rob 16 Jan 2023" in words


def test_the_second_of_staff_is_told_that_somebody_else_has_it(
    filled, reviewer: Browser, administrator: Browser
) -> None:
    reviewer.post(f"/handover/{ID}/take")
    administrator.post(f"/handover/{ID}/take")
    page = reviewer.follow(reviewer.post(f"/handover/{ID}/answer", text="Hello!", key="k"))
    assert "ada has this conversation now." in words_of(page)
    assert "Take over from ada" in page.text
    assert 'name="text"' not in page.text


def test_it_is_handed_back_and_then_closed(filled, reviewer: Browser) -> None:
    reviewer.post(f"/handover/{ID}/take")
    page = reviewer.follow(reviewer.post(f"/handover/{ID}/back"))
    assert "The assistant answers again." in words_of(page)
    again = reviewer.follow(reviewer.post(f"/handover/{ID}/back"))
    assert "no longer in the queue" in words_of(again)
    assert "Nobody waits for a person." in words_of(reviewer.get("/handover"))


def test_readers_look_on_and_cannot_answer(filled, reader: Browser) -> None:
    page = reader.get(f"/handover/{ID}")
    assert page.status_code == 200
    assert "<form" not in re.sub(r'<form method="post" action="/logout">', "", page.text)


def test_the_news_change_when_something_happens_and_tell_no_words(
    filled, reviewer: Browser
) -> None:
    def state() -> str:
        return reviewer.get(f"/handover/{ID}/news").json()["state"]

    seen = [state(), state()]
    reviewer.post(f"/handover/{ID}/take")
    seen.append(state())
    filled.handovers.hear(ID, "m9", "Are you there?")
    seen.append(state())
    assert seen[0] == seen[1]
    assert len(set(seen)) == 3
    assert f'data-state="{seen[-1]}"' in reviewer.get(f"/handover/{ID}").text


def test_what_staff_say_and_do_is_in_the_audit_without_the_words(filled, reviewer: Browser) -> None:
    reviewer.post(f"/handover/{ID}/take")
    reviewer.post(f"/handover/{ID}/answer", text="Your name is Zoé?", key="k")
    reviewer.post(f"/handover/{ID}/back")
    lines = list(reversed(filled.audit.lines(per_page=3)))
    assert [(line.action, line.subject) for line in lines] == [
        ("handover.take", ID),
        ("handover.answer", ID),
        ("handover.back", ID),
    ]
    assert "Zoé" not in str(lines)


@pytest.mark.parametrize(
    ("channel", "can_be_answered"), [("web", True), ("telegram", True), ("cmdline", False)]
)
def test_only_channels_that_can_send_are_answered_from_here(
    filled, reviewer: Browser, channel: str, can_be_answered: bool
) -> None:
    filled.handovers.ask("telegram-0001", channel)
    reviewer.post("/handover/telegram-0001/take")
    page = reviewer.get("/handover/telegram-0001")
    assert ("cannot be answered from here" in words_of(page)) != can_be_answered
    assert ('name="text"' in page.text) == can_be_answered
