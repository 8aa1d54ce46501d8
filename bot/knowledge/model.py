"""What the assistant knows: dated facts, typed and frozen. Nothing here reads a file or a clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property

WORKING_HOLIDAY = "working_holiday"
YOUNG_PROFESSIONALS = "young_professionals"
INTERNATIONAL_COOP = "international_coop"
CATEGORIES = (WORKING_HOLIDAY, YOUNG_PROFESSIONALS, INTERNATIONAL_COOP)

CATEGORY_NAMES: Mapping[str, str] = {
    WORKING_HOLIDAY: "Working Holiday",
    YOUNG_PROFESSIONALS: "Young Professionals",
    INTERNATIONAL_COOP: "International Co-op",
}

FigureValue = int | Decimal | date | datetime | str | tuple[int | str, ...]


class KnowledgeError(ValueError):
    """The knowledge asked for does not exist, or a file of it cannot be trusted."""


class Confidence(str, Enum):
    """How sure a figure is: read in a text of its season, carried over from another, or old."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class CountryStatus(str, Enum):
    """What a passport of a country opens in a season."""

    ACTIVE = "active"
    NOT_YET = "not_yet"
    """An agreement came only in a later season."""
    NOT_OPEN = "not_open"
    """An agreement is signed, no pool is open."""
    SUSPENDED = "suspended"
    OTHER_RO_ONLY = "other_ro_only"
    """No agreement; only through a Recognized Organization that serves these citizens."""
    SOME_RO_UNCONFIRMED = "some_ro_unconfirmed"
    """No agreement; an old or partial text names a Recognized Organization."""
    ASK_PASSPORT = "ask_passport"
    """No agreement, but another passport of the same people has one (China)."""
    NO_AGREEMENT = "no_agreement"


@dataclass(frozen=True)
class Source:
    """A text that facts were taken from: its title, address, season, and the day it was read."""

    id: str
    title: str
    url: str
    season: str
    read: date

    @cached_property
    def readable(self) -> str:
        """One line for people: title, season, day of reading, address."""
        season = "" if self.season == "all" else f", season {self.season}"
        return f"{self.title}{season}, read {long_date(self.read)}: {self.url}"


@dataclass(frozen=True)
class Figure:
    """One published number, date or short text, with the season it holds for and its sources."""

    id: str
    value: FigureValue
    text: str
    season: str
    sources: tuple[Source, ...]
    confidence: Confidence
    note: str = ""

    @property
    def source(self) -> Source:
        """The source to name first."""
        return self.sources[0]


@dataclass(frozen=True)
class AgeRange:
    """Youngest and oldest age that are accepted, both inclusive."""

    minimum: int
    maximum: int

    def __str__(self) -> str:
        return f"{self.minimum}-{self.maximum}"


@dataclass(frozen=True)
class OtherReading:
    """What a second source says about the same pool, when the two do not agree.

    Ages and months are None when that source does not list the country for the category at all.
    """

    ages: AgeRange | None
    months: int | None
    source: Source


@dataclass(frozen=True)
class Condition:
    """A further published condition of a pool which no question of the form settles."""

    text: str
    needs_review: bool


@dataclass(frozen=True)
class ResidenceRule:
    """Where an applicant must live on the day of applying."""

    places: tuple[str, ...]
    unclear: tuple[str, ...]
    note: str
    source: Source


@dataclass(frozen=True)
class ParticipationRule:
    """How often citizens of a country may take part.

    `once` holds groups of categories: within one group a single participation is allowed.
    `total_months` bounds all permits together, `second_months` the second permit.
    Participations before the year `legacy_before` may leave rights of an older agreement.
    `repeat_stated` is False when no source says whether a category may be repeated.
    """

    total: int
    once: tuple[frozenset[str], ...]
    gap_months: int
    total_months: int | None
    second_months: int | None
    legacy_before: int | None
    repeat_stated: bool
    later_total: int | None
    later_from: date | None
    source: Source

    def total_on(self, day: date) -> int:
        """How many participations are allowed on `day`."""
        if self.later_from and self.later_total and day >= self.later_from:
            return self.later_total
        return self.total


@dataclass(frozen=True)
class Pool:
    """One category open to one country in one season."""

    category: str
    ages: AgeRange
    months: int
    season: str
    sources: tuple[Source, ...]
    confidence: Confidence
    conditions: tuple[Condition, ...]
    residence: ResidenceRule | None
    other: OtherReading | None
    note: str

    @property
    def source(self) -> Source:
        """The source to name first."""
        return self.sources[0]


@dataclass(frozen=True)
class Country:
    """A country in one season: what its citizens may apply for, and by which rules."""

    iso: str
    status: CountryStatus
    season: str
    pools: Mapping[str, Pool]
    participations: ParticipationRule | None
    residence: ResidenceRule | None
    includes: tuple[str, ...]
    note: str
    source: Source
    confidence: Confidence

    def residence_rule(self, category: str) -> ResidenceRule | None:
        """The residence rule that holds for `category`, or None."""
        pool = self.pools.get(category)
        return (pool.residence if pool else None) or self.residence


@dataclass(frozen=True)
class Season:
    """All countries and figures of one season."""

    id: str
    countries: Mapping[str, Country]
    figures: Mapping[str, Figure]
    no_agreement_source: Source

    def country(self, iso: str) -> Country | None:
        """The country whose agreement covers citizens of `iso` (Jersey is with GB), or None."""
        if iso in self.countries:
            return self.countries[iso]
        return next((each for each in self.countries.values() if iso in each.includes), None)

    def open_countries(self, category: str) -> tuple[Country, ...]:
        """The countries with a pool of `category`, in the order of the file."""
        return tuple(each for each in self.countries.values() if category in each.pools)

    def widest_ages(self, category: str) -> AgeRange:
        """The lowest and the highest age that any country accepts for `category`."""
        ages = [each.pools[category].ages for each in self.open_countries(category)]
        return AgeRange(min(each.minimum for each in ages), max(each.maximum for each in ages))

    def number(self, figure: str) -> int:
        """The whole number of a figure that every season must have."""
        value = self.figures[figure].value
        if not isinstance(value, (int, Decimal)):
            raise KnowledgeError(f"{figure} of season {self.id} is not a number")
        return int(value)

    def members(self, figure: str) -> tuple[int | str, ...]:
        """The members of a figure that is a list and that every season must have."""
        value = self.figures[figure].value
        if not isinstance(value, tuple):
            raise KnowledgeError(f"{figure} of season {self.id} is not a list")
        return value


def long_date(day: date) -> str:
    """Return `day` as visitors read it: 11 December 2023."""
    return f"{day.day} {day:%B %Y}"
