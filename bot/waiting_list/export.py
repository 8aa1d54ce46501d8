"""Entries as a table for spreadsheets, in which nothing that people typed can act as a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.waiting_list.entry import Entry

COLUMNS = (
    "reference",
    "program",
    "season",
    "position",
    "state",
    "deadline",
    "outcome",
    "reviewed",
    "name",
    "email",
    "nationality",
    "entered_at",
    "changed_at",
    "erased_at",
    "conversation_id",
)

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(entries: Sequence[Entry]) -> str:
    """Return the entries as CSV, one a line, each answer in a column of its own."""
    return "".join(csv_lines(entries, answers_of(entries)))


def answers_of(entries: Iterable[Entry]) -> list[str]:
    """Return the names of all answers that somebody gave."""
    return sorted({name for entry in entries for name in entry.answers or {}})


def csv_lines(entries: Iterable[Entry], answers: Sequence[str]) -> Iterator[str]:
    """Yield the header and then a line for each entry, with a column for each of `answers`."""
    yield _line([*COLUMNS, *(f"answers.{name}" for name in answers)])
    for entry in entries:
        values = entry.as_dict()
        given = values["answers"] or {}
        yield _line([values[name] for name in COLUMNS] + [given.get(name) for name in answers])


def _line(cells: Sequence[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([_cell(cell) for cell in cells])
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
