"""What the address of the leads page asks for, and addresses that ask for something else."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from bot.console.forms import Form, FormRefused
from bot.waiting_list import State
from bot.waiting_list.leads import LeadFilter, Sort

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class LeadQuery:
    """Filter, order and page."""

    wanted: LeadFilter = field(default_factory=LeadFilter)
    sort: Sort = Sort.POSITION
    descending: bool = False
    number: int = 1

    def address(self, path: str = "/leads", **changes: Any) -> str:
        """Return the address of this query with changes, such as `number=2`."""
        query = replace(self, **changes).text()
        return f"{path}?{query}" if query else path

    def text(self, *, with_words: bool = True) -> str:
        """Return the part of the address after the question mark.

        Without the words searched for it may be kept: those may be a name.
        """
        values: dict[str, str] = {}
        for each in fields(LeadFilter):
            value = getattr(self.wanted, each.name)
            if value and (with_words or each.name != "words"):
                values[each.name] = _written(value)
        if self.sort is not Sort.POSITION:
            values["sort"] = self.sort.value
        if self.descending:
            values["order"] = "down"
        if self.number > 1:
            values["page"] = str(self.number)
        return urlencode(values)

    def sorted_by(self, sort: Sort) -> str:
        """Return the address sorted by a column; by the same column again turns the order."""
        turned = sort is self.sort and not self.descending
        return self.address(sort=sort, descending=turned, number=1)


def read_query(form: Form) -> LeadQuery:
    """Return what the address asks for.

    Raises:
        FormRefused: a value cannot be used. Leaving it out would show other people than asked for.
    """
    wanted = LeadFilter(
        program=form["program"],
        season=form["season"],
        state=_one_of(State, form["state"]),
        outcome=form["outcome"],
        country=form["country"].upper(),
        since=read_day(form["since"]),
        until=read_day(form["until"]),
        needs_review=bool(form["needs_review"]),
        words=form["words"][:200],
    )
    number = form.number("page", 1, 1_000_000) if form["page"] else 1
    sort = _one_of(Sort, form["sort"]) or Sort.POSITION
    return LeadQuery(wanted, sort, form["order"] == "down", number)


def _one_of(kind: Any, text: str) -> Any:
    try:
        return kind(text) if text else None
    except ValueError:
        raise FormRefused(f"{text[:40]!r} is not one of the choices.") from None


def read_day(text: str) -> date | None:
    """Return a day as addresses write it; None for none.

    Raises:
        FormRefused: it is no day, or one that no calendar of ours has.
    """
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise FormRefused("A day such as 2027-01-31 is needed.") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise FormRefused(f"A day from {FIRST_DAY} to {LAST_DAY} is needed.")
    return day


def _written(value: Any) -> str:
    if value is True:
        return "yes"
    return value.value if isinstance(value, State) else str(value)
