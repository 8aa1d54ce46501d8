"""Which answers a visitor wants to change, and to what: "change my age to 31"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.conversation.reading import read_answer

_SAID_AND_MEANT = {
    "email": ("Change my e-mail", r"e-?mails?|mail"),
    "passport_expires": (
        "Change when my passport expires",
        r"(when |that )?((my|the) )?(passport|it)('s)? (expir\w+|(is )?valid\w*)|expir\w+|valid\w*",
    ),
    "placement_required": (
        "Change whether my studies need the placement",
        r"(whether )?((my|the) )?(studies|school) \w+ ((my|the) )?placement|placement",
    ),
    "in_field_of_study": (
        "Change whether the job is in my field",
        r"(whether )?((my|the) )?job is in my field|field( of stud(y|ies))?",
    ),
    "previous_participations": (
        "Change my earlier participations",
        r"participat\w+|took part|taken part|(earlier|previous) (iec|permits?|visas?)",
    ),
    "dependants": (
        "Change who comes along",
        r"comes? along|dependants?|dependents?|family|partner|child(ren)?|kids?",
    ),
    "return_ticket": ("Change my return ticket", r"(return )?ticket|flight"),
    "insurance": ("Change my insurance", r"insur\w+"),
    "funds_cad": ("Change my funds", r"funds?|money|savings|budget"),
    "teer": ("Change the TEER level", r"teer"),
    "job_offer": ("Change my job offer", r"job( offer)?|offer|employer"),
    "admissibility_concern": (
        "Change the answer about entering Canada",
        r"enter(ing)?( canada)?|(in)?admissib\w+",
    ),
    "residence": ("Change where I live", r"residence|live|living"),
    "nationalities": (
        "Change my passport country",
        r"passports?( country)?|nationalit\w+|citizen\w*",
    ),
    "age": ("Change my age", r"age|birth(day)?"),
    "student": ("Change whether I am a student", r"students?|stud(y|ies|ying)"),
    "program": ("Change the program", r"program(me)?|category|stream"),
    "applicant_name": ("Change my name", r"name"),
}
"""What to say to change an answer, and what means it. Longer names stand before words in them."""

CHANGE_WORDS: Mapping[str, str] = {name: said for name, (said, _) in _SAID_AND_MEANT.items()} | {
    "date_of_birth": "Change my date of birth"
}
"""What to say to change the answer to a question."""

_MEANT = {
    name: re.compile(rf"\b(?:{meant})\b", re.I) for name, (_, meant) in _SAID_AND_MEANT.items()
}
_ASKS_FOR_CHANGE = re.compile(
    r"\b(change|edit|fix|update|wrong|mistake|typo|not (right|correct)|(?<!is )(?<!are )correct)\b",
    re.I,
)
_NEW_VALUE = re.compile(r"\b(to|into|should be)\b|[:,]", re.I)


def asks_for_a_change(text: str) -> bool:
    """Tell whether `text` says that some answer should be another one."""
    return bool(_ASKS_FOR_CHANGE.search(text))


def changes_in(text: str, today: date) -> dict[str, Any]:
    """Return the answers that `text` wants changed: the new one, or None to be asked again."""
    if "@" in text:
        email = read_answer("email", text, today).value
        return {"email": email} if email else {}
    asked = _ASKS_FOR_CHANGE.search(text)
    if asked is None:
        return {}
    new = _NEW_VALUE.search(text, asked.end())
    names = _named_in(text[: new.start()] if new else text)
    if new is None or len(names) != 1:
        return dict.fromkeys(names)
    value = read_answer(names[0], text[new.end() :], today).value
    return {names[0]: value}


def _named_in(text: str) -> list[str]:
    names = []
    for name, meant in _MEANT.items():
        text, count = meant.subn(" ", text)
        names += [name] if count else []
    return sorted(names)
