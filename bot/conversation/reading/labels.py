"""Facts told as a form: "Age: 33", "residence - Spain", "insurance: yes".

A label and a mark before a value make a question and its answer, so the value is read as leniently
as a reply to the question is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.conversation.reading.answers import read_answer
from bot.conversation.reading.fact import NOTHING, UNKNOWN, Fact, Reading
from bot.conversation.reading.words.tokens import fold
from bot.conversation.reading.words.writing import written_out
from bot.knowledge.country_names import country_names

_LABELS = {
    "age": r"(?:current )?age(?: now| today)?|years old|edad|alter|how old(?: (?:i am|am i))?",
    "date_of_birth": r"date of birth|birth ?date|birthday|bday|dob|born|birth|fecha de nacimiento"
    r"|date de naissance|geburtsdatum|data di nascita|data de nascimento",
    "nationalities": r"nat|national|nationalit(?:y|ies)|citizenships?|passports?|citizen of|country"
    r"|country of (?:citizenship|nationality|passport)|(?:passport|home) country"
    r"|(?:what|which) (?:passport|citizenship|nationality)"
    r"|nation|nacionalidad|nationalite|staatsangehorigkeit"
    r"|passport (?:nation|from|nationality|held|i hold|of)|passport holder of|citizen|from"
    r"|(?:second|other|further|1st|2nd|first) (?:nationality|citizenship|passport)"
    r"|issuing (?:country|state)|country of issue",
    "residence": r"(?:(?:country|place|city) of )?residence|resid(?:ing|ent)(?: (?:in|of))?|home"
    r"|living(?: in)?|lives?(?: in)?|address|location|(?:current )?(?:city|town|location|address)"
    r"|current country|where i live|i live(?: in)?|my city|based(?: in)?|base"
    r"|country (?:where )?i live(?: in)?|wohnort|(?:place|city|country) of living|living place"
    r"|currently (?:in|living in)|(?:current )?place|domicile|resident (?:of|in)"
    r"|where|living country|lives? at|where do i live",
    "student": r"(?:current(?:ly)? )?(?:a )?(?:student|studying)(?: (?:now|status))?|enrolled"
    r"|(?:at )?(?:uni|university|school)(?: now| student)?|study|studies|(?:current )?occupation"
    r"|what i do|does|status|in education|level of study",
    "job_offer": r"(?:signed )?(?:job|work|internship)? ?(?:offer|contract)(?: (?:in|from) canada"
    r"| canada| there| letter)?|job in canada|employer in canada|canadian (?:job|employer|offer)"
    r"|(?:the )?(?:offer|contract|employer|job)|job there|work(?: in canada| there)?"
    r"|(?:job |work )?arrangements?|employment(?: in canada)?",
    "placement_required": r"(?:is )?(?:the )?(?:internship|placement|coop|co-op|stage|praktikum)"
    r"(?: is)? (?:mandatory|compulsory|required|obligatory)(?: (?:for|by) (?:my )?(?:school|studies"
    r"|degree|uni|university))?|(?:mandatory|compulsory|required|obligatory) (?:internship"
    r"|placement|coop)|(?:school |uni |university )?(?:internship|placement|stage|estagio|tirocinio"
    r"|practicas|praktikum|internship part of (?:the )?curriculum)",
    "in_field_of_study": r"(?:job |work )?(?:is )?(?:in|same|related to)? ?(?:my )?field"
    r"(?: of stud(?:y|ies))?|(?:job |work )?related(?: to (?:my )?(?:studies|degree|field))?",
    "program": r"(?:which |what )?(?:of (?:the|your) (?:two|three|3) )?(?:iec )?(?:program(?:me)?s?"
    r"|category|categories|streams?|pools?)"
    r"(?: (?:i want|wanted|chosen|choice|(?:do|should|would|must|can) i (?:take|need|choose|pick"
    r"|want|apply for|go for|fit)))?|(?:the |which )?(?:one|category|program|stream)"
    r" i (?:want|need)|my (?:choice|pick)|(?:applying|going|signing up) for|choice"
    r"|what(?:'s| is|s) my (?:category|program|stream)",
    "teer": r"(?:job )?teer(?: level| category| code)?|noc(?: code)?",
    "previous_participations": r"(?:previous|earlier|past|prior|former) (?:iec"
    r"|participations?|permits?|times?)(?: participations?)?|iec (?:before|history|experience"
    r"|participations?|permits?|so far)|iec|been in iec before|been before|permit history"
    r"|history with iec",
    "passport_expires": r"passport(?: (?:expiry|expires|expiration|valid|exp|end|ends|runs out"
    r"|validity|good|end date)(?: date)?(?: until| till| to| on)?)?"
    r"|(?:passport )?(?:valid |good )?(?:until|till|thru)|(?:expiry|expiration)(?: date)?"
    r"|expires(?: on)?|runs out|date of expiry|valid(?: to)?",
    "funds_cad": r"(?:available )?funds|savings|money(?: saved)?|budget|cash|(?:bank )?balance"
    r"|saved",
    "insurance": r"(?:health |travel |medical |private )*(?:insurance|coverage|cover|policy)",
    "return_ticket": r"(?:return |back )?(?:tickets?|flights?)(?: (?:back|home|return))?"
    r"|way (?:back|home)|return",
    "dependants": r"dependants|dependents|(?:kids|children)(?: coming)?|(?:coming|travell?ing|going"
    r"|flying|accompanied|bringing)(?: along)?(?: with| by)?(?: me)?|travel|company|companions?"
    r"|(?:who )?comes?(?: along)?(?: with me)?|family|partner (?:and|or) kids",
    "admissibility_concern": r"(?:criminal |police )?record|(?:criminal|police) history"
    r"|convictions?|criminal",
}
_LEAD = (
    "(?:(?:my|the|your|you|need|asked|wanted|complete|full|current|exact|here|is|ok|so"
    "|and|for|new|correct|correction|now|also|about|well|hi|hello|update|updated) )*"
)
"""Words that may lead up to a label: "you need the complete birthdate: ..."."""
_FIELD = {
    re.compile(rf"{_LEAD}(?:{pattern})", re.IGNORECASE): field for field, pattern in _LABELS.items()
}
_NATIONALITIES = next(known for known, field in _FIELD.items() if field == "nationalities")
_REQUIREMENT = re.compile(
    "mandator|compulsor|requir|oblig|volunt|option|part of|pflicht", re.IGNORECASE
)
_NO_VALUE = {
    "job": True,
    "the job": True,
    "employer": True,
    "status": False,
    "family": None,
    "where": "CA",
}
"""What a label as vague as this may not say: "Job: yes" may be a job anywhere."""
_SIGNS = "\u2705\u2611\u2714\u274c\u2716\U0001f6ab"
_SEPARATORS = r"(?:,(?!\d{3}(?!\d))|[;\n|)\u2022\u00b7\U0001f300-\U0001faff]|\s/\s|//)"
_YET = re.compile(
    r"[\s,;.]*(?:(?:but|though|however|yet)\s)?\s*(?:i|we)?\s?(?:['\u2019]ll|will|am going to|"
    r"['\u2019]m going to|gonna|going to)\b",
    re.IGNORECASE,
)
"""What is still to come takes back a "no": "insurance? not yet, but I'll get it"."""
_LABELLED = re.compile(
    rf"(?:^|[.(!?:]|{_SEPARATORS}|(?<=[{_SIGNS}\ufe0f]))\s*"
    rf"(?P<label>[A-Za-z][A-Za-z\u00c0-\u017f -]{{1,40}}?)"
    rf"(?:\s*\)?\s*(?:[-=]>|[:=\u2192]|\?+|\s[-\u2013\u2014]\s)\s*|[^\S\n]+(?=(?:yes|no|nope|none)\b)|\s*(?=[{_SIGNS}]))"
    rf"(?:(?P<sign>[{_SIGNS}])|"
    rf"(?P<value>(?:[^,;:\n|)]|,(?=\d{{3}}(?!\d))){{1,60}}?)\s*(?=$|{_SEPARATORS}|[{_SIGNS}]|\.(?:\s|$)))"
)


def find(text: str, today: date) -> Iterator[Fact]:
    """Yield what stands after a label and a colon, equals sign or dash."""
    start = 0
    while match := _LABELLED.search(text, start):
        start = match.end("label")
        label, value = match["label"].strip(), match["sign"] or match["value"]
        label = fold(label)
        meant = written_out(label)
        codes, end = _of_codes(text, match.start("value")) if match["value"] else ([], start)
        if codes and _names(_NATIONALITIES, label, meant):
            yield Fact("nationalities", codes, match.start("label"), end)
            start = end
            continue
        for field in (f for known, f in _FIELD.items() if _names(known, label, meant)):
            reading = _read(field, label, value, today)
            if reading.value is False and _YET.match(text, match.end("value")):
                continue
            if reading.value is not None and reading.value != UNKNOWN:
                break
        else:
            continue
        start = match.end()
        yield Fact(field, reading.value, match.start("label"), match.end())
        if field == "date_of_birth":
            age = read_answer("age", value, today).value
            yield Fact("age", age, match.start("label"), match.end())


_CODES = re.compile(r"[A-Z]{2}(?:\s*(?:[+/&,]|and)\s*[A-Z]{2})*(?![\w])")


def _of_codes(text: str, start: int) -> tuple[list[str], int]:
    """Return the countries that only codes name, and where they end: "CH + IT"."""
    match = _CODES.match(text, start)
    codes = re.findall("[A-Z]{2}", match[0]) if match else []
    isos = ["GB" if code == "UK" else code for code in codes]
    known = match and len(isos) > 1 and all(iso in country_names() for iso in isos)
    return (isos, match.end()) if match and known else ([], start)


def _read(field: str, label: str, value: str, today: date) -> Reading:
    if field == "placement_required" and not (
        _REQUIREMENT.search(label) or _REQUIREMENT.search(value)
    ):
        return NOTHING
    reading = read_answer(field, value, today)
    if field == "previous_participations" and isinstance(reading.value, list) and reading.value:
        # "IEC: working holiday" is a wish; only a year makes it an earlier stay.
        dated = any(isinstance(entry, dict) and entry["year"] for entry in reading.value)
        return reading if dated else NOTHING
    if field == "residence" and reading.value is None:
        reading = read_answer(field, f"in {value}", today)
    return NOTHING if label in _NO_VALUE and reading.value == _NO_VALUE[label] else reading


def _names(field: re.Pattern[str], *labels: str) -> bool:
    return any(field.fullmatch(label) for label in labels)
