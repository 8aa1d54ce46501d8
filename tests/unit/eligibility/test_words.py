"""Every reason code and every criterion has words, and every placeholder of them a value."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from string import Formatter

import pytest
import yaml

from bot.eligibility import Applicant, Finding, decide_all
from bot.eligibility.criteria import CRITERIA
from bot.knowledge import CountryStatus, load_knowledge
from bot.settings import PROJECT_ROOT
from tests.unit.eligibility.cases import read_cases
from tests.unit.eligibility.limits import ON

REASONS = PROJECT_ROOT / "data" / "responses" / "reasons.yml"
RESPONSES = yaml.load(REASONS.read_text(encoding="utf-8"), yaml.CSafeLoader)["responses"]
TEXTS = {name: variations[0]["text"] for name, variations in RESPONSES.items()}
MAKERS = {"met", "unmet", "ask", "review"}
CODE = re.compile(r"[a-z0-9_]+")


def reason_codes() -> set[str]:
    """Every reason that the sources of `bot/eligibility` give to a finding."""
    codes = {f"citizenship_{status.value}" for status in CountryStatus}
    codes |= {"participations_used_up", "shared_slot_used", "category_used"}
    for path in (PROJECT_ROOT / "bot" / "eligibility").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in MAKERS:
                continue
            reason = node.args[1]
            if isinstance(reason, ast.Constant):
                codes.add(reason.value)
    return codes


def all_findings() -> Iterator[Finding]:
    for case in read_cases().values():
        yield from case.decide().findings


def test_every_reason_has_words_and_no_words_are_left_over():
    words = {name.removeprefix("utter_reason_") for name in TEXTS if "_reason_" in name}
    assert words == reason_codes()


def test_every_criterion_has_a_label_and_no_label_is_left_over():
    labels = {name.removeprefix("utter_criterion_") for name in TEXTS if "_criterion_" in name}
    assert labels == set(CRITERIA)


def test_the_policy_cases_reach_every_reason():
    assert {finding.reason for finding in all_findings()} == reason_codes()


def test_every_placeholder_of_the_words_has_a_value_in_every_finding():
    for finding in all_findings():
        text = TEXTS[f"utter_reason_{finding.reason}"]
        needed = {name for _, name, _, _ in Formatter().parse(text) if name}
        assert needed <= finding.values.keys(), finding.reason
        assert "{" not in text.format_map(finding.values)


def test_a_finding_has_a_source_and_only_an_open_one_a_question():
    for finding in all_findings():
        assert finding.source.url.startswith("http")
        assert finding.question is None or finding.status == "unknown"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_the_words_never_promise_or_advise(text: str):
    assert not re.search(r"eligib|you should|guarantee|we recommend|best for you", text.lower())
    assert len(text) <= 260


def test_every_country_and_program_makes_findings_with_words():
    for iec, ro in product(("2023", "2024", "2025", "2026"), repeat=2):
        knowledge = load_knowledge(iec, ro)
        for iso in knowledge.iec.countries:
            applicant = Applicant(nationalities=(iso,), age=24)
            for decision in decide_all(applicant, ON, knowledge).values():
                for finding in decision.findings:
                    TEXTS[f"utter_reason_{finding.reason}"].format_map(finding.values)
