"""Where requests for a person are made, taken, answered and handed back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.exc import IntegrityError

from bot.clock import Clock, system_clock
from bot.database import create_tables, for_reading
from bot.handover.request import (
    NOTICE,
    STILL_QUEUED,
    TAKEN,
    WITH_ASSISTANT,
    HandoverError,
    HandoverState,
    Request,
    wants_the_assistant,
)
from bot.handover.tables import handovers
from bot.transcripts.events_table import events_metadata
from bot.transcripts.person_messages import add_person_message

VISITOR, TIME = "visitor", "time"
LONGEST_ANSWER = 2_000
DEFAULT_HOURS = 12


class HandoverDesk:
    """The requests of one database. Two people who act at once never both have a conversation.

    A conversation that nobody of staff wrote in for `hours` goes back to the assistant by itself.
    """

    def __init__(
        self, engine: Engine, clock: Clock = system_clock, hours: int = DEFAULT_HOURS
    ) -> None:
        self._engine = engine
        self.clock = clock
        self._patience = timedelta(hours=hours)
        create_tables(engine, events_metadata)

    def ask(self, conversation_id: str, channel: str) -> Request:
        """Put the conversation in the queue; if it stands there or a person has it, so it stays."""
        now = self.clock()
        values = {
            "conversation_id": conversation_id,
            "channel": channel,
            "state": HandoverState.WAITING.value,
            "requested_at": now,
            "last_at": now,
            "next_mail_at": now,
        }
        try:
            with self._engine.begin() as connection:
                row = self._open_row(connection, conversation_id)
                if row is None:
                    connection.execute(insert(handovers).values(**values))
        except IntegrityError:  # somebody else put it there a moment ago
            pass
        request = self.open_request(conversation_id)
        assert request is not None
        return request

    def queue(self) -> Sequence[Request]:
        """Return the open requests: those that wait first, then those that a person has."""
        query = select(handovers).where(handovers.c.state != HandoverState.CLOSED.value)
        with for_reading(self._engine).begin() as connection:
            rows = connection.execute(query.order_by(handovers.c.requested_at, handovers.c.id))
            found = [_request(row) for row in rows]
        return sorted(found, key=lambda request: request.state is not HandoverState.WAITING)

    def open_request(self, conversation_id: str) -> Request | None:
        """Return the request of the conversation that waits or that a person has."""
        with for_reading(self._engine).begin() as connection:
            row = self._open_row(connection, conversation_id)
        return _request(row) if row else None

    def is_with_person(self, conversation_id: str) -> bool:
        """Return whether a person has the conversation, so that the assistant keeps quiet."""
        request = self.open_request(conversation_id)
        return (
            request is not None
            and request.state is HandoverState.TAKEN
            and not self._is_overdue(request)
        )

    def take(self, conversation_id: str, by: str) -> Request:
        """Give the conversation to `by`, also if somebody else of staff had it.

        Raises:
            HandoverError: it is no longer in the queue.
        """
        now = self.clock()
        with self._engine.begin() as connection:
            request = self._locked(connection, conversation_id)
            if request.state is HandoverState.TAKEN and request.taken_by == by:
                return request
            was_waiting = request.state is HandoverState.WAITING
            self._set(
                connection,
                request,
                state=HandoverState.TAKEN.value,
                taken_by=by,
                taken_at=now,
                last_at=now,
                hands_back_at=now + self._patience,
            )
            if was_waiting:
                self._note(connection, conversation_id, TAKEN)
            return _request(self._row(connection, request.id))

    def answer(self, conversation_id: str, by: str, text: str, key: str) -> bool:
        """Say `text` to the visitor; False if the same `key` was said before.

        Raises:
            HandoverError: `by` does not have the conversation, or the text is empty or too long.
        """
        text = text.strip()
        if not 0 < len(text) <= LONGEST_ANSWER:
            raise HandoverError(f"An answer has 1 to {LONGEST_ANSWER:,} characters.")
        now = self.clock()
        with self._engine.begin() as connection:
            request = self._locked(connection, conversation_id)
            if request.state is not HandoverState.TAKEN:
                raise HandoverError("Take the conversation before you answer.")
            if request.taken_by != by:
                raise HandoverError(f"{request.taken_by} has this conversation now.")
            is_new = add_person_message(
                connection, conversation_id, f"staff-{key}"[:255], now, "staff", text, by
            )
            if is_new:
                hands_back_at = now + self._patience
                self._set(connection, request, last_at=now, hands_back_at=hands_back_at)
            return is_new

    def hear(self, conversation_id: str, message_id: str, text: str) -> tuple[str, ...] | None:
        """Keep a visitor's message for the person who has the conversation.

        Returns what the visitor is told, often nothing; None when the message is the assistant's to
        answer, as no person has the conversation.
        """
        now = self.clock()
        back = wants_the_assistant(text)
        request = self.open_request(conversation_id)
        if request is None:
            return None
        if not back and self._is_overdue(request):
            self._hand_back_if_overdue(conversation_id)
            return None
        if not back and request.state is HandoverState.WAITING:
            return None
        with self._engine.begin() as connection:
            row = self._open_row(connection, conversation_id, lock=True)
            if row is None or (row.state != HandoverState.TAKEN.value and not back):
                return None
            request = _request(row)
            add_person_message(connection, conversation_id, message_id, now, "visitor", text)
            if request.state is HandoverState.WAITING:
                self._note(connection, conversation_id, STILL_QUEUED)
                return (STILL_QUEUED,)
            if back:
                self._close(connection, request, VISITOR)
                return (WITH_ASSISTANT,)
            self._set(connection, request, last_at=now, noticed=True)
            if row.noticed:
                return ()
            self._note(connection, conversation_id, NOTICE)
            return (NOTICE,)

    def hand_back(self, conversation_id: str, by: str) -> None:
        """End the request: the assistant answers again.

        Raises:
            HandoverError: it was ended before.
        """
        with self._engine.begin() as connection:
            self._close(connection, self._locked(connection, conversation_id), by)

    def settle(self) -> tuple[str, ...]:
        """Hand back what nobody of staff wrote in for too long; return those conversations."""
        query = select(handovers.c.conversation_id).where(
            handovers.c.state == HandoverState.TAKEN.value,
            handovers.c.hands_back_at <= self.clock(),
        )
        with for_reading(self._engine).begin() as connection:
            overdue = list(connection.execute(query).scalars())
        return tuple(each for each in overdue if self._hand_back_if_overdue(each))

    def mail_due(self, until: datetime) -> Request | None:
        """Return the oldest request that the team must be told of, not again before `until`."""
        due = (
            select(handovers)
            .where(
                handovers.c.mailed_at.is_(None),
                handovers.c.next_mail_at <= self.clock(),
                handovers.c.state == HandoverState.WAITING.value,
            )
            .order_by(handovers.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._engine.begin() as connection:
            row = connection.execute(due).one_or_none()
            if row is not None:
                self._set(connection, _request(row), next_mail_at=until)
        return _request(row) if row else None

    def mail_sent(self, request: Request) -> None:
        """Note that the team was told of the request."""
        with self._engine.begin() as connection:
            self._set(connection, request, mailed_at=self.clock())

    def _hand_back_if_overdue(self, conversation_id: str) -> bool:
        with self._engine.begin() as connection:
            row = self._open_row(connection, conversation_id, lock=True)
            if row is None or not self._is_overdue(_request(row)):
                return False
            self._close(connection, _request(row), TIME)
            return True

    def _is_overdue(self, request: Request) -> bool:
        return request.hands_back_at is not None and request.hands_back_at <= self.clock()

    def _close(self, connection: Connection, request: Request, by: str) -> None:
        now = self.clock()
        closed = {"state": HandoverState.CLOSED.value, "closed_at": now, "closed_by": by}
        self._set(connection, request, last_at=now, **closed)
        if request.state is HandoverState.TAKEN:
            self._note(connection, request.conversation_id, WITH_ASSISTANT)

    def _note(self, connection: Connection, conversation_id: str, text: str) -> None:
        """Keep what the visitor is told about the handover itself."""
        key = f"note-{uuid.uuid4()}"
        add_person_message(connection, conversation_id, key, self.clock(), "assistant", text)

    def _locked(self, connection: Connection, conversation_id: str) -> Request:
        row = self._open_row(connection, conversation_id, lock=True)
        if row is None:
            raise HandoverError("This conversation is no longer in the queue.")
        return _request(row)

    def _set(self, connection: Connection, request: Request, **values: Any) -> None:
        connection.execute(update(handovers).filter_by(id=request.id).values(**values))

    def _row(self, connection: Connection, request_id: int) -> Row:
        return connection.execute(select(handovers).filter_by(id=request_id)).one()

    def _open_row(
        self, connection: Connection, conversation_id: str, *, lock: bool = False
    ) -> Row | None:
        query = select(handovers).where(
            handovers.c.conversation_id == conversation_id,
            handovers.c.state != HandoverState.CLOSED.value,
        )
        row: Row | None = connection.execute(
            query.with_for_update() if lock else query
        ).one_or_none()
        return row


def _request(row: Row) -> Request:
    fields = Request.__dataclass_fields__
    values = {name: row._mapping[name] for name in fields}
    return Request(**values | {"state": HandoverState(row.state)})
