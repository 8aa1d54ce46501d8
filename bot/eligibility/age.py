"""The age criterion: inclusive limits, tested on the day that counts."""

from __future__ import annotations

from datetime import date

from bot.eligibility.case import Case, Values, ask, met, months_later, review, unmet
from bot.eligibility.decision import Finding
from bot.knowledge.model import long_date

BIRTHDAY_NEAR_MONTHS = 6


def age(case: Case) -> Finding | None:
    """Rule: at least the minimum and at most the maximum age, inclusive, on the day that counts.

    The date of birth is believed before a stated age. Through an RO the organization's own
    agreement with IRCC sets the upper age, so between both limits a person decides.
    Sources: the pool's; IRCC, instructions on IEC eligibility (the day is that of the invitation).
    """
    source = case.pool.source if case.pool else case.source_of("age")
    limits = case.pool.ages if case.pool else case.season.widest_ages(case.program.category)
    years = case.applicant.age_on(case.on)
    if years is None:
        return ask("age", "age_unknown", source, "age")
    if years < limits.minimum:
        return unmet("age", "too_young", source, age=years, minimum=limits.minimum)
    upper, lower = limits.maximum, limits.maximum
    if case.pool and case.pool.other and case.pool.other.ages:
        upper = max(upper, case.pool.other.ages.maximum)
        lower = min(lower, case.pool.other.ages.maximum)
    last = max(upper, case.season.number("ro_upper_age")) if case.program.through_ro else upper
    if years > last:
        return unmet("age", "too_old", source, age=years, maximum=last)
    if case.pool is None:
        return _age_without_country(case, years)
    values: Values = {"age": years, "maximum": lower, "country": case.country_name}
    if years > upper:
        return review("age", "age_set_by_organization", case.source_of("age"), **values)
    if years > lower:
        return review("age", "age_limits_differ", source, other_maximum=upper, **values)
    birthday = _birthday(case.applicant.date_of_birth, lower + 1)
    if birthday and birthday <= months_later(case.on, BIRTHDAY_NEAR_MONTHS):
        return met("age", "birthday_near_limit", source, birthday=long_date(birthday), **values)
    if birthday is None and years == lower:
        return met("age", "age_at_limit", source, **values)
    return met("age", "age_within_limits", source, minimum=limits.minimum, **values)


def _age_without_country(case: Case, years: int) -> Finding | None:
    if case.iso is not None:
        return None
    category, source = case.program.category, case.source_of("age")
    limits = [each.pools[category].ages for each in case.season.open_countries(category)]
    if years > min(each.maximum for each in limits):
        return ask("age", "age_limit_needs_country", source, "nationalities", age=years)
    return met("age", "age_fits_all_countries", source, age=years)


def _birthday(born: date | None, years: int) -> date | None:
    """Return the day on which somebody turns `years`; 1 March for 29 February if there is none."""
    if born is None:
        return None
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
