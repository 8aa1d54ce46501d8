"""Replies on their way to a messenger: written with the answer, sent later, never out of order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.clock import Clock, system_clock
from bot.database import create_tables, for_reading
from bot.mailroom.reply import Reply, bubbles, dump, load
from bot.mailroom.tables import channel_addresses, mailroom_metadata, outbox_messages
from bot.transcripts.person_messages import person_messages

STILL_NEWS = timedelta(days=1)
"""What the team wrote longer ago is not sent any more, whatever happened meanwhile."""


class Status(str, Enum):
    """How far a reply has come."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Parcel:
    """A reply to be sent, and how many of its messages the provider has taken already."""

    id: int
    conversation_id: str
    address: str
    reply: Reply
    parts_sent: int
    attempts: int


class Outbox:
    """The replies that wait for being sent, and what became of the others."""

    def __init__(self, engine: Engine, clock: Clock = system_clock) -> None:
        self._engine = engine
        self._clock = clock
        create_tables(engine, mailroom_metadata)

    def has_due(self, channel: str) -> bool:
        """Tell whether a reply of `channel` may be sent now; holds no writer up."""
        query = select(outbox_messages.c.id).where(
            outbox_messages.c.status == Status.PENDING.value,
            outbox_messages.c.conversation_id.startswith(f"{channel}:"),
            outbox_messages.c.next_attempt_at <= self._clock(),
        )
        with for_reading(self._engine).begin() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def post_person_messages(self, channel: str) -> None:
        """Put into the outbox what the team wrote to people of `channel` and is not yet there."""
        query = (
            select(person_messages, channel_addresses.c.address)
            .join(
                channel_addresses,
                channel_addresses.c.conversation_id == person_messages.c.conversation_id,
            )
            .outerjoin(outbox_messages, outbox_messages.c.person_message_id == person_messages.c.id)
            .where(
                person_messages.c.conversation_id.startswith(f"{channel}:"),
                person_messages.c.speaker != "visitor",
                person_messages.c.at > self._clock() - STILL_NEWS,
                outbox_messages.c.id.is_(None),
            )
            .order_by(person_messages.c.id)
        )
        with for_reading(self._engine).begin() as connection:
            waiting = connection.execute(query).all()
        for row in waiting:
            with self._engine.begin() as connection:
                post(
                    connection,
                    row.conversation_id,
                    row.address,
                    bubbles(row.text),
                    self._clock(),
                    row.id,
                )

    def claim(self, channel: str, until: datetime) -> Parcel | None:
        """Return the oldest reply of `channel` that is due, not to be claimed again before `until`.

        While a reply waits, all later ones of its conversation wait behind it.
        """
        now = self._clock()
        pending = outbox_messages.c.status == Status.PENDING.value
        earlier = outbox_messages.alias()
        first = (
            select(func.min(earlier.c.id))
            .where(
                earlier.c.conversation_id == outbox_messages.c.conversation_id,
                earlier.c.status == Status.PENDING.value,
            )
            .scalar_subquery()
        )
        query = (
            select(outbox_messages)
            .where(
                pending,
                outbox_messages.c.conversation_id.startswith(f"{channel}:"),
                outbox_messages.c.next_attempt_at <= now,
                outbox_messages.c.id == first,
            )
            .order_by(outbox_messages.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._engine.begin() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            claimed = {"next_attempt_at": until, "attempts": row.attempts + 1}
            connection.execute(update(outbox_messages).filter_by(id=row.id).values(claimed))
        return Parcel(
            row.id,
            row.conversation_id,
            row.address,
            load(row.reply),
            row.parts_sent,
            row.attempts + 1,
        )

    def note_part(self, parcel: Parcel, parts_sent: int, until: datetime) -> None:
        """Record that the provider took the first `parts_sent` messages; the claim goes on."""
        self._change(parcel, parts_sent=parts_sent, next_attempt_at=until)

    def postpone(self, parcel: Parcel, until: datetime, error: str) -> None:
        """Record a failed attempt; the next one is not made before `until`."""
        self._change(parcel, next_attempt_at=until, last_error=error)

    def close(self, parcel: Parcel, status: Status, error: str | None = None) -> None:
        """Record how it ended, and forget words and address."""
        self._change(
            parcel,
            status=status.value,
            closed_at=self._clock(),
            last_error=error,
            reply=None,
            address=None,
        )

    def _change(self, parcel: Parcel, **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(outbox_messages).filter_by(id=parcel.id).values(**values))


def post(
    connection: Connection,
    conversation_id: str,
    address: str,
    reply: Reply,
    now: datetime,
    person_message_id: int | None = None,
) -> None:
    """Add a reply to the outbox within the caller's transaction; an empty one is not sent."""
    if not reply:
        return
    connection.execute(
        insert(outbox_messages).values(
            conversation_id=conversation_id,
            address=address,
            reply=dump(reply),
            status=Status.PENDING.value,
            parts_sent=0,
            attempts=0,
            next_attempt_at=now,
            created_at=now,
            person_message_id=person_message_id,
        )
    )
