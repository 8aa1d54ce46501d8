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
from bot.conversation.reading.writing import written_out

_LABELS = {
    "age": "age",
    "date_of_birth": r"date of birth|birth ?date|birthday|bday|dob|born|birth|fecha de nacimiento"
    r"|date de naissance|geburtsdatum|data di nascita|data de nascimento",
    "nationalities": r"nat|national|nationalit(?:y|ies)|citizenships?|passports?|citizen of|country"
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
    "previous_participations": r"(?:previous|earlier|past|prior|former) (?:iec"
    r"|participations?|permits?)(?: participations?)?|iec (?:before|history|experience"
    r"|participations?)|been in iec before"
    r"|history with iec",
    "passport_expires": r"passport(?: (?:expiry|expires|expiration|valid|exp|end|ends|runs out"
    r"|validity|good|end date)(?: date)?(?: until| till| to| on)?)?"
    r"|expiry(?: date)?|expires|valid until",
    "funds_cad": r"funds|savings|money|budget|cash|(?:bank )?balance|saved",
    "insurance": r"(?:health |travel |medical |private )?(?:insurance|coverage)|(?:health|travel"
    r"|medical) cover",
    "return_ticket": r"(?:return )?(?:ticket|flight)(?: (?:back|home))?|way (?:back|home)|return",
    "dependants": r"dependants|dependents|kids|children|(?:coming|travell?ing|going|accompanied"
    r"|bringing)(?: along)?(?: with| by)?(?: me)?|company|companions?"
    r"|who comes(?: along| with me)?",
    "admissibility_concern": r"(?:criminal|police) (?:record|history)|convictions?",
}
_FIELD = {
    re.compile(rf"(?:my )?(?:{pattern})", re.IGNORECASE): field
    for field, pattern in _LABELS.items()
}
_SIGNS = "\u2705\u2611\u2714\u274c\u2716\U0001f6ab"
_SEPARATORS = r"(?:,(?!\d{3}(?!\d))|[;\n|)\u2022\u00b7\U0001f300-\U0001faff]|\s/\s|//)"
_YET = re.compile(
    r"[\s,;.]*(?:(?:but|though|however|yet)\s)?\s*(?:i|we)?\s?(?:['\u2019]ll|will|am going to|"
    r"['\u2019]m going to|gonna|going to)\b",
    re.IGNORECASE,
)
"""What is still to come takes back a "no": "insurance? not yet, but I'll get it"."""
_LABELLED = re.compile(
    rf"(?:^|[.(]|{_SEPARATORS}|(?<=[{_SIGNS}\ufe0f]))\s*(?P<label>[A-Za-z][A-Za-z -]{{1,30}}?)"
    rf"(?:\s*\)?\s*(?:[-=]>|[:=?\u2192]|\s[-\u2013\u2014]\s)\s*|\s+(?=(?:yes|no|nope|none)\b)|\s*(?=[{_SIGNS}]))"
    rf"(?:(?P<sign>[{_SIGNS}])|"
    rf"(?P<value>(?:[^,;:\n|)]|,(?=\d{{3}}(?!\d))){{1,60}}?)\s*(?=$|{_SEPARATORS}|[{_SIGNS}]|\.(?:\s|$)))"
)


def find(text: str, today: date) -> Iterator[Fact]:
    """Yield what stands after a label and a colon, equals sign or dash."""
    for match in _LABELLED.finditer(text):
        label, value = match["label"].strip(), match["sign"] or match["value"]
        meant = written_out(label)
        for field in (f for known, f in _FIELD.items() if _names(known, label, meant)):
            reading = read_answer(field, value, today)
            if reading.value is False and _YET.match(text, match.end("value")):
                continue
            if reading.value is not None and reading.value != UNKNOWN:
                break
        else:
            continue
        yield Fact(field, reading.value, match.start("label"), match.end())
        if field == "date_of_birth":
            age = read_answer("age", value, today).value
            yield Fact("age", age, match.start("label"), match.end())


def _names(field: re.Pattern[str], *labels: str) -> bool:
    return any(field.fullmatch(label) for label in labels)
