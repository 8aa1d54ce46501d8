"""One applicant seen with one passport, for one program on one day; and how findings are made."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from bot.eligibility.applicant import Applicant
from bot.eligibility.decision import Finding, Status
from bot.knowledge.country_names import country_names
from bot.knowledge.model import CATEGORY_NAMES, Country, Pool, Season, Source
from bot.knowledge.program import Program

Values = dict[str, str | int]
"""What a finding's words need."""


@dataclass(frozen=True)
class Case:
    """What every criterion looks at.

    `iso` is None while the nationality is unknown. `country` is None for a country without any
    agreement, `pool` for one whose citizens have no pool of the program's category.
    """

    applicant: Applicant
    on: date
    program: Program
    season: Season
    iso: str | None
    country: Country | None
    pool: Pool | None

    @property
    def several_citizenships(self) -> bool:
        """Could an earlier participation have used another passport?"""
        return len(self.applicant.nationalities or ()) > 1

    @property
    def country_name(self) -> str:
        """The country of the agreement as a sentence names it: Germany, the Netherlands."""
        iso = self.country.iso if self.country else self.iso
        return place_name(iso) if iso else "your country"

    @property
    def category_name(self) -> str:
        """The program's category as visitors know it."""
        return CATEGORY_NAMES[self.program.category]

    def source_of(self, criterion: str) -> Source:
        """The text that the program's file names for `criterion`."""
        return self.program.by_criterion[criterion].source


def met(criterion: str, reason: str, source: Source, **values: str | int) -> Finding:
    """Return a finding that the criterion is met."""
    return Finding(criterion, Status.MET, reason, source, values)


def unmet(criterion: str, reason: str, source: Source, **values: str | int) -> Finding:
    """Return a finding that the criterion is not met."""
    return Finding(criterion, Status.UNMET, reason, source, values)


def ask(criterion: str, reason: str, source: Source, question: str, **values: str | int) -> Finding:
    """Return an open finding that the answer to `question` would settle."""
    return Finding(criterion, Status.UNKNOWN, reason, source, values, question)


def review(criterion: str, reason: str, source: Source, **values: str | int) -> Finding:
    """Return an open finding that only a person can settle."""
    return Finding(criterion, Status.UNKNOWN, reason, source, values)


def place_name(iso: str) -> str:
    """Return a country's name with its article where a sentence needs one; the code if unknown."""
    names = country_names().get(iso)
    if names is None:
        return iso
    return f"the {names.name}" if iso in _WITH_ARTICLE else names.name


def months_later(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_months(start: date, end: date) -> int:
    """Return how many whole months fit between two days; 0 if `end` lies before `start`."""
    if end < start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months_later(start, months) <= end else months - 1


_WITH_ARTICLE = frozenset(
    {"AE", "BS", "CD", "CF", "CG", "CZ", "DO", "FK", "FO", "GB", "GM", "IM", "KM"}
    | {"KY", "MH", "MV", "NL", "PH", "SB", "TC", "US", "VG", "VI"}
)
