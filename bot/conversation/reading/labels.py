"""Facts told as a form: "Age: 33", "residence - Spain", "insurance: yes".

A label and a mark before a value make a question and its answer, so the value is read as leniently
as a reply to the question is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.conversation.reading.answers import read_answer
from bot.conversation.reading.fact import UNKNOWN, Fact

_LABELS = {
    "age": "age",
    "date_of_birth": r"date of birth|birth ?date|birthday|bday|dob|born|birth|fecha de nacimiento"
    r"|date de naissance|geburtsdatum|data di nascita|data de nascimento",
    "nationalities": r"nat|nationality|nationalities|citizenships?|passports?|citizen of|country"
    r"|country of (?:citizenship|nationality|passport)|(?:passport|home) country|nacionalidad",
    "residence": r"(?:(?:country|place|city) of )?residence|resid(?:ing|ent)(?: (?:in|of))?|home"
    r"|living(?: in)?|lives?(?: in)?|address|location|(?:current )?(?:city|town|location|address)"
    r"|current country|where i live|i live(?: in)?|my city|based(?: in)?|base"
    r"|country (?:where )?i live(?: in)?",
    "student": r"(?:current(?:ly)? )?(?:a )?(?:student|studying)(?: (?:now|status))?|enrolled",
    "job_offer": r"(?:signed )?(?:job|work|internship)? ?(?:offer|contract)(?: (?:in|from) canada"
    r"| canada| there| letter)?|job in canada|employer in canada|canadian (?:job|employer|offer)",
    "placement_required": r"(?:is )?(?:the )?(?:internship|placement|coop|co-op|stage|praktikum)"
    r"(?: is)? (?:mandatory|compulsory|required|obligatory)(?: (?:for|by) (?:my )?(?:school|studies"
    r"|degree|uni|university))?|(?:mandatory|compulsory|required|obligatory) (?:internship"
    r"|placement|coop)",
    "in_field_of_study": r"(?:job |work )?(?:is )?(?:in|same|related to)? ?(?:my )?field"
    r"(?: of stud(?:y|ies))?|(?:job |work )?related(?: to (?:my )?(?:studies|degree|field))?",
    "program": r"(?:which |what )?(?:iec )?(?:program|programme|category|stream|pool)",
    "teer": r"(?:job )?teer(?: level| category| code)?|noc(?: code)?",
    "previous_participations": r"previous iec|iec before|previous participations?|earlier iec",
    "passport_expires": r"passport (?:expiry|expires|expiration|valid)(?: date)?(?: until)?"
    r"|expiry(?: date)?|expires|valid until",
    "funds_cad": r"funds|savings|money|budget",
    "insurance": r"(?:health |travel )?insurance",
    "return_ticket": r"(?:return )?(?:ticket|flight)",
    "dependants": r"dependants|kids|children",
    "admissibility_concern": r"criminal record|convictions",
}
_FIELD = {
    re.compile(rf"(?:my )?(?:{pattern})", re.IGNORECASE): field
    for field, pattern in _LABELS.items()
}
_LABELLED = re.compile(
    r"(?:^|[,;.\n|(]|\s/\s)\s*(?P<label>[A-Za-z][A-Za-z ]{1,30}?)"
    r"(?:\s*\)?\s*(?::|=|\?|\s[-\u2013\u2014]\s)\s*|\s+(?=(?:yes|no)\b))"
    r"(?P<value>[^,;:\n|)]{1,60}?)\s*(?=$|[,;\n|)]|\s/\s|\.(?:\s|$))"
)


def find(text: str, today: date) -> Iterator[Fact]:
    """Yield what stands after a label and a colon, equals sign or dash."""
    for match in _LABELLED.finditer(text):
        label, value = match["label"].strip(), match["value"]
        field = next((field for known, field in _FIELD.items() if known.fullmatch(label)), None)
        if field is None:
            continue
        reading = read_answer(field, value, today)
        if reading.value is None or reading.value == UNKNOWN:
            continue
        yield Fact(field, reading.value, match.start("label"), match.end("value"))
        if field == "date_of_birth":
            age = read_answer("age", value, today).value
            yield Fact("age", age, match.start("label"), match.end("value"))
