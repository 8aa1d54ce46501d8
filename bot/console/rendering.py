"""Pages from templates. Everything is escaped; no template may switch that off."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
STATIC = HERE / "static"
NOTHING = "–"

STATE_WORDS = {
    "waiting": "Waiting",
    "contacted": "Contacted",
    "meeting": "Meeting",
    "accepted": "Accepted",
    "invoiced": "Invoiced",
    "registered": "Registered",
    "withdrawn": "Withdrawn",
    "declined": "Declined",
    "lapsed": "Lapsed",
}
OUTCOME_WORDS = {
    "qualified": "Seems to qualify",
    "needs_review": "Needs review",
    "not_qualified": "Seems not to qualify",
}


class Templates:
    """The templates of the console, with the filters that they share."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        """Take the titles of programs by their ids."""
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "moment": moment,
            "day": day,
            "second": second,
            "iso": lambda value: value.isoformat() if value else "",
            "state": lambda state: STATE_WORDS.get(state, state),
            "outcome": lambda outcome: OUTCOME_WORDS.get(outcome, outcome),
            "program": lambda program: titles.get(program, program),
            "read_value": read_value,
        }
        self._environment.globals["asset"] = asset

    def render(self, template: str, **values: Any) -> str:
        """Return the text of a page.

        Raises:
            jinja2.UndefinedError: the template asks for a value that is not given.
        """
        return self._environment.get_template(template).render(**values)


def moment(value: datetime | None) -> str:
    """Return a moment as people read it, with its zone."""
    return f"{value:%-d %b %Y, %H:%M} UTC" if value else NOTHING


def second(value: datetime) -> str:
    """Return a moment to the second, with its zone."""
    return f"{value:%-d %b %Y, %H:%M:%S} UTC"


def day(value: datetime | date | None) -> str:
    """Return a day as people read it."""
    return f"{value:%-d %b %Y}" if value else NOTHING


def read_value(value: Any) -> str:
    """Return what was read from a message, a list as its parts."""
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def asset(name: str) -> str:
    """Return the address of a static file, which changes with its content."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"
