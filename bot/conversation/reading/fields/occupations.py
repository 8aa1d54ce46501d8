"""The work itself: its TEER, the field of study, whether the school requires it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.cues import cued
from bot.conversation.reading.fact import NOTHING, UNKNOWN, Fact, Reading, fact
from bot.conversation.reading.fields import fields_of_work, teers
from bot.conversation.reading.fields.yes_no import is_unknown
from bot.conversation.reading.polar import polar_reading
from bot.conversation.reading.words.patterns import Patterns
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

_AFTER_A_LEVEL = frozenset("$ , and but so i job work occupation now as position level".split())

_TEER = Patterns(
    level="""
        teer level|category|is|of|code|skill* NUM
        noc code|is|number* NUM
    """
)
_REQUIRED_REPLY = Patterns(
    yes="""
        mandatory|obligated
        requires|needs|demands it|this|an|one
        part of my|the @study_place
        to|for graduate|complete|finish|credits
        need|must it|this|do|to
    """,
    no="""
        not|isnt @adverb* mandatory|needed|part
        do|does not need|require
        optional|voluntary
        for fun
    """,
)
_IN_FIELD_REPLY = Patterns(
    yes="""
        related|relevant|linked
        same field|area|domain
        in|within my field
        exactly what i study
    """,
    no="""
        not @adverb* related|relevant|linked
        unrelated
        different field|area|domain
        nothing to do
    """,
)


_WORK = frozenset({"job", "work", "offer", "position", "internship"})
_IS_A = frozenset({"in", "as", "at"})
_MANY = frozenset({"jobs", "internships", "placements"})
# Who makes an internship compulsory or for whom it is; what one would do there is not yet done.
_AT_SCHOOL = frozenset(
    {"they", "you", "teacher", "everyone", "everybody", "students", "(i)", "otherwise"}
)
_SUPPOSED_WORK = frozenset({"(i)", "(my)", "they", "boss", "employer"})


def from_clauses(pieces: Sequence[Clause]) -> Iterator[Fact]:
    """Yield what is required and related, from words of any order."""
    yield from teers.from_clauses(pieces)
    yield from cued("placement_required", [c for c in pieces if not _is_of_the_past(c)], _AT_SCHOOL)
    own = [c for c in pieces if not (_is_of_anothers_work(c) or _is_of_any_work(c.said))]
    related = list(cued("in_field_of_study", own, _SUPPOSED_WORK))
    yield from related or fields_of_work.from_clauses(own)
    for studied, worked in pairwise(pieces):
        required = _is_required_in_two(studied, worked)
        if required is not None:
            yield fact("placement_required", required, worked.said.words[1:-1])
        if "studied" in studied.words and _WORK & worked.words and _IS_A & worked.words:
            yield fact("in_field_of_study", False, worked.said.words[1:-1])


def _is_required_in_two(named: Clause, told: Clause) -> bool | None:
    """Return what "an internship, not mandatory" and "no internship, no degree" say together."""
    if named.words.isdisjoint(_INTERNSHIPS) or len(told.texts) > _LONGEST_REMARK:
        return None
    if "no" in named.words and told.texts[1] == "no" and not _DEGREES.isdisjoint(told.words):
        return True
    asked_for = tuple(told.texts[1:-1]) in _MANDATORY
    if asked_for and not (told.denied or named.denied or named.wished or _PAPERS & named.words):
        return True
    optional = {"not_mandatory", "optional", "voluntary"} & told.stems
    other = _PAPERS & (told.words | named.words)
    return False if optional and not other and not named.wished else None


_PAPERS = frozenset({"visa", "insurance", "offer", "permit"})
_MANDATORY = {("mandatory",), ("is", "mandatory"), ("mandatory", "by", "university"), ("a", "must")}
_INTERNSHIPS = frozenset({"internship", "coop", "stage"})
_DEGREES = frozenset({"degree", "graduation", "credits", "title"})
_LONGEST_REMARK = 7


def find(said: Said) -> Iterator[Fact]:
    """Yield TEER, field of study and requirement by the school, as stated."""
    matches = _TEER.find(said.doc)
    others = teers.of_others(said) if matches else []
    for match in matches:
        number, after = said.words[match.end - 1], said.words[match.end]
        level = teers.level(number.raw)
        settled = after.text in _AFTER_A_LEVEL and after.raw.casefold() != "jobs"
        settled = settled or len(number.raw) == teers.NOC_DIGITS
        denied = said.words[match.start - 1].text in ("not", "no", "or", "either")
        if isinstance(level, int) and settled and not (denied or said.is_asked(match.start)):
            if any(o.said.words[0].start <= number.start < o.said.words[-1].end for o in others):
                continue
            yield fact("teer", level, said.words[match.start : match.end])


def _is_of_the_past(clause: Clause) -> bool:
    """Tell whether an internship is over: "was mandatory back then"."""
    past = bool({"was", "were"} & clause.words)
    return past and bool({"then", "ago", "back"} & clause.words)


def _is_of_anothers_work(clause: Clause) -> bool:
    """Tell whether it is "my dad" who works there, or the work is in another country."""
    another = clause.subject is About.SOMEBODY_ELSE and (
        "i" not in clause.words or "as_i" in clause.stems
    )
    if another and _SUPPOSED_WORK.isdisjoint(clause.words):
        return True
    return any(
        work.text in _WORK
        and at.text in ("in", "at")
        and place.text in ("PLACE", "CTRY")
        and place.value != "CA"
        for work, at, place in zip(
            clause.said.words, clause.said.words[1:], clause.said.words[2:], strict=False
        )
    )


def _is_of_any_work(said: Said) -> bool:
    """Tell whether it is about "jobs in my field" at large."""
    return any(word.text in _WORK and word.raw.casefold() in _MANY for word in said.words)


def _digits(word: Word) -> str:
    if word.raw.isdigit():
        return word.raw
    return str(int(word.value)) if 0 <= word.value < 1000 and word.value == int(word.value) else ""


def answer_teer(said: Said, text: str) -> Reading:
    """Read the reply to "Which TEER level?": 0 to 5, or a five-digit NOC code."""
    if is_unknown(text):
        return Reading(UNKNOWN)
    numbers = [word for word in said.words if word.text == "NUM"]
    texts = said.texts()
    if "^Q" in texts or (len(texts) > 12 and "teer" not in texts and "noc" not in texts):
        return NOTHING
    if any(each in texts for each in ("noc", "skill", "level")) and {"a", "b", "c", "d"} & set(
        texts[-2:-1]
    ):
        return Reading(problem="teer_from_noc_2016")
    if not numbers:
        return NOTHING
    levels = {teers.level(_digits(word)) for word in numbers}
    if len(levels) > 1:
        return Reading(problem="teer_not_clear")
    level = levels.pop()
    return Reading(level) if isinstance(level, int) else Reading(problem=level)


def answer_placement_required(said: Said, text: str) -> Reading:
    """Read the reply to "Do you need this placement to complete your studies?"."""
    return polar_reading("placement_required", _REQUIRED_REPLY, said, text)


def answer_in_field(said: Said, text: str) -> Reading:
    """Read the reply to "Is the job in your field of study?"."""
    return polar_reading("in_field_of_study", _IN_FIELD_REPLY, said, text)
