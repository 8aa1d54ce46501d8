"""The tables of the audit log. Triggers refuse to change or delete its lines."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    event,
)

audit_metadata = MetaData()

audit_lines = Table(
    "audit_lines",
    audit_metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("who", String(120), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("details", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_audit_lines_subject", "subject", "number"),
    Index("ix_audit_lines_who", "who", "number"),
    Index("ix_audit_lines_at", "at"),
)

audit_head = Table(
    "audit_head",
    audit_metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="only_one"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
"""The last line's number and hash: writers lock this row, and a cut-off end shows against it."""

_REFUSAL = "the audit log takes new lines only"

for _verb in ("UPDATE", "DELETE"):
    event.listen(
        audit_lines,
        "after_create",
        DDL(
            f"CREATE TRIGGER audit_lines_no_{_verb.lower()} BEFORE {_verb} ON audit_lines "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        ).execute_if(dialect="sqlite"),
    )

for _statement in (
    "CREATE OR REPLACE FUNCTION audit_lines_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
    "CREATE TRIGGER audit_lines_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_lines "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_lines_refuse()",
):
    event.listen(audit_lines, "after_create", DDL(_statement).execute_if(dialect="postgresql"))
