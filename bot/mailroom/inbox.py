"""Every message that arrived, by its id, and its answer: the memory against doing things twice.

What the visitor wrote is not kept here, only the reply, and that only until it must be forgotten.
A messenger's message waits in `unanswered.py`, and its reply leaves through `outbox.py`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine, Row

from bot.clock import Clock, system_clock
from bot.database import create_tables, for_reading
from bot.mailroom.outbox import post
from bot.mailroom.reply import Reply, dump, key_of, load, offered_payloads
from bot.mailroom.tables import inbox_messages, mailroom_metadata, unanswered_messages
from bot.transcripts import Button

RECENT_ANSWERS = 20
"""So far back a button that could not carry its payload is still understood."""


@dataclass(frozen=True)
class Arrival:
    """A message as the inbox knows it: seen before or not, answered or not.

    `forgotten`: it was answered, and the answer deleted with the conversation.
    """

    is_new: bool
    reply: Reply | None = None
    forgotten: bool = False


@dataclass(frozen=True)
class LastOffer:
    """The latest answer, and the command payloads that it allows."""

    reply: Reply = ()
    payloads: tuple[str, ...] = ()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The quick replies that stand last, under the place where the visitor types."""
        return self.reply[-1].buttons if self.reply else ()


class Inbox:
    """Received messages and stored replies, unique by conversation and message id."""

    def __init__(self, engine: Engine, clock: Clock = system_clock) -> None:
        self.engine = engine
        self.clock = clock
        create_tables(engine, mailroom_metadata)

    def receive(self, conversation_id: str, message_id: str) -> Arrival:
        """Note that the message arrived; say whether it had arrived before, and its reply."""
        key = {"conversation_id": conversation_id, "message_id": message_id}
        with self.engine.begin() as connection:
            row = connection.execute(select(inbox_messages).filter_by(**key)).one_or_none()
            if row is None:
                connection.execute(insert(inbox_messages).values(received_at=self.clock(), **key))
                return Arrival(is_new=True)
            return _known(row)

    def answer(
        self,
        conversation_id: str,
        message_id: str,
        reply: Reply,
        payloads: tuple[str, ...] | None = None,
        address: str | None = None,
    ) -> None:
        """Store what was answered, unless the conversation was forgotten meanwhile.

        `payloads`: the commands that may follow; by default those that `reply` offers. `address`:
        where a messenger is to send the reply; it is put into the outbox at the same moment.
        """
        offered = json.dumps(offered_payloads(reply) if payloads is None else payloads)
        key = {"conversation_id": conversation_id, "message_id": message_id}
        this = update(inbox_messages).filter_by(**key)
        with self.engine.begin() as connection:
            connection.execute(this.values(offered=offered))
            connection.execute(
                this.where(inbox_messages.c.answered_at.is_(None)).values(
                    reply=dump(reply), answered_at=self.clock()
                )
            )
            if address is not None:
                connection.execute(delete(unanswered_messages).filter_by(**key))
                post(connection, conversation_id, address, reply, self.clock())

    def last_offer(self, conversation_id: str) -> LastOffer:
        """Return what the latest answer of the conversation offers to click."""
        query = (
            select(inbox_messages)
            .where(
                inbox_messages.c.conversation_id == conversation_id,
                inbox_messages.c.offered.is_not(None),
            )
            .order_by(inbox_messages.c.answered_at.desc(), inbox_messages.c.id.desc())
            .limit(1)
        )
        with for_reading(self.engine).begin() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return LastOffer()
        reply = load(row.reply) if row.reply else ()
        return LastOffer(reply, tuple(json.loads(row.offered)))

    def button_with_key(self, conversation_id: str, key: str) -> Button | None:
        """Return the button that carries `key` (`reply.key_of`) in a recent answer, if any does."""
        query = (
            select(inbox_messages.c.reply)
            .where(
                inbox_messages.c.conversation_id == conversation_id,
                inbox_messages.c.reply.is_not(None),
            )
            .order_by(inbox_messages.c.id.desc())
            .limit(RECENT_ANSWERS)
        )
        with for_reading(self.engine).begin() as connection:
            replies = [load(text) for text in connection.execute(query).scalars()]
        buttons = (button for reply in replies for bubble in reply for button in bubble.buttons)
        return next((button for button in buttons if key_of(button) == key), None)

    def knows(self, conversation_id: str, message_id: str) -> bool:
        """Tell whether the conversation received a message with this id."""
        query = select(inbox_messages.c.id).filter_by(
            conversation_id=conversation_id, message_id=message_id
        )
        with for_reading(self.engine).begin() as connection:
            return connection.execute(query).first() is not None

    def check(self) -> None:
        """Return if the database answers.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it does not.
        """
        with self.engine.begin() as connection:
            connection.execute(select(inbox_messages.c.id).limit(1))


def _known(row: Row) -> Arrival:
    if row.answered_at is None:
        return Arrival(is_new=False)
    if row.reply is None:
        return Arrival(is_new=False, forgotten=True)
    return Arrival(is_new=False, reply=load(row.reply))
