"""The graph component that hands applicant facts to Rasa as entities."""

from __future__ import annotations

from datetime import datetime, timezone

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.applicant_facts import ApplicantFacts


def noon(year: int) -> ApplicantFacts:
    return ApplicantFacts(lambda: datetime(year, 6, 1, 12, tzinfo=timezone.utc))


def test_facts_become_entities_with_their_place_in_the_text() -> None:
    text = "Hi, I'm a 24 year old French student"
    (message,) = noon(2026).process([Message({TEXT: text})])
    assert {
        each["entity"]: (each["value"], text[each["start"] : each["end"]])
        for each in message.get(ENTITIES)
    } == {
        "age": (24, "24"),
        "nationalities": (["FR"], "French"),
        "student": (True, "I'm a 24 year old French student"),
    }
    assert {each["extractor"] for each in message.get(ENTITIES)} == {"ApplicantFacts"}


def test_the_day_of_the_message_decides_the_age() -> None:
    text = "I was born on 12 May 1998"
    ages = {}
    for year in (2026, 2027):
        (message,) = noon(year).process([Message({TEXT: text})])
        ages[year] = [e["value"] for e in message.get(ENTITIES) if e["entity"] == "age"]
    assert ages == {2026: [28], 2027: [29]}


def test_entities_found_before_are_kept() -> None:
    earlier = {"entity": "topic", "value": "fees", "start": 0, "end": 4}
    (message,) = noon(2026).process([Message({TEXT: "fees? I'm 24", ENTITIES: [earlier]})])
    assert [each["entity"] for each in message.get(ENTITIES)] == ["topic", "age"]


def test_a_message_that_states_nothing_gets_no_entities() -> None:
    (message,) = noon(2026).process([Message({TEXT: "can French people apply?"})])
    assert message.get(ENTITIES) == []


def test_a_message_without_text_is_left_alone() -> None:
    (message,) = noon(2026).process([Message({})])
    assert message.get(ENTITIES) is None
