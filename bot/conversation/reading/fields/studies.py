"""Whether the speaker is registered at a post-secondary school now.

Starting later says nothing about now, so it states neither. A gap year, a finished degree and high
school mean "not now".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.conversation.reading.clauses import CALENDAR_YEARS, About, Clause
from bot.conversation.reading.cues import cued
from bot.conversation.reading.fact import Fact, Reading, fact
from bot.conversation.reading.polar import polar_facts, polar_reading
from bot.conversation.reading.words.patterns import Patterns
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

_ONESELF = Patterns(
    yes="""
        i am @self* ~* student
        i am @self* in|at @study_place
        ^|,|and|i @adverb* in my ORD|first|second|third|fourth|last|final|sophomore|junior|senior \
            year
        ^|,|and a|an? @adverb* ~? sophomore|junior|senior|freshman at|in ~
        i am @self* @adverb* on an? ~? exchange
        ^ as a|an @self* ~* student
    """,
    no="""
        i am @adverb* a? former|ex student
        i have? @adverb* graduated
        i have? @adverb* finished|completed|left|quit @study_place
        i am @self* graduate|grad $|,|and|from|of|with|in
        i am a|an? @self* ~* high|secondary school student
    """,
    neither="""
        i am @self* ~* student visa|loan|permit|advisor|housing
        i am studying for|the|about|how|to|your|this|my ~+
    """,
)
_REPLY = Patterns(
    yes="""
        student
        undergraduate|postgrad|freshman|sophomore
        studying
        enrolled|registered
        in|at @study_place
        in my ORD|first|second|third|last|final year
        ORD|first|second|third|final year
        part time
        @study_place student
        doing|finishing my|a ~* degree
        study
    """,
    no="""
        not @adverb* a|an|my? ~? student
        not @adverb* studying|enrolled|registered
        not @adverb* at|in @study_place
        no longer a? student|studying
        graduated
        graduate|grad
        finished
        dropped out
        gap year
        year off
        high|secondary school
        high|secondary school student
        former student
        was a? student
        stopped studying
        i work
        working
        full time work|job
        done|finished with @study_place
    """,
    neither="""
        graduate student
        working student
        not finished|graduated
        will graduate
        will be a? student
        not @adverb* finished|graduated
    """,
)
_LATER = Patterns(
    later="""
        start|starting|starts|begin|beginning|begins|enrol|enrolling|accepted|admitted|going to|\
            will ~* @study_place|student|studying|in|next|ORD|soon|study|start
        start|starting|starts|begin|beginning|begins ~* @study_place? ~* in|next|this|on MONTH|\
            DATE|year|week|month|fall|autumn|spring
        accepted|admitted for|to|at|into|by
        will start|begin|study|be|go|enrol
        going to start|begin|study|be
        about to start|begin
        from MONTH|next
    """,
)


def from_clauses(clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Yield whether the speaker studies, from words of any order in their own clauses."""
    clauses = [clause for clause in clauses if not _other_year(clause.said)]
    no_more = [first for first, second in pairwise(clauses) if second.texts[1:-1] == ["no", "more"]]
    own = [c for c in clauses if c.about is About.SPEAKER or _OWN & c.stems]
    own = [clause for clause in own if clause not in no_more]
    yield from cued("student", own, frozenset({"ex"}))
    for clause in no_more:
        if _STUDIES & clause.words and clause.about is About.SPEAKER:
            yield fact("student", False, clause.said.words[1:-1])
    for told, year in pairwise(clauses):
        own_year = _is_a_year_of_study(year) and About.SOMEBODY_ELSE not in (told.about, year.about)
        if own_year and _YEARS_AT & told.words and not (told.denied or told.wished):
            yield fact("student", True, year.said.words[1:-1])
    spoken = [clause for clause in clauses if not _INTERJECTED.issuperset(clause.texts[1:-1])]
    for studies, ended in pairwise(spoken):
        over = len(ended.texts) <= _LONGEST_END and (
            _ENDED & ended.words
            or (_GIVEN_UP & ended.words and _GIVES_UP_ONLY.issuperset(ended.texts[1:-1]))
        )
        of_now = not (ended.denied or ended.wished or _OTHER_ENDS & (ended.words | studies.words))
        mine = About.SOMEBODY_ELSE not in (studies.about, ended.about)
        elsewhere = _STUDIES & ended.words or ended.texts[1] == "the"
        if (
            over
            and of_now
            and mine
            and not elsewhere
            and _STUDIES & studies.words
            and not studies.denied
        ):
            yield fact("student", False, ended.said.words[1:-1])


def _is_a_year_of_study(clause: Clause) -> bool:
    """Tell whether a clause is only "year two" or "year 3 of 4"."""
    texts = clause.texts[1:-1]
    numbers = [word.value for word in clause.said.words if word.text == "NUM"]
    named = texts in (["year", "NUM"], ["year", "NUM", "of", "NUM"])
    return named and all(number <= _LONGEST_DEGREE for number in numbers)


_LONGEST_DEGREE = 7
_YEARS_AT = frozenset("university degree apprentice apprenticeship student".split())
_INTERJECTED = frozenset("no sorry wait nope actually".split())
_OWN = frozenset(
    "ex_student i_study (i)_study my_university my_school our_university our_school".split()
)
_GIVEN_UP = frozenset("stopped quit dropped abandoned interrupted gave".split())
_GIVES_UP_ONLY = _GIVEN_UP | frozenset(
    "i have then it out up after NUM year halfway early in MONTH ago recently later without"
    " that finishing them before last semester month".split()
)
_STUDIES = frozenset(
    "studied degree university school apprenticeship student apprentice study".split()
)
_ENDED = frozenset("finished completed done over graduated ended".split())
_OTHER_ENDS = frozenset(
    "when until once almost nearly will soon exam exams semester year internship contract"
    " high offer insurance passport ticket permit visa iec with employer mandatory".split()
)
_LONGEST_END = 8


def find(said: Said) -> Iterator[Fact]:
    """Yield whether the speaker studies now, unless they speak of starting later."""
    other_year = _other_year(said)
    if other_year and _is_a_school_year(said, other_year):
        yield fact("student", False, other_year)
    if other_year:
        return
    facts = list(polar_facts("student", _ONESELF, said))
    if not (_LATER.find(said.doc) and any(each.value for each in facts)):
        yield from facts


def _other_year(said: Said) -> tuple[Word, ...]:
    """Return "year 12" or "31st year": a year that no university has."""
    for first, second in pairwise(said.words):
        numbers = {("year", "NUM"): second, ("ORD", "year"): first}
        number = numbers.get((first.text, second.text))
        if number and _LONGEST_DEGREE < number.value < CALENDAR_YEARS.start:
            return first, second
    return ()


def _is_a_school_year(said: Said, year: Sequence[Word]) -> bool:
    """Tell whether the speaker is "in year 12"."""
    position = said.words.index(year[0])
    before = [text for text in said.texts(position - 2, position) if text != "in"]
    return year[0].text == "year" and before[-1:] == ["am"]


def answer_student(said: Said, text: str) -> Reading:
    """Read the reply to "Are you a student now?"."""
    stated = {each.value for each in find(said)}
    if len(stated) == 1:
        return Reading(stated.pop())
    if _LATER.find(said.doc) and not any(
        each.value for each in polar_facts("student", _REPLY, said)
    ):
        return Reading(problem="not_a_student_yet")
    return polar_reading("student", _REPLY, said, text)
