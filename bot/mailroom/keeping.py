"""What the mailroom keeps about people: messages on their way in and out, ids, and addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select, type_coerce, update
from sqlalchemy.engine import Connection

from bot.database import UtcDateTime
from bot.keeping import Cutoffs, JsonRow, Keeper, OfConversations, Person, deleted, rows
from bot.mailroom.tables import (
    channel_addresses,
    inbox_messages,
    outbox_messages,
    unanswered_messages,
)


class Replies(Keeper):
    """Stored replies. Message ids outlive an erasure: without them a redelivery would undo it."""

    kind = "replies"
    tables = (inbox_messages,)

    def everybody(self, connection: Connection) -> Person:
        """Return all conversations whose replies are here."""
        ids = connection.execute(select(inbox_messages.c.conversation_id).distinct()).scalars()
        return Person(conversations=frozenset(ids))

    def last_seen(self, connection: Connection) -> Mapping[str, datetime]:
        """Return when the latest message of each conversation arrived."""
        conversation, received = inbox_messages.c.conversation_id, inbox_messages.c.received_at
        latest = func.max(type_coerce(received, UtcDateTime()))
        return dict(connection.execute(select(conversation, latest).group_by(conversation)).all())

    def export(self, connection: Connection, person: Person) -> Sequence[JsonRow]:
        """Return the stored replies."""
        mine = inbox_messages.c.conversation_id.in_(sorted(person.conversations))
        return rows(connection, inbox_messages, mine & inbox_messages.c.reply.is_not(None))

    def erase(self, connection: Connection, person: Person, now: datetime) -> int:
        """Empty the replies, also the one to a message that is still in work."""
        mine = inbox_messages.c.conversation_id.in_(sorted(person.conversations))
        kept = inbox_messages.c.reply.is_not(None) | inbox_messages.c.answered_at.is_(None)
        emptied = update(inbox_messages).where(mine, kept)
        values = {"reply": None, "offered": None, "answered_at": now}
        return int(connection.execute(emptied.values(values)).rowcount)

    def purge(self, connection: Connection, cutoffs: Cutoffs, now: datetime) -> int:
        """Delete messages so old that no channel delivers them again."""
        return deleted(
            connection, inbox_messages, inbox_messages.c.received_at < cutoffs.message_ids
        )


KEEPERS = (
    Replies(),
    OfConversations("unanswered", unanswered_messages),
    OfConversations("outbox", outbox_messages, last=outbox_messages.c.created_at),
    OfConversations("addresses", channel_addresses, last=channel_addresses.c.updated_at),
)
