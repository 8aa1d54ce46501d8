"""Reads a conversation back from the stored events."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.engine import Engine

from bot.database import for_reading
from bot.transcripts.conversation import Button, Conversation, Turn
from bot.transcripts.events_table import events
from bot.transcripts.person_messages import person_turns

NOT_TRUSTED = "nlu_fallback"


def read_conversation(engine: Engine, conversation_id: str) -> Conversation:
    """Return the conversation with what people said in it; no turns when nothing is stored.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    query = (
        select(events.c.data)
        .where(events.c.sender_id == conversation_id, events.c.type_name.in_(["user", "bot"]))
        .order_by(events.c.id)
    )
    with for_reading(engine).begin() as connection:
        if not inspect(connection).has_table(events.name):
            return Conversation(conversation_id, ())
        stored = [json.loads(row.data) for row in connection.execute(query)]
        with_person = person_turns(connection, conversation_id)
    turns = heapq.merge(turns_of(stored), with_person, key=lambda turn: turn.time)
    return Conversation(conversation_id, tuple(turns))


def turns_of(stored_events: Iterable[Mapping[str, Any]]) -> list[Turn]:
    """Return the turns that the user and bot events tell of, in their order.

    A chosen button is shown by its title when the assistant offered it just before. Data that was
    uttered without words belongs to the words that follow.
    """
    turns: list[Turn] = []
    offered: dict[str, str] = {}
    data: dict[str, Any] = {}
    for event in stored_events:
        if event["event"] == "user":
            turns.append(_visitor_turn(event, offered))
            offered, data = {}, {}
        elif event["event"] == "bot":
            data |= _data(event).get("custom") or {}
            if data and not event.get("text"):
                continue
            turn = _assistant_turn(event, data)
            data = {}
            turns.append(turn)
            offered.update({button.payload: button.title for button in turn.buttons})
    return turns


def _visitor_turn(event: Mapping[str, Any], offered: Mapping[str, str]) -> Turn:
    text = event.get("text") or ""
    parse_data = event.get("parse_data") or {}
    intent = parse_data.get("intent") or {}
    likeliest = (parse_data.get("label_ranking") or [{}])[0]
    trusted = intent.get("name") != NOT_TRUSTED
    return Turn(
        time=_moment(event),
        speaker="visitor",
        text=offered.get(text, text) if text.startswith("/") else text,
        intent=label_of(parse_data),
        confidence=(intent if trusted else likeliest).get("confidence"),
        entities=tuple(parse_data.get("entities") or ()),
        guess=None if trusted else likeliest.get("name"),
        message_id=event.get("message_id"),
    )


def label_of(parse_data: Mapping[str, Any]) -> str | None:
    """Return the intent that was trusted, of a question with its topic: `faq/max_stay`."""
    intent = parse_data.get("intent") or {}
    name: str | None = intent.get("full_retrieval_intent_name") or intent.get("name")
    likeliest = str((parse_data.get("label_ranking") or [{}])[0].get("name", ""))
    return likeliest if likeliest.split("/")[0] == name else name


def _assistant_turn(event: Mapping[str, Any], data: Mapping[str, Any]) -> Turn:
    buttons = _data(event).get("buttons") or ()
    return Turn(
        time=_moment(event),
        speaker="assistant",
        text=event.get("text") or "",
        buttons=tuple(Button(button["title"], button["payload"]) for button in buttons),
        data=data,
    )


def _data(event: Mapping[str, Any]) -> Mapping[str, Any]:
    return event.get("data") or {}


def _moment(event: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(event["timestamp"], tz=timezone.utc)
