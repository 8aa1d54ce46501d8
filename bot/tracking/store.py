"""Keeps Rasa's conversations in our database.

Unlike Rasa's own SQL store it refuses instead of dropping events when overtaken, never ends the
process, leaves the event loop free while the database works, and forgets when it must.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, NamedTuple

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection, Engine

from bot.clock import Clock, system_clock
from bot.database import create_tables, open_engine
from bot.mailroom.forgetting import forget_conversation, forget_replies, forget_words
from bot.mailroom.tables import mailroom_metadata
from bot.settings import settings
from bot.tracking.event_types import remember_event_types
from bot.tracking.safe_start import refuse_other_keys, refuse_unsafe_start
from bot.tracking.scrubbing import scrub
from bot.transcripts.events_table import events, events_metadata
from bot.transcripts.summaries import note_events, renew_summary

MOST_TRACKERS_IN_MEMORY = 200


class ConversationOvertaken(RuntimeError):
    """Somebody else saved events of this conversation since it was read."""


class _Position(NamedTuple):
    """How many of a tracker's events are stored, and the id of the last row of its conversation."""

    events: int = 0
    last_id: int | None = None


class GuardedTrackerStore(TrackerStore):
    """Rasa's tracker store on `settings().database_url`; endpoints.yml names it by its path.

    A tracker that was saved stays in memory and is used again if nothing else was stored since;
    while a turn runs it is not kept, so a turn that fails leaves nothing behind.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        engine: Engine | None = None,
        clock: Clock = system_clock,
    ) -> None:
        if event_broker is not None or host is not None:
            raise ValueError("endpoints.yml: this tracker store takes neither url nor event broker")
        refuse_unsafe_start(settings())
        super().__init__(domain)
        remember_event_types()
        self.engine = engine or open_engine(settings().database_url)
        refuse_other_keys(self.engine)
        self._clock = clock
        self._recent: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        create_tables(self.engine, events_metadata)
        mailroom_metadata.create_all(self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation since its latest session start, or None if there is none.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database does not answer.
        """
        recent = self._recent.pop(sender_id, None)
        known = _position(recent).last_id if recent else None
        last_id, stored = await asyncio.to_thread(self._load_session, sender_id, known)
        if recent is not None and known == last_id:
            return recent
        return self._rebuild(sender_id, stored, last_id)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the conversation with all its sessions, or None if there is none."""
        last_id, stored = await asyncio.to_thread(self._load, conversation_id)
        return self._rebuild(conversation_id, stored, last_id)

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        return await asyncio.to_thread(self._load_keys)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what is new in `tracker`: all of it, or nothing if this raises.

        The slot `forget_conversation` has the conversation deleted instead; the slot `under_age`
        has it stored without words (`bot/tracking/scrubbing.py`).

        Raises:
            ConversationOvertaken: the conversation was changed since `tracker` was retrieved.
            sqlalchemy.exc.SQLAlchemyError: the database does not answer.
        """
        if _is_set(tracker, "forget_conversation"):
            await self.forget(tracker.sender_id)
            return
        if _is_set(tracker, "under_age"):
            everything = [event.as_dict() for event in tracker.events]
            await asyncio.to_thread(self._replace, tracker.sender_id, scrub(everything))
            return
        before = _position(tracker)
        new = [event.as_dict() for event in islice(tracker.events, before.events, None)]
        if not new:
            return
        last_id = await asyncio.to_thread(self._append, tracker.sender_id, new, before.last_id)
        _set_position(tracker, _Position(before.events + len(new), last_id))
        began_anew = any(event["event"] == SessionStarted.type_name for event in new)
        if before.events == 0 or not began_anew:
            self._keep_in_memory(tracker)

    async def forget(self, sender_id: str) -> None:
        """Delete every event of the conversation and every stored reply; message ids stay."""
        self._recent.pop(sender_id, None)
        await asyncio.to_thread(forget_conversation, self.engine, sender_id, self._clock)

    def _rebuild(
        self, sender_id: str, stored: list[dict[str, Any]], last_id: int | None
    ) -> DialogueStateTracker | None:
        if not stored:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, stored, self.domain.slots)
        _set_position(tracker, _Position(len(tracker.events), last_id))
        return tracker

    def _keep_in_memory(self, tracker: DialogueStateTracker) -> None:
        self._recent[tracker.sender_id] = tracker
        while len(self._recent) > MOST_TRACKERS_IN_MEMORY:
            self._recent.popitem(last=False)

    def _load_session(
        self, sender_id: str, known_last_id: int | None
    ) -> tuple[int | None, list[dict[str, Any]]]:
        with self.engine.begin() as connection:
            last_id = _last_id(connection, sender_id)
            if last_id == known_last_id:
                return last_id, []
            start = _last_id(connection, sender_id, SessionStarted.type_name)
            return last_id, _rows(connection, sender_id, start or 0)

    def _load(self, sender_id: str) -> tuple[int | None, list[dict[str, Any]]]:
        with self.engine.begin() as connection:
            return _last_id(connection, sender_id), _rows(connection, sender_id, 0)

    def _load_keys(self) -> list[str]:
        with self.engine.begin() as connection:
            return list(connection.execute(select(events.c.sender_id).distinct()).scalars())

    def _append(
        self, sender_id: str, new: list[dict[str, Any]], expected_last_id: int | None
    ) -> int | None:
        with self.engine.begin() as connection:
            if _last_id(connection, sender_id) != expected_last_id:
                raise ConversationOvertaken(sender_id)
            connection.execute(insert(events), [_row(sender_id, event) for event in new])
            last_id = _last_id(connection, sender_id)
            note_events(connection, sender_id, new, last_id or 0)
            return last_id

    def _replace(self, sender_id: str, scrubbed: list[dict[str, Any]]) -> None:
        with self.engine.begin() as connection:
            connection.execute(delete(events).where(events.c.sender_id == sender_id))
            connection.execute(insert(events), [_row(sender_id, event) for event in scrubbed])
            forget_words(connection, sender_id, self._clock())
            renew_summary(connection, sender_id, scrubbed, _last_id(connection, sender_id) or 0)
            forget_replies(connection, sender_id, self._clock, answered_only=True)


def _last_id(connection: Connection, sender_id: str, type_name: str | None = None) -> int | None:
    query = select(func.max(events.c.id)).where(events.c.sender_id == sender_id)
    if type_name is not None:
        query = query.where(events.c.type_name == type_name)
    last_id: int | None = connection.execute(query).scalar_one()
    return last_id


def _rows(connection: Connection, sender_id: str, from_id: int) -> list[dict[str, Any]]:
    query = (
        select(events.c.data)
        .where(events.c.sender_id == sender_id, events.c.id >= from_id)
        .order_by(events.c.id)
    )
    return [json.loads(data) for data in connection.execute(query).scalars()]


def _row(sender_id: str, event: Mapping[str, Any]) -> dict[str, Any]:
    intent = (event.get("parse_data") or {}).get("intent") or {}
    return {
        "sender_id": sender_id,
        "type_name": event["event"],
        "timestamp": event.get("timestamp"),
        "intent_name": intent.get("name"),
        "action_name": event.get("name"),
        "data": json.dumps(event),
    }


def _is_set(tracker: DialogueStateTracker, slot: str) -> bool:
    return slot in tracker.slots and tracker.slots[slot].value is True


def _position(tracker: DialogueStateTracker) -> _Position:
    return getattr(tracker, "stored_position", _Position())


def _set_position(tracker: DialogueStateTracker, position: _Position) -> None:
    tracker.stored_position = position  # type: ignore[attr-defined]
