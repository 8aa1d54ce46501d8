"""What is kept of conversations: events, their summaries, marks of staff and feedback."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Column, func, or_, select
from sqlalchemy.engine import Connection

from bot.keeping import JsonRow, Keeper, OfConversations, Person, deleted
from bot.transcripts.events_table import events
from bot.transcripts.feedback import feedback
from bot.transcripts.person_messages import person_messages
from bot.transcripts.reader import turns_of
from bot.transcripts.summary_tables import DERIVED, MARKS


class Conversations(Keeper):
    """The events themselves, in which people may have typed anything."""

    kind = "conversations"
    tables = (events,)

    def find(self, connection: Connection, person: Person) -> Person:
        """Return the conversations in which an address or reference of the person was written."""
        written = select(events.c.sender_id, events.c.data).where(
            events.c.type_name.in_(["user", "slot"]), _may_name_somebody(events.c.data)
        )
        return _naming(person, ((c, _written(data)) for c, data in connection.execute(written)))

    def everybody(self, connection: Connection) -> Person:
        """Return all conversations."""
        ids = connection.execute(select(events.c.sender_id).distinct()).scalars()
        return Person(conversations=frozenset(ids))

    def last_seen(self, connection: Connection) -> Mapping[str, datetime]:
        """Return the time of the latest event of each conversation."""
        latest = select(events.c.sender_id, func.max(events.c.timestamp)).group_by(
            events.c.sender_id
        )
        return {
            conversation: datetime.fromtimestamp(seconds, tz=timezone.utc)
            for conversation, seconds in connection.execute(latest)
            if seconds is not None
        }

    def export(self, connection: Connection, person: Person) -> Sequence[JsonRow]:
        """Return the turns of each conversation, as people read them."""
        return [
            {"conversation_id": each, "turns": turns}
            for each in sorted(person.conversations)
            if (turns := _turns(connection, each))
        ]

    def erase(self, connection: Connection, person: Person, now: datetime) -> int:
        """Delete every event of the conversations."""
        return deleted(connection, events, events.c.sender_id.in_(sorted(person.conversations)))


class MessagesWithStaff(OfConversations):
    """What was said while a person had the conversation."""

    def find(self, connection: Connection, person: Person) -> Person:
        """Return the conversations in which an address or reference of the person was written."""
        column = person_messages.c
        written = select(column.conversation_id, column.text)
        return _naming(person, connection.execute(written.where(_may_name_somebody(column.text))))


def _may_name_somebody(text: Column) -> Any:
    return or_(text.like("%@%"), text.ilike("%iec%"))


def _naming(person: Person, written: Iterable[tuple[str, str]]) -> Person:
    sought = {word.casefold() for word in (*person.emails, *person.references)}
    found = {
        conversation
        for conversation, text in written
        if any(word in text.casefold() for word in sought)
    }
    return Person(conversations=frozenset(found))


def _written(data: str) -> str:
    event = json.loads(data)
    return f"{event.get('text') or ''} {event.get('value') or ''}"


def _turns(connection: Connection, conversation_id: str) -> list[JsonRow]:
    query = (
        select(events.c.data)
        .where(events.c.sender_id == conversation_id, events.c.type_name.in_(["user", "bot"]))
        .order_by(events.c.id)
    )
    stored = [json.loads(data) for data in connection.execute(query).scalars()]
    return [
        {"time": turn.time.isoformat(), "speaker": turn.speaker, "text": turn.text}
        for turn in turns_of(stored)
    ]


KEEPERS = (
    Conversations(),
    OfConversations("summaries", *DERIVED),
    OfConversations("marks_of_staff", *MARKS),
    OfConversations("feedback", feedback),
    MessagesWithStaff("messages_with_staff", person_messages, last=person_messages.c.at),
)
