"""An applicant's words: the truth of a profile in the wording of a style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.simulation.applicants import COUNTRIES, Profile

PHRASES: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("phrases.yml").read_text(encoding="utf-8")
)
PROGRAM_NAMES = {
    "ro_working_holiday": "RO Working Holiday",
    "ro_young_professional": "RO Young Professional",
    "international_coop": "International Co-op",
}
CATEGORY_NAMES = {
    "working_holiday": "Working Holiday",
    "young_professionals": "Young Professionals",
    "international_coop": "Co-op",
}
TOLD_TOGETHER = ("age", "nationalities", "residence", "student", "job_offer", "passport_expires")
PERSONAL = ("applicant_name", "email")
LONG_ENOUGH_FOR_A_TYPO = 6


class Speaker:
    """Words the answers of one profile, the same ones on every run."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.random = Random(profile.number)

    def start(self) -> str:
        """Return the words that open the conversation."""
        opening = self._pick("start")
        if self.profile.style != "bundle":
            return opening
        return f"{self._statement('nationalities')} and {self._statement('age')}. {opening}"

    def answer(self, question: str, value: Any, buttons: Sequence[str], *, plainly: bool) -> str:
        """Return a reply to `question` that says `value`; `plainly` when asked again."""
        style = "terse" if plainly else self.profile.style
        if style == "tap":
            tapped = _button_for(question, value, buttons)
            if tapped:
                return tapped
        words = self._word(question, value, style)
        if style == "bundle" and question in TOLD_TOGETHER:
            others = [
                name
                for name in TOLD_TOGETHER
                if name != question
                and self.profile.truth.get(name) is not None
                and not (self.profile.slip and self.profile.slip[0] == name)
            ]
            more = self.random.sample(others, k=min(2, len(others)))
            words = ", ".join([self._word(question, value, style), *map(self._statement, more)])
        return self._mistyped(words) if style == "sloppy" and question not in PERSONAL else words

    def correction(self, wrong: Any, question: str) -> str:
        """Return words that put the wrong answer to `question` right."""
        right = self.profile.truth[question]
        kinds = PHRASES["corrects"]
        kind = question
        if isinstance(right, bool):
            kind = f"{question}_{'yes' if right else 'no'}"
            if kind not in kinds:
                kind = f"{'yes' if right else 'no'}_to_the_last"
        chosen: str = self.random.choice(kinds[kind])
        return chosen.format(**_values(question, right), wrong=wrong)

    def question(self) -> tuple[str, str]:
        """Return a question of the applicant's own and its topic."""
        topic = self.random.choice(sorted(PHRASES["questions"]))
        return self.random.choice(PHRASES["questions"][topic]), topic

    def odd(self, question: str) -> str:
        """Return words that answer nothing; any two words could be a name."""
        kind = "odd_without_words" if question == "applicant_name" else "odd"
        return str(self.random.choice(PHRASES[kind]))

    def offer(self) -> str:
        """Return the reply to the offered waiting list."""
        return self._pick("offer_yes" if self.profile.joins else "offer_no")

    def _statement(self, question: str) -> str:
        return self._word(question, self.profile.truth[question], "bundle")

    def _word(self, question: str, value: Any, style: str) -> str:
        kind = _kind(question, value, self.profile)
        fallback = {True: "yes", False: "no"}.get(value) if isinstance(value, bool) else None
        values = _values(question, value)
        if kind == "date_of_birth":
            values = _values(kind, self.profile.truth["date_of_birth"])
        values |= {"name": self.profile.name, "email": self.profile.email}
        return self._pick(kind, style, fallback).format(**values)

    def _pick(self, kind: str, style: str | None = None, fallback: str | None = None) -> str:
        wordings = PHRASES.get(kind, {})
        style = style or self.profile.style
        chosen = wordings.get(style) or wordings.get("terse") or PHRASES[str(fallback)]["terse"]
        return str(self.random.choice(chosen))

    def _mistyped(self, text: str) -> str:
        """Swap or drop a letter in one long word of every second message, in lower case."""
        text = text.lower()
        words = text.split(" ")
        long = [i for i, w in enumerate(words) if len(w) >= LONG_ENOUGH_FOR_A_TYPO and w.isalpha()]
        if not long or self.random.random() < 0.5:
            return text
        place = self.random.choice(long)
        word, at = words[place], self.random.randint(1, len(words[place]) - 2)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        words[place] = self.random.choice((swapped, word[:at] + word[at + 1 :]))
        return " ".join(words)


def _kind(question: str, value: Any, profile: Profile) -> str:
    if question == "age" and profile.truth.get("date_of_birth"):
        return "date_of_birth"
    if question in ("program", "program_choice"):
        return "program_not_sure" if value == "not_sure" else "program"
    if question in ("consent", "applicant_name", "email", "confirm"):
        return question
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return f"{question}_{'yes' if value else 'no'}"
    if question == "nationalities" and len(value) > 1:
        return "two_nationalities"
    if question == "previous_participations":
        return "participated" if value else "never_participated"
    return question


def _values(question: str, value: Any) -> dict[str, str]:
    """Return what fills the braces of a wording."""
    if question == "nationalities":
        country, demonym = COUNTRIES[value[0]]
        second = COUNTRIES[value[-1]]
        return {
            "country": country,
            "demonym": demonym,
            "country2": second[0],
            "demonym2": second[1],
        }
    if question == "residence" and value:
        return {"residence": COUNTRIES[value][0]}
    if question in ("program", "program_choice"):
        return {"program": PROGRAM_NAMES.get(value, "")}
    if question in ("passport_expires", "date_of_birth") and value:
        day = date.fromisoformat(value)
        if question == "passport_expires" and day.day == 1:
            return {question: f"{day:%B %Y}"}
        return {question: f"{day.day} {day:%B %Y}"}
    if question == "previous_participations" and value:
        return {"category": CATEGORY_NAMES[value[0]["category"]], "year": str(value[0]["year"])}
    return {question: str(value)}


def _button_for(question: str, value: Any, buttons: Sequence[str]) -> str | None:
    wanted = {
        "program": PROGRAM_NAMES.get(str(value), "Not sure"),
        "program_choice": PROGRAM_NAMES.get(str(value), ""),
        "previous_participations": "No, never" if value == [] else "I don't know",
        "teer": f"TEER {value}",
    }.get(question, "Yes" if value is True else "No" if value is False else "I don't know")
    if value is not None and wanted == "I don't know":
        return None
    return wanted if wanted in buttons else None
