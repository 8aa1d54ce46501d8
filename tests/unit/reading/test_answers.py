"""Replies to one question, table by table (`answers.yaml`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation.reading import PROBLEMS, QUESTIONS, Reading, read_answer

TODAY = date(2026, 11, 22)
TABLES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("answers.yaml").read_text(encoding="utf-8")
)
ROWS = [
    pytest.param(question, text, expected, id=f"{question}: {text}")
    for question, rows in TABLES.items()
    for text, expected in rows.items()
]


@pytest.mark.parametrize(("question", "text", "expected"), ROWS)
def test_a_reply_reads_as(question: str, text: str, expected: Any) -> None:
    if isinstance(expected, str) and expected.startswith("!"):
        assert read_answer(question, text, TODAY) == Reading(problem=expected[1:])
    else:
        assert read_answer(question, text, TODAY) == Reading(expected)


def test_every_question_has_a_table() -> None:
    assert set(TABLES) | {"program_choice"} == QUESTIONS


def test_every_problem_is_a_known_code() -> None:
    problems = {
        value[1:]
        for rows in TABLES.values()
        for value in rows.values()
        if isinstance(value, str) and value.startswith("!")
    }
    assert problems <= PROBLEMS
    assert PROBLEMS - problems == set()


@pytest.mark.parametrize("question", sorted(QUESTIONS))
@pytest.mark.parametrize("junk", ["asdf", "?????", "🙂🙂", "", "   ", "\x00", "x" * 2000])
def test_junk_is_never_stored(question: str, junk: str) -> None:
    assert read_answer(question, junk, TODAY).value is None


@pytest.mark.parametrize("payload", ["Yes", "No", "I don't know", "No, never"])
def test_every_button_of_a_yes_no_question_is_understood(payload: str) -> None:
    for question in ("student", "job_offer", "insurance", "dependants", "return_ticket"):
        assert read_answer(question, payload, TODAY).value in (True, False, "unknown")


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(KeyError):
        read_answer("shoe_size", "42", TODAY)
