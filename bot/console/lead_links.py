"""Which people on the list a conversation belongs to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.database import for_reading
from bot.waiting_list.tables import EntryRow


def references_of(engine: Engine, conversation_ids: Collection[str]) -> Mapping[str, list[str]]:
    """Return the references of the leads that came out of each of the conversations."""
    query = (
        select(EntryRow.conversation_id, EntryRow.reference)
        .where(EntryRow.conversation_id.in_(conversation_ids))
        .order_by(EntryRow.id)
    )
    found: dict[str, list[str]] = {}
    with for_reading(engine).begin() as connection:
        for conversation_id, reference in connection.execute(query):
            found.setdefault(conversation_id, []).append(reference)
    return found
