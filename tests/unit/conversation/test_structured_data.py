"""What the website lays out: decision cards, the summary, and the progress of the check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml

from bot.conversation.applying import summary_card
from bot.conversation.explaining import card, explain
from bot.conversation.prescreening import QUESTIONS, decisions, open_questions
from bot.conversation.progress import progress
from bot.conversation.words import Words
from bot.eligibility import Outcome, Status
from bot.knowledge import load_knowledge
from bot.settings import PROJECT_ROOT

ON = date(2024, 3, 1)
KNOWLEDGE = load_knowledge("2024", "2023")
WORDS = Words(
    {
        name: variations
        for path in sorted((PROJECT_ROOT / "data" / "responses").glob("*.yml"))
        for name, variations in yaml.safe_load(path.read_text(encoding="utf-8"))[
            "responses"
        ].items()
    }
)
STUDENT: dict[str, Any] = {
    "age": 24,
    "nationalities": ["FR"],
    "residence": "FR",
    "student": True,
    "job_offer": True,
    "placement_required": True,
    "in_field_of_study": True,
    "teer": 2,
    "previous_participations": [],
    "passport_expires": "2031-03-15",
    "funds_cad": 3000,
    "insurance": True,
    "return_ticket": True,
    "dependants": False,
    "admissibility_concern": False,
}
PEOPLE = {
    "student": STUDENT,
    "not a student": STUDENT | {"student": False, "teer": None},
    "Brazilian": STUDENT | {"nationalities": ["BR"]},
    "told little": {"age": 24, "nationalities": ["FR"]},
}


def cards() -> Iterator[tuple[Any, dict[str, Any]]]:
    for answers in PEOPLE.values():
        for decision in decisions(answers, ON, KNOWLEDGE).values():
            yield decision, card(decision, KNOWLEDGE, WORDS)


def test_a_card_is_plain_json_and_says_what_the_text_says() -> None:
    for decision, shown in cards():
        assert json.loads(json.dumps(shown)) == shown
        text = explain(decision, KNOWLEDGE, WORDS)
        assert shown["program"] in text
        for finding in shown["findings"]:
            if finding["status"] == Status.UNMET.value:
                assert finding["reason"] in text
            if finding["status"] == Status.MET.value:
                assert finding["label"] in text


def test_a_card_begins_with_what_seems_not_to_be_met_and_leaves_out_what_no_longer_matters() -> (
    None
):
    order = [status.value for status in (Status.UNMET, Status.UNKNOWN, Status.MET)]
    for decision, shown in cards():
        statuses = [finding["status"] for finding in shown["findings"]]
        assert statuses == sorted(statuses, key=order.index)
        if decision.outcome is Outcome.NOT_QUALIFIED:
            assert statuses[0] == "unmet"
            assert "unknown" not in statuses


def test_a_card_names_sources_with_addresses() -> None:
    for _, shown in cards():
        assert shown["sources"]
        assert all(source["url"].startswith("https://") for source in shown["sources"])


@pytest.mark.parametrize("program", ["not_sure", "international_coop", "ro_working_holiday"])
def test_the_progress_counts_up_to_the_last_question(program: str) -> None:
    answers: dict[str, Any] = {}
    seen = []
    while open_questions(answers, ON, KNOWLEDGE):
        seen.append(progress(answers, ON, KNOWLEDGE))
        question = open_questions(answers, ON, KNOWLEDGE)[0]
        answers[question] = (STUDENT | {"program": program})[question]
    assert [step["question"] for step in seen] == list(range(1, len(seen) + 1))
    assert all(step["question"] <= step["of"] <= len(QUESTIONS) for step in seen)
    assert seen[-1]["of"] == len(seen)


def test_facts_told_at_once_move_the_progress_on() -> None:
    told = {"program": "international_coop", "age": 24, "nationalities": ["FR"], "student": True}
    assert progress(told, ON, KNOWLEDGE)["question"] == 5


def test_the_summary_lists_every_fact_that_is_known() -> None:
    answers = STUDENT | {
        "program_choice": "international_coop",
        "applicant_name": "Zoë <b>O'Neil</b>",
        "email": "zoe@example.org",
        "teer": "unknown",
    }
    shown = summary_card(answers, KNOWLEDGE, WORDS)
    assert shown["name"] == "Zoë <b>O'Neil</b>"
    assert (shown["program"], shown["season"]) == ("IEC International Co-op", "2024")
    assert {"text": "24 years old", "change": "Change my age"} in shown["facts"]
    assert not [fact for fact in shown["facts"] if "TEER" in fact]
