"""From JSON-like answers to an applicant; every refusal names the field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.eligibility import Applicant, ApplicantError, Participation


def test_nothing_answered_is_nothing_known():
    assert Applicant.from_answers({}) == Applicant()
    assert Applicant.from_answers({"age": None, "previous_participations": None}) == Applicant()


def test_answers_become_typed_values():
    applicant = Applicant.from_answers(
        {
            "nationalities": ["fr", "DE", "FR"],
            "date_of_birth": "1999-12-31",
            "passport_expires": "2030-01-01",
            "funds_cad": 2999.99,
            "teer": 2.0,
            "previous_participations": [
                {"category": "working_holiday", "year": 2019, "permit_issued": True, "months": 12},
                {},
            ],
        }
    )
    assert applicant == Applicant(
        nationalities=("FR", "DE"),
        date_of_birth=date(1999, 12, 31),
        passport_expires=date(2030, 1, 1),
        funds_cad=2999,
        teer=2,
        previous_participations=(
            Participation(category="working_holiday", year=2019, permit_issued=True, months=12),
            Participation(),
        ),
    )


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2024, 5, 19), 23),
        (date(2024, 5, 20), 24),
        (date(2024, 5, 21), 24),
        (date(2025, 4, 30), 24),
        (date(2025, 6, 1), 25),
    ],
)
def test_the_age_changes_on_the_birthday(day: date, age: int):
    assert Applicant(date_of_birth=date(2000, 5, 20), age=99).age_on(day) == age


@pytest.mark.parametrize(
    ("day", "age"), [(date(2022, 2, 28), 17), (date(2022, 3, 1), 18), (date(2024, 2, 29), 20)]
)
def test_somebody_born_on_a_leap_day_is_a_year_older_on_1_march(day: date, age: int):
    assert Applicant(date_of_birth=date(2004, 2, 29)).age_on(day) == age


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"agee": 24}, "unknown field 'agee'"),
        ({"age": "24"}, "age: needs a whole number"),
        ({"age": True}, "age: needs a whole number"),
        ({"age": 24.5}, "age: needs a whole number"),
        ({"age": -1}, "age: needs a whole number from 0 to 130"),
        ({"age": 131}, "age: needs a whole number from 0 to 130"),
        ({"age": float("inf")}, "age: needs a whole number"),
        ({"age": float("nan")}, "age: needs a whole number"),
        ({"teer": 6}, "teer: needs a whole number from 0 to 5"),
        ({"teer": -1}, "teer: needs a whole number from 0 to 5"),
        ({"funds_cad": -1}, "funds_cad: needs a whole number from 0"),
        ({"funds_cad": -0.5}, "funds_cad: needs a whole number from 0"),
        ({"funds_cad": 10**30}, "funds_cad: needs a whole number from 0"),
        ({"funds_cad": "3000"}, "funds_cad: needs a whole number from 0"),
        ({"student": "yes"}, "student: needs true, false or null"),
        ({"student": 1}, "student: needs true, false or null"),
        ({"date_of_birth": "31.12.1999"}, "date_of_birth: needs a real date"),
        ({"date_of_birth": "2023-02-29"}, "date_of_birth: needs a real date"),
        ({"date_of_birth": "1899-12-31"}, "date_of_birth: needs a real date"),
        ({"passport_expires": 20270101}, "passport_expires: needs a real date"),
        ({"passport_expires": "9999-01-01"}, "passport_expires: needs a real date"),
        ({"residence": "France"}, "residence: needs a two-letter country code"),
        ({"residence": "FRA"}, "residence: needs a two-letter country code"),
        ({"residence": "É1"}, "residence: needs a two-letter country code"),
        ({"nationalities": "FR"}, "nationalities: needs a list of country codes"),
        ({"nationalities": []}, "nationalities: needs a list of country codes"),
        ({"nationalities": ["FR", 3]}, "nationalities: needs a two-letter country code"),
        ({"previous_participations": "none"}, "previous_participations: needs a list"),
        ({"previous_participations": ["2019"]}, "previous_participations: each needs an object"),
        ({"previous_participations": [{"kind": 1}]}, "unknown field 'kind'"),
        ({"previous_participations": [{"category": "x"}]}, "category: needs one of"),
        ({"previous_participations": [{"category": []}]}, "category: needs one of"),
        ({"previous_participations": [{"year": 19}]}, "year: needs a whole number from 1900"),
        ({"previous_participations": [{"months": 61}]}, "months: needs a whole number from 0"),
        ({"previous_participations": [{"through_ro": "no"}]}, "through_ro: needs true, false"),
    ],
)
def test_a_value_that_a_field_cannot_hold_is_refused(answers: dict[str, Any], message: str):
    with pytest.raises(ApplicantError, match=message.replace("[", r"\[")):
        Applicant.from_answers(answers)


def test_a_long_value_is_shown_shortened():
    with pytest.raises(ApplicantError) as refusal:
        Applicant.from_answers({"student": "x" * 10_000})
    assert len(str(refusal.value)) < 100
