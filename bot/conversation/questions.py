"""The questions that the assistant asks, by name, in their order. Replies are read elsewhere."""

from __future__ import annotations

from bot.eligibility import QUESTIONS as APPLICANT_QUESTIONS

QUESTIONS = ("program", *APPLICANT_QUESTIONS)
"""Of the pre-screening."""

APPLICATION_QUESTIONS = ("program_choice", "consent", "applicant_name", "email", "confirm")
"""Of the application to a waiting list."""
