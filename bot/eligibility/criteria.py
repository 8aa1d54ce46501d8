"""The criteria, one function each: a case in, a finding out; None when it says nothing here.

Where a criterion's figures come from a country's agreement, its source is that of the pool;
otherwise it is the text that the program's file names for the requirement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.eligibility.age import age
from bot.eligibility.case import (
    Case,
    Values,
    ask,
    met,
    place_name,
    review,
    unmet,
    whole_months,
)
from bot.eligibility.decision import Finding
from bot.eligibility.participations import earlier_participations, permit_months
from bot.knowledge.model import INTERNATIONAL_COOP, CountryStatus, long_date

TEER_FIGURES = {
    "international_coop": "coop_teer",
    "young_professionals": "young_professionals_teer",
}


def citizenship(case: Case) -> Finding:
    """Rule: the passport is of a country with an IEC agreement that is open this season.

    Sources: International Co-op text of season 2024; RO page ("IEC countries only"); IRCC list.
    """
    if case.iso is None:
        source = case.source_of("citizenship")
        return ask("citizenship", "nationality_unknown", source, "nationalities")
    values: Values = {"country": case.country_name, "season": case.season.id}
    if case.country is None:
        source = case.season.no_agreement_source
        return unmet("citizenship", "citizenship_no_agreement", source, **values)
    reason = f"citizenship_{case.country.status.value}"
    if case.country.status is CountryStatus.ACTIVE:
        return met("citizenship", reason, case.country.source, **values)
    return unmet("citizenship", reason, case.country.source, **values)


def category_pool(case: Case) -> Finding | None:
    """Rule: the country has a pool of the program's category in this season.

    Sources: International Co-op table of season 2024; IRCC, bilateral agreements.
    """
    if case.country is None or case.country.status is not CountryStatus.ACTIVE:
        return None
    values: Values = {
        "country": case.country_name,
        "category": case.category_name,
        "season": case.season.id,
    }
    if case.pool is None:
        return unmet("category_pool", "pool_missing", case.country.source, **values)
    return met("category_pool", "pool_open", case.pool.source, **values)


def student(case: Case) -> Finding:
    """Rule: a student registered at a post-secondary school (International Co-op text, 2024)."""
    source = case.source_of("student")
    if case.applicant.student is None:
        return ask("student", "student_unknown", source, "student")
    if case.applicant.student:
        return met("student", "is_student", source)
    return unmet("student", "not_a_student", source)


def placement_required(case: Case) -> Finding | None:
    """Rule: the placement is needed to finish the studies (International Co-op text, 2024)."""
    answer, source = case.applicant.placement_required, case.source_of("placement_required")
    if answer is None:
        if case.applicant.student is False:
            return None
        return ask("placement_required", "placement_unknown", source, "placement_required")
    if answer:
        return met("placement_required", "placement_is_required", source)
    return unmet("placement_required", "placement_not_required", source)


def job_offer(case: Case) -> Finding:
    """Rule: a signed job offer or contract in Canada (International Co-op text, 2024; YP texts)."""
    answer, source = case.applicant.job_offer, case.source_of("job_offer")
    if answer is None:
        return ask("job_offer", "job_offer_unknown", source, "job_offer")
    if answer:
        return met("job_offer", "job_offer_signed", source)
    return unmet("job_offer", "no_job_offer", source)


def teer(case: Case) -> Finding | None:
    """Rule: TEER 0 to 3; 4 in certain circumstances, for Young Professionals with a diploma.

    Sources: International Co-op text of season 2024; texts on Young Professionals.
    """
    level, figure = case.applicant.teer, TEER_FIGURES[case.program.category]
    source = case.source_of("teer")
    if level is None:
        if case.applicant.job_offer is False:
            return None
        return ask("teer", "teer_unknown", source, "teer")
    values: Values = {"teer": level, "accepted": case.season.figures[figure].text}
    if level in case.season.members(figure):
        return met("teer", "teer_accepted", source, **values)
    if level not in case.season.members(f"{figure}_review"):
        return unmet("teer", "teer_not_accepted", source, **values)
    if case.program.category == INTERNATIONAL_COOP:
        return review("teer", "teer_in_some_cases", source, **values)
    if case.applicant.in_field_of_study is None:
        return ask("teer", "teer_field_unknown", source, "in_field_of_study", **values)
    if case.applicant.in_field_of_study:
        return review("teer", "teer_needs_diploma", source, **values)
    return unmet("teer", "teer_outside_field", source, **values)


def in_field_of_study(case: Case) -> Finding | None:
    """Rule: the internship is linked to the field of study (International Co-op text, 2024)."""
    answer, source = case.applicant.in_field_of_study, case.source_of("in_field_of_study")
    if answer is None:
        if case.applicant.job_offer is False:
            return None
        return ask("in_field_of_study", "field_unknown", source, "in_field_of_study")
    if answer:
        return met("in_field_of_study", "in_field", source)
    return unmet("in_field_of_study", "outside_field", source)


def residence(case: Case) -> Finding | None:
    """Rule: citizens of some countries must live there when they apply, also through an RO.

    Source: IRCC, bilateral agreements and arrangements.
    """
    rule = case.country.residence_rule(case.program.category) if case.country else None
    if rule is None or case.pool is None:
        return None
    place = case.applicant.residence
    values: Values = {"country": case.country_name}
    if place is None:
        return ask("residence", "residence_unknown", rule.source, "residence", **values)
    values["residence"] = place_name(place)
    if place in rule.places:
        return met("residence", "lives_there", rule.source, **values)
    if place in rule.unclear:
        return review("residence", "residence_unclear", rule.source, **values)
    return unmet("residence", "lives_elsewhere", rule.source, **values)


def passport(case: Case) -> Finding:
    """Rule: a passport valid for the whole stay; the permit is never longer than the passport.

    Source: International Co-op text of season 2024; IRCC, instructions on IEC eligibility.
    """
    expires, source = case.applicant.passport_expires, case.source_of("passport")
    if expires is None:
        return ask("passport", "passport_unknown", source, "passport_expires")
    day = long_date(expires)
    if expires < case.on:
        return unmet("passport", "passport_expired", source, date=day)
    months = whole_months(case.on, expires)
    if months == 0:
        return review("passport", "passport_ends_soon", source, date=day)
    longest = permit_months(case)
    if longest is not None and months < longest:
        return met("passport", "passport_shortens_stay", source, date=day, months=months)
    return met("passport", "passport_valid", source, date=day)


def funds(case: Case) -> Finding:
    """Rule: at least the minimum funds on landing (International Co-op text, 2024; IRCC)."""
    amount, source = case.applicant.funds_cad, case.source_of("funds")
    minimum = case.season.number("minimum_funds")
    values: Values = {"minimum": f"CAD {minimum:,}"}
    if amount is None:
        return ask("funds", "funds_unknown", source, "funds_cad", **values)
    if amount < minimum:
        return unmet("funds", "funds_too_low", source, funds=f"CAD {amount:,}", **values)
    return met("funds", "funds_enough", source, **values)


def insurance(case: Case) -> Finding:
    """Rule: health insurance for the whole stay (International Co-op text, 2024; IRCC)."""
    answer, source = case.applicant.insurance, case.source_of("insurance")
    if answer is None:
        return ask("insurance", "insurance_unknown", source, "insurance")
    if answer:
        return met("insurance", "insurance_possible", source)
    return unmet("insurance", "insurance_missing", source)


def return_ticket(case: Case) -> Finding:
    """Rule: a return ticket or the money for one (International Co-op text, 2024; IRCC)."""
    answer, source = case.applicant.return_ticket, case.source_of("return_ticket")
    if answer is None:
        return ask("return_ticket", "return_unknown", source, "return_ticket")
    if answer:
        return met("return_ticket", "return_possible", source)
    return unmet("return_ticket", "return_missing", source)


def dependants(case: Case) -> Finding:
    """Rule: not accompanied by dependants (International Co-op text, 2024; IRCC)."""
    answer, source = case.applicant.dependants, case.source_of("dependants")
    if answer is None:
        return ask("dependants", "dependants_unknown", source, "dependants")
    if answer:
        return unmet("dependants", "dependants_coming", source)
    return met("dependants", "dependants_none", source)


def admissibility(case: Case) -> Finding:
    """Rule: admissible to Canada. A concern is never judged here, only passed to a person."""
    answer, source = case.applicant.admissibility_concern, case.source_of("admissibility")
    if answer is None:
        return ask("admissibility", "admissibility_unknown", source, "admissibility_concern")
    if answer:
        return review("admissibility", "admissibility_concern", source)
    return met("admissibility", "admissibility_no_concern", source)


def country_condition(case: Case) -> Finding | None:
    """Rule: further conditions of the country's pool, which no question settles.

    Source: IRCC, bilateral agreements and arrangements.
    """
    if case.pool is None or not case.pool.conditions:
        return None
    source = case.pool.source
    values: Values = {
        "country": case.country_name,
        "condition": " ".join(each.text for each in case.pool.conditions),
    }
    if any(each.needs_review for each in case.pool.conditions):
        return review("country_condition", "condition_needs_review", source, **values)
    return met("country_condition", "condition_to_check", source, **values)


def sources_agree(case: Case) -> Finding | None:
    """Rule of ours: where two sources say different things about a pool, a person decides."""
    if case.pool is None or case.pool.other is None:
        return None
    pool, other = case.pool, case.pool.other
    values: Values = {
        "country": case.country_name,
        "category": case.category_name,
        "season": case.season.id,
        "one_source": pool.source.title,
        "other_source": other.source.title,
        "ages": f"{pool.ages.minimum} to {pool.ages.maximum}",
        "months": pool.months,
    }
    if other.ages is None or other.months is None:
        return review("sources_agree", "country_missing_in_source", pool.source, **values)
    values["other_ages"] = f"{other.ages.minimum} to {other.ages.maximum}"
    values["other_months"] = other.months
    return review("sources_agree", "sources_differ", pool.source, **values)


Criterion = Callable[[Case], "Finding | None"]

CRITERIA: Mapping[str, Criterion] = {
    criterion.__name__: criterion
    for criterion in (
        citizenship,
        category_pool,
        age,
        student,
        placement_required,
        job_offer,
        teer,
        in_field_of_study,
        residence,
        earlier_participations,
        passport,
        funds,
        insurance,
        return_ticket,
        dependants,
        admissibility,
        country_condition,
        sources_agree,
    )
}
"""Every criterion by name, in the order in which findings are listed."""

ALWAYS = ("country_condition", "sources_agree")
"""Criteria that belong to the country's pool rather than to a program's requirements."""
