"""Messages that a messenger delivered and that are still to be answered, in their order.

The messenger was told that we have them, so they outlive a restart; the words go with the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.clock import Clock, system_clock
from bot.database import create_tables, for_reading
from bot.mailroom.incoming import Incoming
from bot.mailroom.tables import (
    channel_addresses,
    inbox_messages,
    mailroom_metadata,
    unanswered_messages,
)


class Unanswered:
    """The queue between a webhook and the turns."""

    def __init__(self, engine: Engine, clock: Clock = system_clock) -> None:
        self._engine = engine
        self._clock = clock
        create_tables(engine, mailroom_metadata)

    def accept(self, messages: Sequence[Incoming]) -> None:
        """Queue all messages that are not known yet, in one transaction.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database does not answer; nothing was queued.
        """
        try:
            self._queue(messages)
        except IntegrityError:  # the same message arrived twice at once; now it is known
            self._queue(messages)

    def conversations(self, channel: str) -> list[str]:
        """Return the conversations of `channel` that have unanswered messages, oldest first."""
        query = (
            select(unanswered_messages.c.conversation_id)
            .where(unanswered_messages.c.conversation_id.startswith(f"{channel}:"))
            .group_by(unanswered_messages.c.conversation_id)
            .order_by(func.min(unanswered_messages.c.id))
        )
        with for_reading(self._engine).begin() as connection:
            return list(connection.execute(query).scalars())

    def take_next(self, conversation_id: str) -> Incoming | None:
        """Return the oldest unanswered message and count the attempt, before anything is tried."""
        query = (
            select(unanswered_messages)
            .filter_by(conversation_id=conversation_id)
            .order_by(unanswered_messages.c.id)
            .limit(1)
        )
        with self._engine.begin() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            attempts = row.attempts + 1
            counted = update(unanswered_messages).filter_by(id=row.id).values(attempts=attempts)
            connection.execute(counted)
        return Incoming(
            row.conversation_id, row.message_id, row.text, row.notice, row.address, attempts
        )

    def skip(self, message: Incoming) -> None:
        """Leave a message without an answer; what the answer before it offered stays on offer."""
        key = {"conversation_id": message.conversation_id, "message_id": message.message_id}
        with self._engine.begin() as connection:
            connection.execute(delete(unanswered_messages).filter_by(**key))
            connection.execute(
                update(inbox_messages).filter_by(**key).values(answered_at=self._clock())
            )

    def _queue(self, messages: Sequence[Incoming]) -> None:
        with self._engine.begin() as connection:
            for message in messages:
                key = {
                    "conversation_id": message.conversation_id,
                    "message_id": message.message_id,
                }
                if connection.execute(select(inbox_messages.c.id).filter_by(**key)).first():
                    continue
                connection.execute(insert(inbox_messages).values(received_at=self._clock(), **key))
                connection.execute(
                    insert(unanswered_messages).values(
                        address=message.address,
                        text=message.text,
                        notice=message.notice,
                        attempts=0,
                        **key,
                    )
                )
                self._keep_address(connection, message)

    def _keep_address(self, connection: Connection, message: Incoming) -> None:
        values = {"address": message.address, "updated_at": self._clock()}
        key = {"conversation_id": message.conversation_id}
        kept = connection.execute(update(channel_addresses).filter_by(**key).values(**values))
        if not kept.rowcount:
            connection.execute(insert(channel_addresses).values(**key, **values))
