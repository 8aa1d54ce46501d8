"""When the passport expires.

Of a month without a day the first day is taken: the permit cannot outlast the passport, so the
early end never promises too much. A year alone is asked about further.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, zip_longest

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import NOTHING, UNKNOWN, Fact, Reading, fact
from bot.conversation.reading.fields.yes_no import is_unknown, yes_or_no
from bot.conversation.reading.words.dates import PartialDate
from bot.conversation.reading.words.patterns import Patterns
from bot.conversation.reading.words.said import Said

LONGEST_VALIDITY_YEARS = 15

_NOT_MINE = frozenset(
    "(i) (my) his her their your our if when partner kid friend friends girlfriend boyfriend"
    " brother sister 's old".split()
)
_EXPIRES = Patterns(
    date="""
        my passport is good|ok|fine until|till DATE
        with a|my DEM? passport valid|expires until|till|to|in|on DATE
    """,
    anywhere="""
        passport @adverb* is|will|be|from|DEM|CTRY|and|,|but|it|which|that* @adverb* \
            expires|valid|good|ok|okay|fine|runs|lasts|until|till|til|ends|renewed date? \
            out|in|on|until|till|til|to|through|thru|up|the|is|at|by|for* DATE
    """,
    none="""
        i do not have a|my|any passport
        i have no passport
        no passport
        do not have one
    """,
)


def find(said: Said, today: date) -> Iterator[Fact]:
    """Yield the day on which the speaker's passport expires, if it is still to come."""
    for match in _EXPIRES.find(said.doc):
        word = said.words[match.end - 1]
        mine = match.rule == "anywhere" and _is_the_speakers(said, match.start)
        if match.rule == "date" or mine:
            reading = _expiry(word.value, today)
            if reading.value is not None:
                yield fact("passport_expires", reading.value, said.words[match.start : match.end])


_ENDS = frozenset(
    "expires expired valid until till til through thru good lasts last ends end runs run ok"
    " lapses lapse expiry validity dies die ending finishing finishes finish finished goes dated"
    " date renewed dead due".split()
)
_ANOTHER_PAPER = frozenset(
    "visa permit insurance contract offer card letter licence university degree lease born birthday"
    " birthdate dob".split()
)
_OTHER_EVENTS = frozenset(
    "get getting receive apply applying applied renewing collect appointment travel travelling fly"
    " flying leave leaving arrive start starting move moving pick turn turning come coming want"
    " arrives since issued renew land landing plan planning hope see need".split()
)
_LAST_DAY = frozenset(
    {
        ("expires", "date"),
        ("date", "of"),
        ("validity", "date"),
        ("expires", "is"),
        ("valid", "until"),
    }
)
_LONGEST_NOTE = 8


def from_clauses(clauses: Sequence[Clause], today: date) -> Iterator[Fact]:
    """Yield the day on which a passport that was just spoken of expires.

    Beside a passport a day to come is its last, unless something else is done on it.
    """
    if not any("DATE" in clause.words for clause in clauses):
        return
    spoken_of = False
    of_others = any(_ANOTHER_PAPER & clause.words for clause in clauses)
    for clause, following in zip_longest(clauses, clauses[1:]):
        words = clause.words
        if (
            clause.subject is About.SOMEBODY_ELSE
            or clause.texts[1] in _THEIRS
            or (_ANOTHER_PAPER & words and "passport" not in words)
        ):
            spoken_of = False
            continue
        named = "passport" in words or (words & {"pass", "pp"} and _ENDS & words)
        named_next = following is not None and "passport" in following.words
        dates = [word for word in clause.said.words if word.text == "DATE"]
        if len(dates) > 1 and _is_a_term(clause.texts):
            dates = dates[-1:]
        ends = bool(_ENDS & words) and not _ANOTHER_PAPER & words
        noted = len(words) <= _LONGEST_NOTE and not (_OTHER_EVENTS | _ANOTHER_PAPER) & words
        only_a_date = spoken_of and len(clause.texts) <= _ONLY_A_DATE and noted
        its_end = not of_others and bool(_LAST_DAY & set(pairwise(clause.texts)))
        spoken_of = bool(spoken_of or its_end or named or (named_next and ends))
        if len(dates) == 1 and ((spoken_of and ends) or (named and noted) or only_a_date):
            reading = _expiry(dates[0].value, today)
            if reading.value is not None:
                yield fact("passport_expires", reading.value, dates)


_ONLY_A_DATE = 4
_THEIRS = frozenset({"his", "her", "their"})


def _is_a_term(texts: Sequence[str]) -> bool:
    """Tell whether words name the first and the last day: "valid from ... to ..."."""
    ends = (["DATE", "to", "DATE"], ["DATE", "until", "DATE"], ["DATE", "till", "DATE"])
    return any(texts[i : i + 3] in ends for i in range(len(texts)))


def _is_the_speakers(said: Said, position: int) -> bool:
    """Tell whether the passport at `position` is a statement's, and nobody else's."""
    before = {word.raw.casefold() for word in said.words[max(0, position - 4) : position]}
    before |= set(said.texts(max(0, position - 4), position))
    return not (_NOT_MINE & before or said.is_asked(position))


def _expiry(when: PartialDate, today: date) -> Reading:
    if when.ambiguous:
        return Reading(problem="ambiguous_date")
    if when.year is None or when.month is None:
        return Reading(problem="date_incomplete")
    day = PartialDate(when.year, when.month, when.day or 1).exact()
    bounds = when.bounds()
    if day is None or bounds is None:
        return Reading(problem="date_not_recognised")
    if bounds[1] < today:
        return Reading(problem="date_in_past")
    if day.year > today.year + LONGEST_VALIDITY_YEARS:
        return Reading(problem="date_too_far")
    return Reading(day.isoformat())


def answer_passport_expires(said: Said, text: str, today: date) -> Reading:
    """Read the reply to "When does your passport expire?": a date, or a month and its year."""
    if is_unknown(text):
        return Reading(UNKNOWN)
    if "^Q" in said.texts():
        return NOTHING
    dates = [
        _with_year_from_words(said, i, today)
        for i, w in enumerate(said.words)
        if w.text in ("DATE", "MONTH")
    ]
    if len(dates) == 1:
        return _expiry(dates[0], today)
    if len(dates) > 1:
        return Reading(problem="ambiguous_date")
    if any(match.rule == "none" for match in _EXPIRES.find(said.doc)) or yes_or_no(text) is False:
        return Reading(problem="no_passport")
    if any(word.text == "NUM" for word in said.words) or yes_or_no(text):
        return Reading(problem="date_incomplete")
    vague = {"year", "month", "soon", "valid", "expires"} & set(said.texts())
    return Reading(problem="date_incomplete") if vague else NOTHING


def _with_year_from_words(said: Said, position: int, today: date) -> PartialDate:
    """Return the date at `position`; "next year" and "this year" beside it name its year."""
    word = said.words[position]
    when = word.value if word.text == "DATE" else PartialDate(None, word.value, None)
    around = " ".join(said.texts(max(0, position - 4), position + 4))
    if when.year is None and not when.ambiguous:
        for phrase, year in (("next year", today.year + 1), ("this year", today.year)):
            if phrase in around:
                return PartialDate(year, when.month, when.day)
    return PartialDate(when.year, when.month, when.day, when.ambiguous)
