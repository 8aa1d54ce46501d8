"""What to offer when a message was not understood with certainty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.knowledge.topics import Topic, topics

RETRIEVAL_INTENT = "faq"
OFFERED_TOPICS = 2
NO_IDEA = "no_idea"


def topic_of(message: Mapping[str, Any]) -> str:
    """Return the topic that the classifier found in `message`, Rasa's parse of a text.

    Raises:
        KeyError: the message is not a question on a topic.
    """
    response = message["response_selector"][RETRIEVAL_INTENT]["response"]
    return str(response["intent_response_key"]).removeprefix(f"{RETRIEVAL_INTENT}/")


def likely_topics(message: Mapping[str, Any]) -> Sequence[Topic]:
    """Return the likeliest topics of a message, though it is no topic; of "no idea", none."""
    if message.get("understanding", {}).get("zone", NO_IDEA) == NO_IDEA:
        return ()
    return tuple(_topics_in(message.get("label_ranking", ())))[:OFFERED_TOPICS]


def _topics_in(ranking: Iterable[Mapping[str, Any]]) -> Iterable[Topic]:
    for guess in ranking:
        intent, _, name = str(guess["name"]).partition("/")
        if intent == RETRIEVAL_INTENT and name in topics():
            yield topics()[name]
