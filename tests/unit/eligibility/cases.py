"""The tables of `tests/cases`: what a row says, and what the rules answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.eligibility import Applicant, Decision, Status, decide
from bot.knowledge import Knowledge, load_knowledge

FOLDER = Path(__file__).parents[2] / "cases"
TABLES = (
    "citizenship",
    "age",
    "studies_and_job",
    "residence",
    "earlier_participations",
    "passport_and_money",
    "sources_that_differ",
    "questions",
    "earlier_in_other_categories",
)
DIRECT = "international_coop"
STUDY_CRITERIA = {"student", "placement_required", "job_offer", "teer", "in_field_of_study"}
FIELDS = {"name", "program", "applicant", "only", "outcome", "reasons", "also", "months"}
FIELDS |= {"category", "asks", "citizenship", "day", "iec_season", "ro_season"}


@cache
def read_table(name: str) -> Any:
    with (FOLDER / f"{name}.yml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


@dataclass(frozen=True)
class Case:
    """One row of a table."""

    row: Mapping[str, Any]
    base: Mapping[str, Any]

    @property
    def seasons(self) -> tuple[str, str]:
        return tuple(self.row.get(name, self.base[name]) for name in ("iec_season", "ro_season"))

    def decide(self, knowledge: Knowledge | None = None) -> Decision:
        if "only" in self.row:
            answers = dict(self.row["only"])
        else:
            answers = {**self.base["applicant"], **self.row["applicant"]}
            nationalities = answers["nationalities"]
            answers.setdefault("residence", nationalities[0] if nationalities else None)
        return decide(
            Applicant.from_answers(answers),
            self.row.get("program", DIRECT),
            date.fromisoformat(self.row.get("day", self.base["day"])),
            self._of_category(knowledge or load_knowledge(*self.seasons)),
        )

    def _of_category(self, knowledge: Knowledge) -> Knowledge:
        """The knowledge with a program for a category that has none of ours."""
        if "category" not in self.row:
            return knowledge
        coop = knowledge.program(DIRECT)
        asked = [each for each in coop.requirements if each.criterion not in STUDY_CRITERIA]
        program = replace(coop, category=self.row["category"], requirements=tuple(asked))
        return replace(knowledge, programs={DIRECT: program})

    def faults(self, knowledge: Knowledge | None = None) -> list[str]:
        """What the decision says otherwise than the row."""
        decision = self.decide(knowledge)
        open_reasons = {each.reason for each in decision.findings if each.status != Status.MET}
        met = {each.reason for each in decision.having(Status.MET)}
        said = {
            "outcome": decision.outcome.value,
            "reasons": open_reasons,
            "months": decision.max_stay_months,
        }
        expected = {**{name: self.row[name] for name in said}, "reasons": set(self.row["reasons"])}
        if "asks" in self.row:
            said["asks"], expected["asks"] = list(decision.open_questions), self.row["asks"]
        if "citizenship" in self.row:
            said["citizenship"] = decision.citizenship
            expected["citizenship"] = self.row["citizenship"]
        faults = [
            f"{name}: {said[name]} instead of {expected[name]}"
            for name in said
            if said[name] != expected[name]
        ]
        missing = set(self.row.get("also", ())) - met
        return [*faults, *(f"also: {reason} is missing" for reason in sorted(missing))]


def read_cases() -> dict[str, Case]:
    base = read_table("applicant")
    return {
        f"{table}: {row['name']}": Case(row, base)
        for table in TABLES
        for row in read_table(table)["cases"]
    }
