"""Contact details are encrypted, found by keyed hashes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.encryption import keyring
from bot.waiting_list.person import email_key
from bot.waiting_list.search import hash_of_email, hashes_of_person

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BATCH = 500
_FORMER_TYPES: dict[str, dict[str, sa.types.TypeEngine]] = {
    "waiting_list_entry": {"name": sa.String(200), "email": sa.String(320)},
    "waiting_list_earlier_submission": {"name": sa.String(200), "email": sa.String(320)},
    "waiting_list_history": {"reason": sa.Text()},
    "waiting_list_message": {
        "recipient": sa.String(320),
        "subject": sa.String(200),
        "body": sa.Text(),
    },
}


def upgrade() -> None:
    """Encrypt what is there, and make it findable."""
    op.create_table(
        "waiting_list_search",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["waiting_list_entry.id"], name="fk_waiting_list_search_entry_id"
        ),
        sa.PrimaryKeyConstraint("entry_id", "hash", name="pk_waiting_list_search"),
    )
    op.create_index("ix_waiting_list_search_hash", "waiting_list_search", ["hash"])
    entries = _table("waiting_list_entry", {"name": sa.Text(), "email": sa.Text()})
    search = sa.table("waiting_list_search", sa.column("entry_id"), sa.column("hash"))
    for row in op.get_bind().execute(sa.select(entries).order_by(entries.c.id)).all():
        if row.email is not None:
            _set(entries, row.id, {"email_key": hash_of_email(row.email)})
            hashes = hashes_of_person(row.name, row.email)
            op.bulk_insert(search, [{"entry_id": row.id, "hash": each} for each in hashes])
    for table, columns in _FORMER_TYPES.items():
        _convert(table, dict.fromkeys(columns, sa.Text()), keyring().encrypt)


def downgrade() -> None:
    """Store contact details as plain text again."""
    for table, columns in _FORMER_TYPES.items():
        _convert(table, columns, keyring().decrypt)
    entries = _table("waiting_list_entry", {"email": sa.Text()})
    for row in op.get_bind().execute(sa.select(entries)).all():
        if row.email is not None:
            _set(entries, row.id, {"email_key": email_key(row.email)})
    op.drop_table("waiting_list_search")


def _convert(
    name: str, columns: dict[str, sa.types.TypeEngine], change: Callable[[str], str]
) -> None:
    """Give the columns new types and new values.

    New columns take the place of the old ones: SQLite changes no type, and copying the table
    instead would lose the condition of its partial index.
    """
    for column, kind in columns.items():
        op.add_column(name, sa.Column(f"new_{column}", kind))
    table = _table(name, columns | {f"new_{column}": kind for column, kind in columns.items()})
    after = 0
    while rows := _rows_after(table, after):
        for row in rows:
            old = {column: row._mapping[column] for column in columns}
            _set(table, row.id, {f"new_{c}": change(v) for c, v in old.items() if v is not None})
        after = rows[-1].id
    for column in columns:
        op.drop_column(name, column)
        op.execute(f"ALTER TABLE {name} RENAME COLUMN new_{column} TO {column}")


def _rows_after(table: Any, last_id: int) -> list[Any]:
    query = sa.select(table).where(table.c.id > last_id).order_by(table.c.id).limit(_BATCH)
    return list(op.get_bind().execute(query))


def _set(table: Any, row_id: int, values: dict[str, str]) -> None:
    if values:
        op.get_bind().execute(sa.update(table).where(table.c.id == row_id).values(values))


def _table(name: str, columns: dict[str, sa.types.TypeEngine]) -> Any:
    names = ["id", *columns, *(["email_key"] if name == "waiting_list_entry" else [])]
    return sa.table(name, *(sa.column(each) for each in names))
