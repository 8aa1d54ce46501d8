"""Which program the speaker wants, by its name; `programs_in_clauses` reads freer wordings.

A bare "working holiday" or "internship" names one only in reply to the question which program; in
free talk it may mean a country's own pool, or simply a stay in Canada.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.conversation.reading.fact import NOT_SURE, NOTHING, Fact, Reading, fact
from bot.conversation.reading.fields.yes_no import is_unknown, yes_or_no
from bot.conversation.reading.words.patterns import Match, Patterns
from bot.conversation.reading.words.said import Said

WORKING_HOLIDAY, YOUNG_PROFESSIONAL, COOP = (
    "ro_working_holiday",
    "ro_young_professional",
    "international_coop",
)
_WANT = (
    "i @adverb* want|need|prefer|wanting|planning|hoping|keen|choose|pick|like|love|would|am|will"
    "|interested|here|apply|applying|looking|do|join|go"
    "|into|to|for|in|at|with|check|about|be|the|a|an|my|doing|participate|enter|going|participating*"
)
_WANTED = Patterns(
    ro_working_holiday=f"""
        {_WANT} recognized organization working holiday
        {_WANT} working holiday with|through|via a|an|the? recognized organization
    """,
    ro_young_professional=f"""
        {_WANT} ro yp
        {_WANT} young professional with|through|via a|an|the? ro
        {_WANT} recognized organization young professional
    """,
    international_coop=f"""
        {_WANT} iec coop
    """,
)
_ENTER_ME = "register|put|count|book|sign|enrol|enroll|enter|subscribe|note|inscribe|list me \
    @adverb* down|up|in|into|on|for|to|as|the|a|an|iec|international|ro*"
_ENTERED = Patterns(
    ro_working_holiday=f"""
        {_ENTER_ME} working holiday
        {_ENTER_ME} wh|whv
    """,
    ro_young_professional=f"""
        {_ENTER_ME} young professional
        {_ENTER_ME} yp
    """,
    international_coop=f"""
        {_ENTER_ME} coop
    """,
)
NAMES = Patterns(
    ro_working_holiday="""
        working holiday
        wh|whv|rowh|workingholiday
        working hol|visa
        work holiday
        holiday
    """,
    ro_young_professional="""
        young professional
        yp|roye|royp|youngprofessional
        young _
        professional
    """,
    international_coop="""
        coop
        internship|intern
        international|student
    """,
)
_DENIED = Patterns(
    denied="""
        not a|an|the|for|in? ro? working|young|coop|internship|holiday holiday|professional?
        no ro? working|young|coop|internship
        instead of the? ro? working|young|coop|internship holiday|professional?
    """
)
_EITHER = frozenset(
    "any anything either both all whichever whatever everything every three recommend"
    " suggest best help compare options".split()
)


def find(said: Said) -> Iterator[Fact]:
    """Yield the program that the speaker says they want."""
    matches = [
        match for match in _WANTED.find(said.doc) if not _is_denied(said, match.start, match.end)
    ]
    matches = [match for match in matches if not _is_one_of_several(said, match)]
    asked_to = [match.rule for match in _ENTERED.find(said.doc)]
    if len(set(asked_to)) == 1 and not matches:
        yield fact("program", asked_to[0], said.words[1:-1])
    if len({match.rule for match in matches}) == 1 and "^Q" not in said.texts():
        yield fact("program", matches[0].rule, said.words[matches[0].start : matches[0].end])


def _is_one_of_several(said: Said, match: Match) -> bool:
    """Tell whether another category stands beside it: "young professionals or working holiday"."""
    beside = said.texts(match.end, match.end + 2)
    return "or" in beside or "or" in said.texts(match.start, match.end)


def _is_denied(said: Said, start: int, end: int) -> bool:
    return any(start < match.end and match.start < end for match in _DENIED.find(said.doc))


def _before_a_question(text: str) -> str:
    """Return "I don't know yet" of "I don't know yet, could you look at all of them?"."""
    return re.split("[,.;!]", text, maxsplit=1)[0]


def answer_program(said: Said, text: str) -> Reading:
    """Read the reply to "Which program?": a program, or "not_sure" for any or several."""
    stated = [each.value for each in find(said)]
    if stated:
        return Reading(stated[-1])
    if is_unknown(text) or is_unknown(_before_a_question(text)):
        return Reading(NOT_SURE)
    if "^Q" in said.texts():
        return NOTHING
    named = {
        match.rule for match in NAMES.find(said.doc) if not _is_denied(said, match.start, match.end)
    }
    if (
        named == {YOUNG_PROFESSIONAL, COOP}
        and "young" in said.texts()
        and "coop" not in said.texts()
    ):
        named = {YOUNG_PROFESSIONAL}
    if len(named) == 1 and len(said.words) <= 20:
        return Reading(named.pop())
    if len(named) > 1:
        return Reading(NOT_SURE)
    if _EITHER & set(said.texts()) and len(said.words) <= 12:
        return Reading(NOT_SURE)
    return (
        Reading(problem="program_not_clear")
        if yes_or_no(text) or said.texts()[1:2] == ["ro"]
        else NOTHING
    )
