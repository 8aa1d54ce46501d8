"""Pure rules: an applicant, a program and a day give a decision. No clock, no database, no Rasa."""

from bot.eligibility.applicant import Applicant, ApplicantError, Participation
from bot.eligibility.decision import Decision, Finding, Outcome, Status
from bot.eligibility.programs import QUESTIONS, decide, decide_all

__all__ = [
    "QUESTIONS",
    "Applicant",
    "ApplicantError",
    "Decision",
    "Finding",
    "Outcome",
    "Participation",
    "Status",
    "decide",
    "decide_all",
]
