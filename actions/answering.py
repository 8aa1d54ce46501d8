"""Saying the answer to a question."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.services import services
from actions.turn import Turn, filled
from bot.conversation.answering import answer, category_in, topic_to_go_on_with
from bot.conversation.reading import countries_mentioned


def say_answer(turn: Turn, topic: str) -> list[EventType]:
    """Answer the turn's question about `topic`, with season, source and a next step.

    A question that names no country is about the passports that the visitor has told of.
    """
    told = turn.slot("nationalities")
    found = answer(
        topic,
        countries_mentioned(turn.text) or (told if isinstance(told, list) else []),
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
    return filled({"misunderstandings": None, "country_topic": topic_to_go_on_with(topic)})
