"""What the address of the conversations page asks for, and addresses that ask otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

from bot.console.forms import Form
from bot.console.lead_query import read_day
from bot.transcripts.search import ConversationFilters

WORDS = ("channel", "outcome", "program", "country", "step", "stopped_at", "topic", "tag")
MARKS = ("asked_person", "unanswered", "thumbs_down", "low_confidence")
EITHER = ("applied", "reviewed")


@dataclass(frozen=True)
class ConversationQuery:
    """Filter and page; `since` and `until` are days, both included."""

    filters: ConversationFilters = field(default_factory=ConversationFilters)
    since: date | None = None
    until: date | None = None
    number: int = 1

    def address(self, path: str = "/conversations", **changes: Any) -> str:
        """Return the address of this query with changes, such as `number=2`."""
        query = replace(self, **changes).text()
        return f"{path}?{query}" if query else path

    def text(self) -> str:
        """Return the part of the address after the question mark."""
        values: dict[str, str] = {}
        for each in fields(ConversationFilters):
            value = getattr(self.filters, each.name)
            if each.name in WORDS and value:
                values[each.name] = value
            elif each.name in MARKS and value:
                values[each.name] = "yes"
            elif each.name in EITHER and value is not None:
                values[each.name] = "yes" if value else "no"
        for name, day in (("since", self.since), ("until", self.until)):
            if day:
                values[name] = day.isoformat()
        if self.number > 1:
            values["page"] = str(self.number)
        return urlencode(values)


def read_conversation_query(form: Form) -> ConversationQuery:
    """Return what the address asks for.

    Raises:
        FormRefused: a value cannot be used.
    """
    since, until = read_day(form["since"]), read_day(form["until"])
    values: dict[str, Any] = {name: form[name][:120] or None for name in WORDS}
    values |= {name: bool(form[name]) for name in MARKS}
    values |= {name: {"yes": True, "no": False}.get(form[name]) for name in EITHER}
    number = form.number("page", 1, 1_000_000) if form["page"] else 1
    filters = ConversationFilters(since=start_of(since), until=end_of(until), **values)
    return ConversationQuery(filters, since, until, number)


def start_of(day: date | None) -> datetime | None:
    """Return when a day begins, in UTC."""
    return datetime.combine(day, time(), timezone.utc) if day else None


def end_of(day: date | None) -> datetime | None:
    """Return when a day is over, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), timezone.utc) if day else None
