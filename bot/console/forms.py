"""What a form or an address carries: plain fields, of a bounded size."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timezone
from enum import Enum
from typing import TypeVar
from urllib.parse import parse_qs

from starlette.requests import Request

LARGEST_FORM = 256 * 1024
MOST_FIELDS = 2_000
YEARS = range(2000, 2200)

Choice = TypeVar("Choice", bound=Enum)


class FormRefused(ValueError):
    """A field is missing or cannot be used; the message may be shown."""


class FormTooLarge(FormRefused):
    """More was sent than any of our forms holds."""


class Form:
    """The fields of a form. Absent ones are empty."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self._fields = fields

    def __getitem__(self, name: str) -> str:
        """Return the text of a field without spaces around it; "" if it was not sent."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        """Return a field as it was typed, for passwords."""
        return (self._fields.get(name) or [""])[0]

    def all(self, name: str) -> list[str]:
        """Return all values of a field that may be sent several times."""
        return list(self._fields.get(name) or [])

    def number(self, name: str, low: int, high: int) -> int:
        """Return a whole number.

        Raises:
            FormRefused: it is none, or out of range.
        """
        text = self[name]
        if not text.isascii() or not text.isdecimal() or not low <= int(text[:12]) <= high:
            raise FormRefused(f"A whole number from {low} to {high} is needed.")
        return int(text)

    def choice(self, name: str, kind: type[Choice], called: str) -> Choice:
        """Return the member of `kind` that was chosen from the things `called` so, such as "moves".

        Raises:
            FormRefused: it is none of them.
        """
        try:
            return kind(self[name])
        except ValueError:
            raise FormRefused(f"Choose one of the {called}.") from None

    def moment(self, name: str) -> datetime | None:
        """Return a moment in UTC; a day alone means its end; None if nothing was typed.

        Raises:
            FormRefused: it is not a date.
        """
        text = self[name]
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise FormRefused("A date such as 2027-01-31 is needed.") from None
        if moment.year not in YEARS:
            raise FormRefused(f"A date from {YEARS[0]} to {YEARS[-1]} is needed.")
        if len(text) == len("2027-01-31"):
            moment = datetime.combine(moment, time(23, 59, 59))
        return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def parse_form(text: str) -> Form:
    """Return the fields of a form or of the part of an address after the question mark.

    Raises:
        FormRefused: there are too many.
    """
    try:
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise FormTooLarge("The form has too many fields.") from None
    return Form({name: [_tidy(value) for value in values] for name, values in fields.items()})


async def read_form(request: Request) -> Form:
    """Return the form that a POST carries.

    Raises:
        FormRefused: it is too large or not text.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise FormTooLarge("The form is too large.")
    try:
        return parse_form(body.decode("ascii"))
    except UnicodeDecodeError:
        raise FormRefused("The form cannot be read.") from None


def _tidy(text: str) -> str:
    """Without what no database keeps: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
