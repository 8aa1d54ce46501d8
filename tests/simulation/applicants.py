"""Made-up applicants: what is true of each, how each speaks, and what else happens on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

STYLES = ("tap", "terse", "chatty", "sloppy", "second", "bundle")
PROGRAMS = ("ro_working_holiday", "ro_young_professional", "international_coop", "not_sure")
APPLICATION = ("program_choice", "consent", "applicant_name", "email", "confirm")

COUNTRIES: Mapping[str, tuple[str, str]] = {
    "AD": ("Andorra", "Andorran"),
    "AT": ("Austria", "Austrian"),
    "AU": ("Australia", "Australian"),
    "BE": ("Belgium", "Belgian"),
    "CH": ("Switzerland", "Swiss"),
    "CL": ("Chile", "Chilean"),
    "CR": ("Costa Rica", "Costa Rican"),
    "CZ": ("Czech Republic", "Czech"),
    "DE": ("Germany", "German"),
    "DK": ("Denmark", "Danish"),
    "EE": ("Estonia", "Estonian"),
    "ES": ("Spain", "Spanish"),
    "FI": ("Finland", "Finnish"),
    "FR": ("France", "French"),
    "GB": ("United Kingdom", "British"),
    "GR": ("Greece", "Greek"),
    "HR": ("Croatia", "Croatian"),
    "IE": ("Ireland", "Irish"),
    "IS": ("Iceland", "Icelandic"),
    "IT": ("Italy", "Italian"),
    "JP": ("Japan", "Japanese"),
    "KR": ("South Korea", "South Korean"),
    "LT": ("Lithuania", "Lithuanian"),
    "LU": ("Luxembourg", "Luxembourgish"),
    "LV": ("Latvia", "Latvian"),
    "NL": ("Netherlands", "Dutch"),
    "NO": ("Norway", "Norwegian"),
    "NZ": ("New Zealand", "New Zealand"),
    "PL": ("Poland", "Polish"),
    "PT": ("Portugal", "Portuguese"),
    "SE": ("Sweden", "Swedish"),
    "SI": ("Slovenia", "Slovenian"),
    "SK": ("Slovakia", "Slovak"),
    "SM": ("San Marino", "Sammarinese"),
    "TW": ("Taiwan", "Taiwanese"),
    "UA": ("Ukraine", "Ukrainian"),
    "US": ("United States", "American"),
    "BR": ("Brazil", "Brazilian"),
    "AR": ("Argentina", "Argentinian"),
    "IN": ("India", "Indian"),
    "NG": ("Nigeria", "Nigerian"),
    "PH": ("Philippines", "Filipino"),
    "VN": ("Vietnam", "Vietnamese"),
    "TR": ("Turkey", "Turkish"),
}
WITHOUT_AGREEMENT = ("US", "BR", "AR", "IN", "NG", "PH", "VN", "TR")
WITH_AGREEMENT = tuple(sorted(set(COUNTRIES) - set(WITHOUT_AGREEMENT)))
AGES = (17, 18, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 29, 30, 30, 31, 32, 34, 35, 35, 36, 41)
AGES_WITHIN = (18, 19, 21, 23, 24, 25, 26, 27, 28, 29, 30)
SLIPS = (
    *("age", "nationalities", "residence", "student", "job_offer", "placement_required", "teer"),
    *("in_field_of_study", "passport_expires", "funds_cad", "insurance", "return_ticket"),
)
"""The answers that an applicant may first give wrongly and then correct."""
PROMISING = 0.7
"""The share of applicants who have little in the way, so that they are asked everything."""
FIRST_NAMES = ("Marie", "João", "Aoife", "Søren", "Mei", "Lukas", "Zoë", "Anna", "Jean-Luc")
LAST_NAMES = ("Dupont", "O'Brien", "Müller", "van der Berg", "García", "Novák", "Tanaka", "Smith")


@dataclass(frozen=True)
class Profile:
    """One applicant.

    `truth` holds the true answer of every question, None where the applicant does not know it.
    On the way the applicant asks something back (`asks_at`), gives odd answers (`odd_at`, how many
    in a row), or first answers `slip` = (question, wrong answer) and corrects it later.
    """

    number: int
    style: str
    truth: Mapping[str, Any]
    name: str
    email: str
    joins: bool
    asks_at: frozenset[str] = frozenset()
    odd_at: Mapping[str, int] = field(default_factory=dict)
    slip: tuple[str, Any] | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """What the applicant knows, as the rules read it."""
        return {
            name: value
            for name, value in self.truth.items()
            if value is not None and name != "program"
        }


def make_profiles(count: int, questions: tuple[str, ...], today: date, seed: int) -> list[Profile]:
    """Return `count` applicants, the same ones for the same seed, who cover all `questions`."""
    random = Random(seed)
    return [_profile(number, questions, today, random) for number in range(count)]


def _profile(number: int, questions: tuple[str, ...], today: date, random: Random) -> Profile:
    truth = _truth(today, random)
    name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
    every = (*questions, *APPLICATION)
    asks_at = {every[number % len(every)], *random.sample(every, k=2)} if number % 3 else set()
    odd_at = {random.choice(every[:-1]): random.choice((1, 1, 2, 3))} if number % 4 == 0 else {}
    return Profile(
        number=number,
        style=STYLES[number % len(STYLES)],
        truth=truth,
        name=name,
        email=f"applicant.{number}@example.org",
        joins=random.random() < 0.8,
        asks_at=frozenset(asks_at - set(odd_at)),
        odd_at=odd_at,
        slip=_slip(truth, random) if number % 4 else None,
    )


def _truth(today: date, random: Random) -> dict[str, Any]:
    program = random.choice(PROGRAMS)
    nationalities = _nationalities(random)
    promising = random.random() < PROMISING
    truth: dict[str, Any] = {
        "program": program,
        "age": random.choice(AGES),
        "nationalities": nationalities,
        "residence": random.choice((nationalities[0],) * 4 + tuple(COUNTRIES)),
        "student": _likely(random, 0.5),
        "placement_required": _likely(random, 0.8),
        "job_offer": _likely(random, 0.5),
        "teer": random.choice((0, 1, 1, 2, 2, 3, 3, 4, 5, None)),
        "in_field_of_study": _likely(random, 0.8),
        "previous_participations": _participations(random),
        "passport_expires": _passport(today, random),
        "funds_cad": random.choice((500, 2400, 2500, 2600, 3000, 4500, 8000, 12000, None)),
        "insurance": _likely(random, 0.9),
        "return_ticket": _likely(random, 0.9),
        "dependants": _likely(random, 0.1),
        "admissibility_concern": _likely(random, 0.1),
    }
    if promising:
        truth |= {
            "age": random.choice(AGES_WITHIN),
            "residence": nationalities[0],
            "student": program in ("international_coop", "not_sure"),
            "placement_required": True,
            "job_offer": program != "ro_working_holiday",
            "teer": random.choice((0, 1, 2, 3, 4, None)),
            "in_field_of_study": True,
            "funds_cad": random.choice((2500, 3000, 4500, 12000)),
            "insurance": True,
            "return_ticket": True,
            "dependants": False,
        }
    if random.random() < 0.12:
        month, day = random.randint(1, 12), random.randint(13, 28)
        past = (month, day) <= (today.month, today.day)
        born = date(today.year - truth["age"] - (not past), month, day)
        truth["date_of_birth"] = born.isoformat()
    return truth


def _nationalities(random: Random) -> list[str]:
    kind = random.random()
    if kind < 0.12:
        return [random.choice(WITHOUT_AGREEMENT)]
    first = random.choice(WITH_AGREEMENT)
    if kind < 0.24:
        return [first, random.choice([iso for iso in COUNTRIES if iso != first])]
    return [first]


def _likely(random: Random, chance_of_yes: float) -> bool | None:
    if random.random() < 0.04:
        return None
    return random.random() < chance_of_yes


def _participations(random: Random) -> list[dict[str, Any]] | None:
    kind = random.random()
    if kind < 0.7:
        return []
    if kind < 0.75:
        return None
    category = random.choice(("working_holiday", "young_professionals", "international_coop"))
    return [{"category": category, "year": random.randint(2016, 2025), "permit_issued": True}]


def _passport(today: date, random: Random) -> str | None:
    if random.random() < 0.05:
        return None
    day = random.choice((1, 15, 23, 28))
    return date(today.year + random.randint(1, 8), random.randint(1, 12), day).isoformat()


def _slip(truth: Mapping[str, Any], random: Random) -> tuple[str, Any] | None:
    question = random.choice(SLIPS)
    right = truth[question]
    if right is None or (question == "age" and "date_of_birth" in truth):
        return None
    if isinstance(right, bool):
        return question, not right
    wrong: dict[str, Any] = {
        "age": min(right + 1, 30) if question == "age" and right < 30 else 29,
        "nationalities": ["DE"],
        "residence": "PT",
        "teer": 2,
        "passport_expires": "2031-03-15",
        "funds_cad": 5000,
    }
    if wrong[question] == right or (question == "nationalities" and len(right) > 1):
        return None
    return question, wrong[question]
