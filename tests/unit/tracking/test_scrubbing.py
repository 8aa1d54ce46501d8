"""What scrubbing keeps of each kind of event."""

from __future__ import annotations

from typing import Any

import pytest

from bot.tracking.scrubbing import scrub

USER = {
    "event": "user",
    "timestamp": 2.0,
    "text": "I am Zoe, 16",
    "parse_data": {
        "intent": {"name": "inform", "confidence": 0.9, "text": "Zoe"},
        "intent_ranking": [{"name": "inform", "text": "Zoe"}],
        "entities": [{"entity": "name", "value": "Zoe"}],
        "text": "I am Zoe, 16",
    },
    "input_channel": "web",
    "message_id": "m",
    "metadata": {"name": "Zoe"},
}
BOT = {"event": "bot", "timestamp": 1.0, "text": "Hello Zoe", "data": {"x": "Zoe"}, "metadata": {}}
LISTEN = {"event": "action", "timestamp": 3.0, "name": "action_listen"}


def test_the_words_of_the_visitor_go_and_the_course_of_the_talk_stays() -> None:
    (user,) = scrub([USER])
    assert "Zoe" not in repr(user)
    assert user["parse_data"]["intent"] == {"name": "inform", "confidence": 0.9}
    assert (user["timestamp"], user["message_id"], user["input_channel"]) == (2.0, "m", "web")


def test_only_the_latest_words_of_the_assistant_stay() -> None:
    earlier, _, latest = scrub([BOT, USER, BOT])
    assert (earlier["text"], earlier["data"]) == ("", {})
    assert latest == BOT


@pytest.mark.parametrize(
    ("event", "kept"),
    [
        (LISTEN, True),
        ({"event": "session_started", "timestamp": 1.0}, True),
        ({"event": "active_loop", "timestamp": 1.0, "name": None}, True),
        ({"event": "slot", "timestamp": 1.0, "name": "under_age", "value": True}, True),
        ({"event": "slot", "timestamp": 1.0, "name": "requested_slot", "value": "age"}, True),
        ({"event": "slot", "timestamp": 1.0, "name": "nationalities", "value": ["FR"]}, False),
        ({"event": "entities", "timestamp": 1.0, "entities": [{"value": "Zoe"}]}, False),
        ({"event": "reminder", "timestamp": 1.0, "entities": {"name": "Zoe"}}, False),
        ({"event": "something new", "timestamp": 1.0, "text": "Zoe"}, False),
    ],
)
def test_an_event_stays_only_if_it_is_known_to_hold_nothing_personal(
    event: dict[str, Any], kept: bool
) -> None:
    assert scrub([event]) == ([event] if kept else [])
