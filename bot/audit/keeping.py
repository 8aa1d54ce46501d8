"""What the audit log keeps about people: nothing but codes, as no line can be taken out again."""

from __future__ import annotations

from bot.audit.tables import audit_head, audit_lines
from bot.keeping import NothingPersonal

KEEPERS = (
    NothingPersonal(
        audit_lines,
        audit_head,
        why="names of staff; of applicants only reference codes and conversation ids",
    ),
)
