"""Indexes in the orders in which staff sort the table of leads."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLE = "waiting_list_entry"
_COLUMNS = ("entered_at", "nationality", "outcome", "state")


def upgrade() -> None:
    """Add the indexes."""
    for column in _COLUMNS:
        op.create_index(f"ix_{_TABLE}_by_{column}", _TABLE, [column, "pool_id", "position", "id"])


def downgrade() -> None:
    """Drop the indexes."""
    for column in _COLUMNS:
        op.drop_index(f"ix_{_TABLE}_by_{column}", _TABLE)
