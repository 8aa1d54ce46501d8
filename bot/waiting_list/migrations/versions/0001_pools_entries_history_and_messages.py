"""Pools, entries, their history, and messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ACTIVE = sa.text(
    "state IN ('waiting', 'contacted', 'meeting', 'accepted', 'invoiced', 'registered')"
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "waiting_list_pool",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program", sa.String(64), nullable=False),
        sa.Column("season", sa.String(16), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True)),
        sa.Column("last_position", sa.Integer(), nullable=False),
        sa.CheckConstraint("quota >= 0", name="ck_waiting_list_pool_quota_not_negative"),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_list_pool"),
        sa.UniqueConstraint("program", "season", name="uq_waiting_list_pool_program_season"),
    )
    op.create_table(
        "waiting_list_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("email_key", sa.String(320)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True)),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        *_submitted(),
        sa.ForeignKeyConstraint(
            ["pool_id"], ["waiting_list_pool.id"], name="fk_waiting_list_entry_pool_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_list_entry"),
        sa.UniqueConstraint("reference", name="uq_waiting_list_entry_reference"),
        sa.UniqueConstraint("pool_id", "position", name="uq_waiting_list_entry_pool_id_position"),
    )
    op.create_index(
        "ix_waiting_list_entry_queue", "waiting_list_entry", ["pool_id", "state", "position"]
    )
    op.create_index(
        "ix_waiting_list_entry_conversation_id", "waiting_list_entry", ["conversation_id"]
    )
    op.create_index(
        "uq_waiting_list_entry_active_person",
        "waiting_list_entry",
        ["pool_id", "email_key"],
        unique=True,
        sqlite_where=_ACTIVE,
        postgresql_where=_ACTIVE,
    )
    op.create_table(
        "waiting_list_earlier_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        *_submitted(),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["waiting_list_entry.id"],
            name="fk_waiting_list_earlier_submission_entry_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_list_earlier_submission"),
    )
    for column in ("entry_id", "conversation_id"):
        op.create_index(
            f"ix_waiting_list_earlier_submission_{column}",
            "waiting_list_earlier_submission",
            [column],
        )
    op.create_table(
        "waiting_list_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("from_state", sa.String(16)),
        sa.Column("to_state", sa.String(16)),
        sa.Column("position", sa.Integer()),
        sa.Column("deadline", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(
            ["pool_id"], ["waiting_list_pool.id"], name="fk_waiting_list_history_pool_id"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["waiting_list_entry.id"], name="fk_waiting_list_history_entry_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_list_history"),
    )
    for column in ("pool_id", "entry_id"):
        op.create_index(f"ix_waiting_list_history_{column}", "waiting_list_history", [column])
    op.create_table(
        "waiting_list_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("recipient", sa.String(320)),
        sa.Column("subject", sa.String(200)),
        sa.Column("body", sa.Text()),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("last_error", sa.String(120)),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["waiting_list_entry.id"], name="fk_waiting_list_message_entry_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_list_message"),
    )
    op.create_index("ix_waiting_list_message_entry_id", "waiting_list_message", ["entry_id"])
    op.create_index(
        "ix_waiting_list_message_due", "waiting_list_message", ["status", "next_attempt_at"]
    )
    op.create_table(
        "waiting_list_done",
        sa.Column("scope", sa.String(120), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key_hash", name="pk_waiting_list_done"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "done",
        "message",
        "history",
        "earlier_submission",
        "entry",
        "pool",
    ):
        op.drop_table(f"waiting_list_{table}")


def _submitted() -> list[sa.Column]:
    return [
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200)),
        sa.Column("email", sa.String(320)),
        sa.Column("nationality", sa.String(8)),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("answers", sa.JSON()),
        sa.Column("decision", sa.JSON()),
        sa.Column("conversation_id", sa.String(255)),
        sa.Column("consent_version", sa.String(64), nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("consent_given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consent_channel", sa.String(32), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
    ]
