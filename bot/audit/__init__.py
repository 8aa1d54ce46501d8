"""Who looked at, exported or changed what about a person: lines that cannot be changed unseen."""

from __future__ import annotations

from bot.audit.chain import Head, Line, Verdict
from bot.audit.log import AuditLog, Filters
from bot.audit.verifying import verify

__all__ = ["AuditLog", "Filters", "Head", "Line", "Verdict", "verify"]
