"""What may stay of a conversation with somebody under 18: its course, none of its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Event = Mapping[str, Any]

KEPT_AS_THEY_ARE = frozenset(
    {
        "action",
        "action_execution_rejected",
        "active_loop",
        "loop_interrupted",
        "restart",
        "rewind",
        "session_started",
        "undo",
    }
)
KEPT_SLOTS = frozenset({"under_age", "requested_slot"})


def scrub(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return the events without user text, entities and applicant slots.

    Of the assistant's words only those after the last message of the visitor stay: earlier ones
    may repeat what the visitor told. Unknown kinds of events are dropped.
    """
    all_events = list(events)
    of_users = [index for index, event in enumerate(all_events) if event["event"] == "user"]
    last_user = of_users[-1] if of_users else -1
    scrubbed = (_scrubbed(event, index > last_user) for index, event in enumerate(all_events))
    return [event for event in scrubbed if event is not None]


def _scrubbed(event: Event, in_last_reply: bool) -> dict[str, Any] | None:
    kind = event["event"]
    if kind == "user":
        return _scrubbed_user(event)
    if kind == "bot":
        return dict(event) if in_last_reply else _without_words(event)
    if kind == "slot":
        return dict(event) if event["name"] in KEPT_SLOTS else None
    return dict(event) if kind in KEPT_AS_THEY_ARE else None


def _scrubbed_user(event: Event) -> dict[str, Any]:
    intent = (event.get("parse_data") or {}).get("intent") or {}
    kept_intent = {"name": intent.get("name"), "confidence": intent.get("confidence")}
    return {
        "event": "user",
        "timestamp": event["timestamp"],
        "text": "",
        "parse_data": {"intent": kept_intent, "entities": [], "text": ""},
        "input_channel": event.get("input_channel"),
        "message_id": event.get("message_id"),
        "metadata": {},
    }


def _without_words(event: Event) -> dict[str, Any]:
    return {"event": "bot", "timestamp": event["timestamp"], "text": "", "data": {}, "metadata": {}}
