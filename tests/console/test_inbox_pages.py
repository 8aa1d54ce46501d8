"""The inbox for the assistant in the console."""

from __future__ import annotations

import re

import pytest
import yaml

from bot.console.services import Services
from tests.console.browsing import Browser, words_of
from tests.console.talks import RIDDLES, fill


@pytest.fixture
def filled(services: Services) -> Services:
    fill(services)
    return services


def riddles(browser: Browser) -> dict[str, str]:
    """Return the number of each message that waits, by its text, in the order of the page."""
    page = browser.get("/inbox").text
    return {
        text: number for number, text in re.findall(r'<p class="said" id="r(\d+)">(.*?)</p>', page)
    }


def test_messages_stand_there_once_with_count_guess_and_confidence(filled, reader: Browser) -> None:
    words = words_of(reader.get("/inbox"))
    assert next(iter(riddles(reader))) == RIDDLES[0][0]
    assert f"{RIDDLES[0][0]} 5× Guess faq/poe_letter 31 % sure" in words
    assert "What does it cost? 1× 1 thumb down" in words
    assert "6 messages wait" in words
    assert "decision" not in re.findall(r'name="(\w+)"', reader.get("/inbox").text)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"decision": "right"}, "The guess is right: faq/poe_letter."),
        ({"decision": "topic", "label": "faq/family"}, "Choose one of the topics"),
        ({"decision": "topic", "label": "faq/max_stay"}, "Another topic: faq/max_stay."),
        ({"decision": "out_of_scope"}, "Out of scope: out_of_scope."),
        ({"decision": "ignored"}, "Ignored."),
        ({"decision": "deleted"}, "Deleted."),
    ],
)
def test_a_decision_is_told_and_the_message_goes(filled, reviewer: Browser, fields, told) -> None:
    text = RIDDLES[0][0]
    page = reviewer.follow(reviewer.post("/inbox/decide", id=riddles(reviewer)[text], **fields))
    assert told in words_of(page)
    assert (text in riddles(reviewer)) == told.startswith("Choose")


def test_a_decision_made_twice_is_told_to_the_second(filled, reviewer: Browser) -> None:
    number = riddles(reviewer)[RIDDLES[0][0]]
    reviewer.post("/inbox/decide", id=number, decision="ignored")
    page = reviewer.follow(reviewer.post("/inbox/decide", id=number, decision="right"))
    assert "rob has decided this already" in words_of(page)
    assert reviewer.post("/inbox/decide", id=number, decision="nonsense").status_code == 400


def test_a_decision_is_undone(filled, reviewer: Browser) -> None:
    text = RIDDLES[0][0]
    number = riddles(reviewer)[text]
    page = reviewer.follow(reviewer.post("/inbox/decide", id=number, decision="right"))
    assert (
        f'<input type="hidden" name="id" value="{number}"><button class="quiet" data-key="u">'
        in (page.text)
    )
    assert text in words_of(reviewer.get("/inbox/decided"))
    reviewer.post("/inbox/reopen", id=number)
    assert text in riddles(reviewer)


def test_the_export_is_training_data_by_topic(filled, reviewer: Browser) -> None:
    for text, _guess, _confidence in RIDDLES[:2]:
        reviewer.post("/inbox/decide", id=riddles(reviewer)[text], decision="right")
    answer = reviewer.get("/inbox/export.yml")
    groups = yaml.safe_load(answer.text)["nlu"]
    assert {group["intent"]: group["examples"] for group in groups} == {
        guess: f"- {text}\n" for text, guess, _ in RIDDLES[:2]
    }
    assert "# data/nlu/faq/arrival.yml" in answer.text
