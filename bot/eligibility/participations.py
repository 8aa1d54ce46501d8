"""Earlier participations: what a country's agreement, or the organization's, still leaves.

A participation counts only when its permit was issued at the border (IRCC, instructions on IEC
eligibility). Those through a Recognized Organization come on top of the country's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.eligibility.applicant import Participation
from bot.eligibility.case import Case, Values, ask, met, months_later, review, unmet
from bot.eligibility.decision import Finding
from bot.knowledge.model import WORKING_HOLIDAY, ParticipationRule

CRITERION = "earlier_participations"


def earlier_participations(case: Case) -> Finding | None:
    """Rule: the agreement of the country, or the RO's allowance, leaves one more participation.

    Sources: IRCC, bilateral agreements and arrangements; IRCC, instructions on IEC eligibility.
    """
    earlier, source = case.applicant.previous_participations, case.source_of(CRITERION)
    if earlier is None:
        return ask(CRITERION, "participations_unknown", source, "previous_participations")
    if not earlier:
        return met(CRITERION, "no_earlier_participation", source)
    if case.country is None or case.country.participations is None or case.pool is None:
        return None
    if case.program.through_ro:
        return _through_ro(case, earlier)
    return _own_allowance(case, earlier, case.country.participations)


def permit_months(case: Case) -> int | None:
    """Return the longest permit that the agreement leaves; None when it cannot be told.

    Where two sources differ the shorter permit holds. A second participation may be shorter
    (United Kingdom), and both together may be bounded (Switzerland).
    """
    if case.pool is None:
        return None
    months = case.pool.months
    if case.pool.other and case.pool.other.months is not None:
        months = min(months, case.pool.other.months)
    rule = case.country.participations if case.country else None
    own = _perhaps_counted(case, through_ro=False)
    if rule is None or not own:
        return months
    if rule.second_months is not None:
        return min(months, rule.second_months)
    if rule.total_months is not None:
        left = _months_left(rule.total_months, own)
        return min(months, left) if left else None
    return months


def _through_ro(case: Case, earlier: Sequence[Participation]) -> Finding:
    """Two participations through any RO in a lifetime, on top of the country's, without a gap."""
    source = case.source_of(CRITERION)
    allowed = case.season.number("ro_lifetime_participations")
    sure = _surely_counted(case, through_ro=True)
    perhaps = _perhaps_counted(case, through_ro=True)
    if len(sure) >= allowed:
        return unmet(CRITERION, "ro_participations_used_up", source, total=allowed)
    if len(perhaps) >= allowed:
        return review(CRITERION, "participation_details_unknown", source)
    if _in_this_season(case, earlier):
        return review(CRITERION, "participation_same_season", source, season=case.season.id)
    unclear = case.season.figures["ro_second_working_holiday_unclear"]
    if (
        case.program.category == WORKING_HOLIDAY
        and case.country
        and case.country.iso in case.season.members(unclear.id)
        and any(each.category in (None, WORKING_HOLIDAY) for each in perhaps)
    ):
        return review(
            CRITERION, "ro_second_working_holiday", unclear.source, country=case.country_name
        )
    return _stay_left(case) or met(
        CRITERION, "ro_participation_left", source, used=len(perhaps), total=allowed
    )


def _own_allowance(
    case: Case, earlier: Sequence[Participation], rule: ParticipationRule
) -> Finding:
    """The country's own number of participations, its repeats, its gap, its months together."""
    source = rule.source
    values: Values = {
        "country": case.country_name,
        "category": case.category_name,
        "total": rule.total_on(case.on),
    }
    sure = _surely_counted(case, through_ro=False)
    perhaps = _perhaps_counted(case, through_ro=False)
    obstacle = _obstacle(case, rule, [(each.category,) for each in sure])
    if obstacle and case.several_citizenships:
        return review(CRITERION, "participation_citizenship_unclear", source, **values)
    if obstacle and _has_older_rights(rule, sure):
        return review(CRITERION, "participation_older_rights", source, **values)
    if obstacle:
        return unmet(CRITERION, obstacle, source, **values)
    anything = (case.program.category, None)
    possible = [anything if each.category is None else (each.category,) for each in perhaps]
    if _obstacle(case, rule, possible) or any((each.year or 0) > case.on.year for each in perhaps):
        return review(CRITERION, "participation_details_unknown", source, **values)
    if _in_this_season(case, earlier):
        return review(CRITERION, "participation_same_season", source, season=case.season.id)
    if perhaps and not rule.repeat_stated:
        return review(CRITERION, "participation_repeat_unstated", source, **values)
    if any(not _gap_is_over(case, rule, each) for each in perhaps):
        return review(CRITERION, "participation_gap", source, months=rule.gap_months, **values)
    if not perhaps:
        return met(CRITERION, "participation_not_counted", source, **values)
    return _stay_left(case) or met(
        CRITERION, "participation_left", source, used=len(perhaps), **values
    )


def _stay_left(case: Case) -> Finding | None:
    """Both permits together may be bounded (Switzerland, 18 months): is anything left of it?"""
    rule = case.country.participations if case.country else None
    own = _perhaps_counted(case, through_ro=False)
    if rule is None or rule.total_months is None or rule.second_months is not None or not own:
        return None
    left = _months_left(rule.total_months, own)
    values: Values = {"country": case.country_name, "months": rule.total_months}
    if left is None or (left == 0 and case.program.through_ro):
        return review(CRITERION, "stay_left_unknown", rule.source, **values)
    if left == 0:
        return unmet(CRITERION, "stay_used_up", rule.source, **values)
    return met(CRITERION, "stay_left", rule.source, left=left, **values)


def _obstacle(
    case: Case, rule: ParticipationRule, categories: Sequence[tuple[str | None, ...]]
) -> str | None:
    """Return the reason why participations in `categories` leave nothing, or None."""
    if len(categories) >= rule.total_on(case.on):
        return "participations_used_up"
    for group in rule.once:
        if case.program.category in group and any(group & set(each) for each in categories):
            return "shared_slot_used" if len(group) > 1 else "category_used"
    return None


def _surely_counted(case: Case, *, through_ro: bool) -> list[Participation]:
    return [
        each
        for each in case.applicant.previous_participations or ()
        if each.permit_issued is True and each.through_ro is through_ro
    ]


def _perhaps_counted(case: Case, *, through_ro: bool) -> list[Participation]:
    return [
        each
        for each in case.applicant.previous_participations or ()
        if each.permit_issued is not False and each.through_ro in (None, through_ro)
    ]


def _in_this_season(case: Case, earlier: Iterable[Participation]) -> bool:
    """Only one participation is allowed in a season."""
    return any(
        each.permit_issued is not False and each.year == int(case.season.id) for each in earlier
    )


def _has_older_rights(rule: ParticipationRule, sure: Iterable[Participation]) -> bool:
    line = rule.legacy_before
    return line is not None and any(each.year is None or each.year < line for each in sure)


def _gap_is_over(case: Case, rule: ParticipationRule, earlier: Participation) -> bool:
    """Is the gap over even after the longest permit, issued on the last day of its year?"""
    if not rule.gap_months:
        return True
    if earlier.year is None or case.country is None:
        return False
    longest = max(each.months for each in case.country.pools.values())
    lasted = earlier.months or longest
    return months_later(date(earlier.year, 12, 31), lasted + rule.gap_months) <= case.on


def _months_left(total: int, own: Sequence[Participation]) -> int | None:
    if any(each.months is None for each in own):
        return None
    return max(0, total - sum(each.months or 0 for each in own))
