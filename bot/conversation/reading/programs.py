"""Which program the speaker wants, by its name.

A bare "working holiday" or "internship" names one only in reply to the question which program; in
free talk it may mean a country's own pool, or simply a stay in Canada.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import NOT_SURE, NOTHING, Fact, Reading, fact
from bot.conversation.reading.patterns import Match, Patterns
from bot.conversation.reading.said import Said
from bot.conversation.reading.yes_no import is_unknown, yes_or_no

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
_REPLY = Patterns(
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
    if len({match.rule for match in matches}) == 1 and "^Q" not in said.texts():
        yield fact("program", matches[0].rule, said.words[matches[0].start : matches[0].end])


_WISH = frozenset(
    "want wants wanting wanna interested keen prefer choose pick sign apply applying join like love"
    " looking go going doing do try hoping hope plan planning need enrol register"
    " sounds suits fits perfect best choice favourite favorite please me".split()
)
_NO_CHOICE = frozenset(
    "or decide between if was did had have been done not no never about know difference either"
    " friend instead before ago".split()
)
_PROGRAM_WORDS = frozenset("program programme category stream pool ro option".split())


def from_clauses(clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Yield the program that a clause wishes for.

    "A working holiday" is a stay, "working holiday" without an article the program.
    """
    for clause in clauses:
        words, texts = clause.words, clause.texts
        of_a_thing = clause.subject is About.A_THING and "one" not in words
        if of_a_thing or clause.about is About.SOMEBODY_ELSE:
            continue
        if not _WISH & words or _NO_CHOICE & words:
            continue
        named = {
            match.rule: match
            for match in _REPLY.find(clause.said.doc)
            if texts[match.start] in ("working", "young", "coop", "yp")
        }
        if len(named) != 1:
            continue
        program, match = named.popitem()
        stay = {"a", "an", "my"} & set(texts[match.start - 2 : match.start])
        if program != WORKING_HOLIDAY or not stay or _PROGRAM_WORDS & words:
            yield fact("program", program, clause.said.words[match.start : match.end])


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
        match.rule
        for match in _REPLY.find(said.doc)
        if not _is_denied(said, match.start, match.end)
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
