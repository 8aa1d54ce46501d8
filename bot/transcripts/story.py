"""A conversation as a test story for Rasa: what was said, and what the assistant did."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.database import for_reading
from bot.transcripts.events_table import events
from bot.transcripts.reader import label_of

STAND_INS: Mapping[str, str] = {
    "applicant_name": "Marie Dupont",
    "email": "marie@example.org",
    "reference": "IEC-2345-6789",
}
"""What stands in a test for answers that are personal, by the question that they answer."""

_NOT_IN_STORIES = frozenset({"action_listen", "action_session_start", "action_default_fallback"})
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")

Event = Mapping[str, Any]


def read_story(engine: Engine, conversation_id: str, mask: Callable[[str], str]) -> str | None:
    """Return the stored conversation as YAML for `rasa test core --e2e`; None if none is stored.

    `mask` takes numbers and addresses out of what the visitor said.
    """
    query = select(events.c.data).where(events.c.sender_id == conversation_id)
    with for_reading(engine).begin() as connection:
        rows = connection.execute(query.order_by(events.c.id)).scalars()
        stored = [json.loads(data) for data in rows]
    return story_of(stored, f"conversation {short(conversation_id)}", mask) if stored else None


def file_name(conversation_id: str) -> str:
    """Return where the story of a conversation belongs, below the project's folder."""
    return f"tests/stories/candidates/test_{_NOT_A_NAME.sub('_', short(conversation_id))}.yml"


def short(conversation_id: str) -> str:
    """Return the channel and the first characters of an id, which is itself as good as a key."""
    channel, *rest = re.split("[-:]", conversation_id.lower(), maxsplit=1)
    return f"{channel} {''.join(rest)[:8]}"


def story_of(stored: Iterable[Event], name: str, mask: Callable[[str], str]) -> str:
    """Return a story of the events, in Rasa's format."""
    lines = ['version: "3.1"', "", "stories:", f"  - story: {name}", "    steps:"]
    question = None
    for event in stored:
        kind = event["event"]
        if kind == "user" and event.get("text"):
            lines += _user_step(event, question, mask)
        elif kind == "action" and event.get("name") not in _NOT_IN_STORIES:
            lines.append(f"      - action: {event['name']}")
        elif kind == "active_loop":
            lines.append(f"      - active_loop: {event.get('name') or 'null'}")
        elif kind == "slot" and event.get("name") == "requested_slot":
            question = event.get("value")
    return "\n".join(lines) + "\n"


def _user_step(event: Event, question: str | None, mask: Callable[[str], str]) -> list[str]:
    text = STAND_INS.get(question or "") or mask(" ".join(str(event["text"]).split()))
    label = label_of(event.get("parse_data") or {})
    return ["      - user: |", f"          {text}", f"        intent: {label}"]
