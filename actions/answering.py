"""Saying the answer to a question."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.services import services
from actions.turn import Turn, filled
from bot.conversation.answering import (
    answer,
    category_in,
    countries_asked_about,
    topic_to_go_on_with,
)


def say_answer(turn: Turn, topic: str) -> list[EventType]:
    """Answer the turn's question about `topic`, with season, source and a next step.

    The countries of a question about countries are kept: the next may go on with them.
    """
    told = turn.slot("nationalities")
    countries = countries_asked_about(
        turn.text,
        told if isinstance(told, list) else [],
        turn.slot("countries_asked_about") or [],
    )
    found = answer(
        topic,
        countries,
        category_in(turn.text),
        services().knowledge,
        turn.words,
    )
    turn.say(found.response, **found.values)
    turn.show(
        "utter_source",
        {"source": found.source_line},
        buttons=list(found.buttons),
        **found.source_line,
    )
    return filled(
        {
            "misunderstandings": None,
            "country_topic": topic_to_go_on_with(topic),
            "countries_asked_about": countries,
        }
    )
