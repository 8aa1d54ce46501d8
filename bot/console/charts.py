"""What the dashboard draws: rows of bars, each with its figure and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MOST_COLUMNS = 92


@dataclass(frozen=True)
class Bar:
    """One bar: its share of the longest one, from 0 to 1, and the page that lists what it counts.

    `second` is a part of it that is drawn differently, such as those who went no further.
    """

    label: str
    value: str
    share: float
    href: str | None = None
    second: float = 0.0
    note: str = ""
    note_href: str | None = None


@dataclass(frozen=True)
class Column:
    """One day or week of the chart of visitors, in units of the drawing."""

    label: str
    number: int
    x: float
    width: float
    height: float
    href: str


def columns(
    days: Mapping[date, int], since: date, until: date, height: float = 100
) -> tuple[Column, ...]:
    """Return a column for each day of the range, or for each week when there are too many."""
    if not days and since > until:
        return ()
    step = 1 if (until - since).days < MOST_COLUMNS else 7
    while ((until - since).days + 1) / step > MOST_COLUMNS:
        step += 7
    groups: list[tuple[date, date, int]] = []
    start = since
    while start <= until:
        end = min(start + timedelta(days=step - 1), until)
        number = sum(n for day, n in days.items() if start <= day <= end)
        groups.append((start, end, number))
        start = end + timedelta(days=1)
    highest = max([number for _, _, number in groups], default=0) or 1
    width = 1000 / max(len(groups), 1)
    return tuple(
        Column(
            label=f"{start:%-d %b}" if start == end else f"{start:%-d %b} to {end:%-d %b}",
            number=number,
            x=round(index * width, 2),
            width=round(width * 0.86, 2),
            height=round(height * number / highest, 2),
            href=f"/conversations?since={start}&until={end}",
        )
        for index, (start, end, number) in enumerate(groups)
    )


def share_of(numbers: Iterable[int]) -> float:
    """Return the largest of `numbers`, at least 1, to divide by."""
    return float(max([*numbers, 1]))
