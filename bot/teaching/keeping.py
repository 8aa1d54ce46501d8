"""What the inbox for the assistant keeps of conversations: masked words, for staff to decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.keeping import JsonRow, Keeper, Person
from bot.teaching.gathering import forget_teaching
from bot.teaching.tables import riddle_cursor, riddle_sources, riddles


class Riddles(Keeper):
    """Messages that the assistant was unsure of."""

    kind = "riddles"
    tables = (riddles, riddle_sources, riddle_cursor)

    def export(self, connection: Connection, person: Person) -> Sequence[JsonRow]:
        """Return the words that came from the conversations."""
        query = (
            select(riddle_sources.c.conversation_id, riddles.c.text)
            .join(riddles, riddles.c.id == riddle_sources.c.riddle_id)
            .where(riddle_sources.c.conversation_id.in_(sorted(person.conversations)))
            .order_by(riddle_sources.c.conversation_id, riddles.c.id)
        )
        return [dict(row._mapping) for row in connection.execute(query)]

    def erase(self, connection: Connection, person: Person, now: datetime) -> int:
        """Forget the conversations; words that stood nowhere else are deleted."""
        return sum(forget_teaching(connection, each) for each in sorted(person.conversations))


KEEPERS = (Riddles(),)
