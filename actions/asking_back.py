"""Asking back: the likeliest topics to choose from, and a person when that does not help."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.turn import Turn, filled
from bot.conversation.clarifying import likely_topics

GIVE_UP_AFTER = 2


def ask_back(turn: Turn) -> list[EventType]:
    """Offer the topics that the message may be about; after some times, a person."""
    times = (turn.slot("misunderstandings") or 0) + 1
    topics = likely_topics(turn.message)
    if times > GIVE_UP_AFTER:
        turn.say("utter_still_not_understood")
    elif topics:
        buttons = [{"title": topic.title, "payload": topic.question} for topic in topics]
        turn.say("utter_did_you_mean", buttons=buttons)
    else:
        turn.say("utter_not_understood")
    return filled({"misunderstandings": times})
