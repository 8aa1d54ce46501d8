"""Indexes that answer by themselves who waits for a review, and whom a word finds."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ENTRY, _SEARCH = "waiting_list_entry", "waiting_list_search"
_REVIEW = ["state", "outcome", "reviewed", "pool_id", "position", "id"]


def upgrade() -> None:
    """Add the one, widen the other."""
    op.create_index(f"ix_{_ENTRY}_review", _ENTRY, _REVIEW)
    op.drop_index(f"ix_{_SEARCH}_hash", _SEARCH)
    op.create_index(f"ix_{_SEARCH}_hash", _SEARCH, ["hash", "entry_id"])


def downgrade() -> None:
    """Put back what was there."""
    op.drop_index(f"ix_{_SEARCH}_hash", _SEARCH)
    op.create_index(f"ix_{_SEARCH}_hash", _SEARCH, ["hash"])
    op.drop_index(f"ix_{_ENTRY}_review", _ENTRY)
