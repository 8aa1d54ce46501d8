"""Every message that arrived, by its id, and its answer: the memory against doing things twice.

What the visitor wrote is not kept here, only the reply, and that only until it must be forgotten.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine, Row

from bot.clock import Clock, system_clock
from bot.mailroom.reply import Reply, dump, load, offered_payloads
from bot.mailroom.tables import inbox_messages, mailroom_metadata
from bot.transcripts import Button


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
    """The quick replies of the latest answer, and the command payloads that it allows."""

    buttons: tuple[Button, ...] = ()
    payloads: tuple[str, ...] = ()


class Inbox:
    """Received messages and stored replies, unique by conversation and message id."""

    def __init__(self, engine: Engine, clock: Clock = system_clock) -> None:
        self.engine = engine
        self.clock = clock
        mailroom_metadata.create_all(engine)

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
    ) -> None:
        """Store what was answered, unless the conversation was forgotten meanwhile.

        `payloads`: the commands that may follow; by default those that `reply` offers.
        """
        offered = json.dumps(offered_payloads(reply) if payloads is None else payloads)
        this = update(inbox_messages).filter_by(
            conversation_id=conversation_id, message_id=message_id
        )
        with self.engine.begin() as connection:
            connection.execute(this.values(offered=offered))
            connection.execute(
                this.where(inbox_messages.c.answered_at.is_(None)).values(
                    reply=dump(reply), answered_at=self.clock()
                )
            )

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
        with self.engine.begin() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return LastOffer()
        reply = load(row.reply) if row.reply else ()
        return LastOffer(reply[-1].buttons if reply else (), tuple(json.loads(row.offered)))

    def knows(self, conversation_id: str, message_id: str) -> bool:
        """Tell whether the conversation received a message with this id."""
        query = select(inbox_messages.c.id).filter_by(
            conversation_id=conversation_id, message_id=message_id
        )
        with self.engine.begin() as connection:
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
