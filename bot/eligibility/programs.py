"""Decides a program for an applicant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.eligibility.applicant import Applicant
from bot.eligibility.decision import Decision
from bot.knowledge.model import Knowledge


def decide(applicant: Applicant, program: str, on: date, knowledge: Knowledge) -> Decision:
    """Return what the published criteria of `program` say about `applicant` on the day `on`."""
    raise NotImplementedError


def decide_all(
    applicant: Applicant, on: date, knowledge: Knowledge, programs: Iterable[str] | None = None
) -> dict[str, Decision]:
    """Return a decision for each of `programs` (all of them when None), by program id."""
    chosen = knowledge.programs if programs is None else programs
    return {program: decide(applicant, program, on, knowledge) for program in chosen}
