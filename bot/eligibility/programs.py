"""Decides a program for an applicant: every criterion, for every passport; the best one holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.eligibility.applicant import Applicant
from bot.eligibility.case import Case, whole_months
from bot.eligibility.criteria import ALWAYS, CRITERIA
from bot.eligibility.decision import Decision, Finding, Outcome, Status
from bot.eligibility.participations import permit_months
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.model import Season
from bot.knowledge.program import Program

QUESTIONS = (
    "age",
    "nationalities",
    "student",
    "job_offer",
    "placement_required",
    "in_field_of_study",
    "teer",
    "residence",
    "previous_participations",
    "passport_expires",
    "funds_cad",
    "insurance",
    "return_ticket",
    "dependants",
    "admissibility_concern",
)
"""Every question whose answer a criterion uses, in the order of asking."""

_RANK = (Outcome.QUALIFIED, Outcome.NEEDS_REVIEW, Outcome.NOT_QUALIFIED)


def decide(applicant: Applicant, program: str, on: date, knowledge: Knowledge) -> Decision:
    """Return what the published criteria of `program` say about `applicant` on the day `on`.

    With several citizenships each is tried and the best outcome holds: among equals the one with
    the fewest criteria unmet or in doubt, then the one given first. All findings are collected:
    UNMET beats UNKNOWN, UNKNOWN beats MET.

    Raises:
        KnowledgeError: there is no such program.
    """
    asked, season = knowledge.program(program), knowledge.season_of(program)
    tried = [
        _judge(applicant, asked, season, iso, on) for iso in applicant.nationalities or (None,)
    ]
    best = min((each.outcome for each in tried), key=_RANK.index)
    candidates = _not_outdone([each for each in tried if each.outcome is best])
    chosen = min(candidates, key=lambda each: len(each.at(Status.UNMET)))
    questions = {
        finding.question for each in candidates for finding in each.findings if finding.question
    }
    return Decision(
        program=program,
        season=season.id,
        outcome=best,
        findings=chosen.findings,
        open_questions=tuple(
            question
            for question in QUESTIONS
            if question in questions and best is Outcome.NEEDS_REVIEW
        ),
        max_stay_months=None if best is Outcome.NOT_QUALIFIED else _longest_stay(chosen.case),
        citizenship=chosen.case.iso,
    )


def decide_all(
    applicant: Applicant, on: date, knowledge: Knowledge, programs: Iterable[str] | None = None
) -> dict[str, Decision]:
    """Return a decision for each of `programs` (all of them when None), by program id."""
    chosen = knowledge.programs if programs is None else programs
    return {program: decide(applicant, program, on, knowledge) for program in chosen}


@dataclass(frozen=True)
class _Judgement:
    case: Case
    findings: tuple[Finding, ...]
    outcome: Outcome

    def at(self, status: Status) -> frozenset[str]:
        """The criteria that stand at `status`."""
        return frozenset(each.criterion for each in self.findings if each.status is status)


def _judge(
    applicant: Applicant, program: Program, season: Season, iso: str | None, on: date
) -> _Judgement:
    country = season.country(iso) if iso else None
    pool = country.pools.get(program.category) if country else None
    case = Case(applicant, on, program, season, iso, country, pool)
    found = (
        criterion(case)
        for name, criterion in CRITERIA.items()
        if name in program.by_criterion or name in ALWAYS
    )
    findings = tuple(finding for finding in found if finding is not None)
    return _Judgement(case, findings, _outcome(findings))


def _outcome(findings: Iterable[Finding]) -> Outcome:
    statuses = {finding.status for finding in findings}
    if Status.UNMET in statuses:
        return Outcome.NOT_QUALIFIED
    return Outcome.NEEDS_REVIEW if Status.UNKNOWN in statuses else Outcome.QUALIFIED


def _not_outdone(judgements: Sequence[_Judgement]) -> list[_Judgement]:
    """Leave out a passport that has all the doubts of another one and more."""
    doubts = [each.at(Status.UNKNOWN) for each in judgements]
    return [
        each
        for each, its in zip(judgements, doubts, strict=True)
        if not any(others < its for others in doubts)
    ]


def _longest_stay(case: Case) -> int | None:
    months = permit_months(case)
    if months is None or case.applicant.passport_expires is None:
        return months
    return min(months, whole_months(case.on, case.applicant.passport_expires)) or None
