"""Dates as people write them, which may lack a day, a month or a year, or leave the order open."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_SPLIT = re.compile(r"[-/.]")


@dataclass(frozen=True)
class PartialDate:
    """What was said of a date; `ambiguous` when day and month could be the other way round."""

    year: int | None
    month: int | None
    day: int | None
    ambiguous: bool = False

    def exact(self) -> date | None:
        """Return the day, or None when a part is missing, open or impossible."""
        if self.ambiguous or self.year is None or self.month is None or self.day is None:
            return None
        return _day(self.year, self.month, self.day)

    def bounds(self) -> tuple[date, date] | None:
        """Return the first and the last day that it may be; None if there is no telling."""
        if self.year is None or not 1 <= self.year <= 9998:
            return None
        if self.month is None or self.ambiguous:
            return date(self.year, 1, 1), date(self.year, 12, 31)
        if self.day is None:
            last = calendar.monthrange(self.year, self.month)[1]
            return date(self.year, self.month, 1), date(self.year, self.month, last)
        day = _day(self.year, self.month, self.day)
        return None if day is None else (day, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def numeric_date(raw: str) -> PartialDate | None:
    """Read 2027-03-01, 1/2/2027, 27.3.27 or 03/2027; None when no reading makes a real date.

    A four-digit year first is year, month, day. With dots the day comes first, as it does
    wherever dates are written with dots. With strokes or dashes either may come first: when both
    readings are real and differ, the date is ambiguous. Two-digit years are of 1950 to 2049.
    """
    parts = [int(part) for part in _SPLIT.split(raw)]
    if len(parts) == 2:
        month, year = parts
        return PartialDate(year, month, None) if 1 <= month <= 12 else None
    if len(_SPLIT.split(raw)[0]) == 4:
        year, month, day = parts
        return PartialDate(year, month, day) if _day(year, month, day) else None
    first, second, year = parts
    year = full_year(year) if len(_SPLIT.split(raw)[2]) == 2 else year
    day_first = _day(year, second, first)
    month_first = None if "." in raw else _day(year, first, second)
    if day_first and month_first and day_first != month_first:
        return PartialDate(year, None, None, ambiguous=True)
    found = day_first or month_first
    return PartialDate(found.year, found.month, found.day) if found else None


def full_year(two_digits: int) -> int:
    """Return the year that two digits stand for, of 1950 to 2049."""
    return two_digits + (1900 if two_digits >= 50 else 2000)


def age_on(birth: date, today: date) -> int:
    """Return the age in whole years of somebody born on `birth`."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
