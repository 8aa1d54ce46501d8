"""The audit for administrators: who saw, exported or changed what, and whether the log is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import ceil
from urllib.parse import urlencode

from starlette.responses import Response, StreamingResponse

from bot.audit import Filters, verify
from bot.console.conversation_query import end_of, start_of
from bot.console.lead_query import read_day
from bot.console.page import Page
from bot.console.permissions import Permission
from bot.console.visit import Visit

PER_PAGE = 100
FIELDS = ("who", "action", "subject", "since", "until")


def audit_page(visit: Visit) -> Response:
    """Show a page of the lines that fit the filters, the newest first."""
    wanted = {name: visit.query[name][:255] for name in FIELDS}
    filters = Filters(
        who=wanted["who"] or None,
        action=wanted["action"] or None,
        subject=wanted["subject"] or None,
        since=start_of(read_day(wanted["since"])),
        until=end_of(read_day(wanted["until"])),
    )
    audit = visit.services.audit
    total = audit.count(filters)
    number = visit.query.number("page", 1, 1_000_000) if visit.query["page"] else 1
    chosen = {name: value for name, value in wanted.items() if value}

    def address(page: int) -> str:
        return f"/audit?{urlencode(chosen | {'page': page})}"

    visit.details = {"lines": total}
    return visit.render(
        "audit.html",
        lines=audit.lines(filters, number, PER_PAGE),
        total=total,
        wanted=wanted,
        filtered=bool(chosen),
        number=number,
        pages=max(1, ceil(total / PER_PAGE)),
        address=address,
    )


def check(visit: Visit) -> Response:
    """Check the whole chain and say what was found."""
    verdict = verify(visit.services.engine)
    visit.details = {"holds": verdict.holds, "lines": verdict.head.number}
    if verdict.holds:
        visit.say(
            f"All {verdict.head.number:,} lines are as they were written. Note this head outside "
            f"of the database, to see later that none was cut off: {verdict.head}"
        )
    else:
        visit.say(f"The log was tampered with: {verdict.problem}.", "problem")
    return visit.redirect("/audit")


def export(visit: Visit) -> Response:
    """Send every line as JSON, the oldest first."""
    audit = visit.services.audit

    def lines() -> Iterator[str]:
        for line in audit.export():
            yield json.dumps(line.as_dict(), ensure_ascii=False) + "\n"

    visit.details = {"lines": audit.count()}
    return StreamingResponse(
        lines(),
        media_type="application/x-ndjson",
        headers={"Content-Disposition": 'attachment; filename="audit.jsonl"'},
    )


PAGES = (
    Page("GET", "/audit", audit_page, Permission.ADMINISTER, "audit.view", "Audit"),
    Page("POST", "/audit/verify", check, Permission.ADMINISTER, "audit.verify"),
    Page("GET", "/audit/export.jsonl", export, Permission.ADMINISTER, "audit.export"),
)
