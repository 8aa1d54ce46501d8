"""Floors for many made-up applicants; a failure prints the conversations."""

from __future__ import annotations

import pytest

from bot.conversation.prescreening import QUESTIONS
from tests.simulation.applicants import APPLICATION
from tests.simulation.conversation import Run, questions_of
from tests.simulation.simulating import Figures

COMPLETED_FLOOR = 0.98
CORRECTED_FLOOR = 0.98
SHOWN = 3


def test_nearly_every_conversation_reaches_a_decision_or_an_explained_end(figures: Figures):
    stuck = [run for run in figures.runs if not run.completed]
    assert figures.completed >= COMPLETED_FLOOR, shown(stuck)


@pytest.mark.parametrize("what", ["wrong_values", "wrong_decisions", "wrong_leads", "repeated"])
def test_nothing_goes_wrong(figures: Figures, what: str):
    found = figures.found(what)
    runs = [run for run in figures.runs if getattr(run, what)]
    assert not found, "\n".join(found) + shown(runs)


def test_every_question_asked_back_is_answered_and_the_open_one_comes_back(figures: Figures):
    runs = [run for run in figures.runs if not all(ok for _, ok in run.asked_back)]
    assert figures.answered_and_resumed == 1, shown(runs)


def test_something_is_asked_back_at_every_question(figures: Figures):
    assert questions_of(figures.runs) == {*QUESTIONS, *APPLICATION}


def test_nearly_every_correction_is_understood(figures: Figures):
    runs = [run for run in figures.runs if not all(ok for _, ok in run.corrected)]
    assert figures.corrected >= CORRECTED_FLOOR, shown(runs)


def test_no_rule_is_missing_and_nobody_meets_silence(figures: Figures):
    bad = [e for e in figures.found("broken") if "silence" in e or "no rule" in e]
    assert not bad, bad


def shown(runs: list[Run]) -> str:
    """Return the first few of the conversations as text."""
    return "\n\n".join(["", *map(str, runs[:SHOWN])])
