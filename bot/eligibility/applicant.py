"""What an applicant says about himself or herself. Every answer may be missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

CATEGORIES = ("working_holiday", "young_professionals", "international_coop")
OLDEST_AGE = 130
LARGEST_AMOUNT = 1_000_000_000
YEARS = range(1900, 2101)


class ApplicantError(ValueError):
    """An answer has a form that cannot be used; the message names the field and what it needs."""


@dataclass(frozen=True)
class Participation:
    """One earlier IEC participation. It counts only if a permit was issued at the border."""

    category: str | None = None
    year: int | None = None
    through_ro: bool | None = None
    permit_issued: bool | None = None
    months: int | None = None


@dataclass(frozen=True)
class Applicant:
    """All answers; None where the answer is not known."""

    nationalities: tuple[str, ...] | None = None
    age: int | None = None
    date_of_birth: date | None = None
    residence: str | None = None
    student: bool | None = None
    placement_required: bool | None = None
    job_offer: bool | None = None
    teer: int | None = None
    in_field_of_study: bool | None = None
    previous_participations: tuple[Participation, ...] | None = None
    passport_expires: date | None = None
    funds_cad: int | None = None
    insurance: bool | None = None
    return_ticket: bool | None = None
    dependants: bool | None = None
    admissibility_concern: bool | None = None

    @classmethod
    def from_answers(cls, answers: Mapping[str, Any]) -> Applicant:
        """Return the applicant that JSON-like `answers` describe; null means unknown.

        Raises:
            ApplicantError: an unknown field, or a value that the field cannot hold.
        """
        unknown = sorted(set(answers) - set(_READERS))
        if unknown:
            raise ApplicantError(
                f"unknown field {', '.join(map(repr, unknown))}; known: {', '.join(_READERS)}"
            )
        return cls(
            **{
                field: _READERS[field](field, value)
                for field, value in answers.items()
                if value is not None
            }
        )

    def age_on(self, day: date) -> int | None:
        """The age on `day`; the date of birth is believed before a stated age."""
        if self.date_of_birth is None:
            return self.age
        birth = self.date_of_birth
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _whole_number(field: str, value: object, low: int, high: int) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ApplicantError(
            f"{field}: needs a whole number from {low} to {high}, got {_shown(value)}"
        )
    return value


def _amount(field: str, value: object) -> int:
    """Whole dollars; cents are cut off."""
    if isinstance(value, float) and 0 <= value <= LARGEST_AMOUNT:
        value = int(value)
    return _whole_number(field, value, 0, LARGEST_AMOUNT)


def _yes_or_no(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ApplicantError(f"{field}: needs true, false or null, got {_shown(value)}")
    return value


def _day(field: str, value: object) -> date:
    if isinstance(value, str) and len(value) == len("2027-01-01"):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day and day.year in YEARS:
            return day
    raise ApplicantError(f"{field}: needs a real date like 2027-01-01, got {_shown(value)}")


def _country(field: str, value: object) -> str:
    if isinstance(value, str) and len(value) == 2 and value.isascii() and value.isalpha():
        return value.upper()
    raise ApplicantError(f"{field}: needs a two-letter country code like FR, got {_shown(value)}")


def _countries(field: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise ApplicantError(
            f'{field}: needs a list of country codes like ["FR"], got {_shown(value)}'
        )
    return tuple(dict.fromkeys(_country(field, each) for each in value))


def _participation(field: str, value: object) -> Participation:
    if not isinstance(value, Mapping):
        raise ApplicantError(
            f'{field}: each needs an object like {{"category": "working_holiday"}}'
        )
    known = ("category", "year", "through_ro", "permit_issued", "months")
    unknown = sorted(str(each) for each in value if each not in known)
    if unknown:
        raise ApplicantError(f"{field}: unknown field {unknown[0]!r}; known: {', '.join(known)}")
    category, year = value.get("category"), value.get("year")
    if category is not None and category not in CATEGORIES:
        raise ApplicantError(
            f"{field}.category: needs one of {', '.join(CATEGORIES)}, got {_shown(category)}"
        )
    flags = {
        name: None if value.get(name) is None else _yes_or_no(f"{field}.{name}", value[name])
        for name in ("through_ro", "permit_issued")
    }
    months = value.get("months")
    return Participation(
        category=category,
        year=None if year is None else _whole_number(f"{field}.year", year, YEARS[0], YEARS[-1]),
        months=None if months is None else _whole_number(f"{field}.months", months, 0, 60),
        **flags,
    )


def _participations(field: str, value: object) -> tuple[Participation, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ApplicantError(f"{field}: needs a list, [] for none, got {_shown(value)}")
    return tuple(_participation(field, each) for each in value)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


_READERS: Mapping[str, Callable[[str, Any], Any]] = {
    "nationalities": _countries,
    "age": lambda field, value: _whole_number(field, value, 0, OLDEST_AGE),
    "date_of_birth": _day,
    "residence": _country,
    "student": _yes_or_no,
    "placement_required": _yes_or_no,
    "job_offer": _yes_or_no,
    "teer": lambda field, value: _whole_number(field, value, 0, 5),
    "in_field_of_study": _yes_or_no,
    "previous_participations": _participations,
    "passport_expires": _day,
    "funds_cad": _amount,
    "insurance": _yes_or_no,
    "return_ticket": _yes_or_no,
    "dependants": _yes_or_no,
    "admissibility_concern": _yes_or_no,
}
