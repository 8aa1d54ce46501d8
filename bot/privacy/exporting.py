"""Everything that is stored about a person, for the person."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Connection

from bot.keeping import Person, keepers_in


def export(connection: Connection, person: Person) -> dict[str, Any]:
    """Return what every room keeps about `person`, as JSON values by the kind of data."""
    kept = {keeper.kind: keeper.export(connection, person) for keeper in keepers_in(connection)}
    return {
        "emails": sorted(person.emails),
        "references": sorted(person.references),
        "conversation_ids": sorted(person.conversations),
        **{kind: list(rows) for kind, rows in kept.items() if rows},
    }
