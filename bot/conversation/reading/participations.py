"""Earlier participations in IEC: category, year, through a Recognized Organization or not.

A working holiday in another country is no participation in IEC. Having applied without a permit is
told apart from having held one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from bot.conversation.reading.clauses import About, Clause, clauses
from bot.conversation.reading.fact import NOTHING, UNKNOWN, Fact, Reading, fact
from bot.conversation.reading.patterns import Patterns
from bot.conversation.reading.said import Said
from bot.conversation.reading.word import Word
from bot.conversation.reading.yes_no import is_unknown, is_yes_with_a_but, yes_or_no

FIRST_YEAR = 1967
"""The first youth mobility arrangements of Canada; no participation can be older."""

_KINDS = "working holiday|whv|wh|iec|young professional|yp|coop"
_ONESELF = Patterns(
    none="""
        i have not @adverb* taken part
        i have never @adverb* participated
        i have never @adverb* taken part
        never been to CTRY
        i have? never applied|participated
        this|it is|will|would be? my|(my) first time|iec|participation|application
        ^|,|and first time with|in|on|doing|using|for iec|it|the
        ^|,|and first timer
        my first participation|iec ever|$
        i am a|an? first timer
        i am @adverb* new to iec
        round NUM for me with iec
        i have never @adverb* heard of iec
        no previous|prior|past|earlier iec|participation|participations
        ^ first time iec|applicant|applying
        i am a|an? first time applicant
    """,
    done="""
        i @adverb* did|had|was|done|completed|got|finished @taking_part* iec|working|\
            young|coop|whv|yp
        i @adverb* have|used|took|participated|held|received @taking_part* iec|working|young|coop|\
            whv|yp|wh|pvt
        i @adverb* have @adverb* done|had|been|completed|participated|used|taken|held|received|\
            already @taking_part* iec|working|young|coop|whv|yp
        i @adverb* came|went|was|been|travelled|moved|lived in|to CTRY|PLACE in|NUM|DATE|MONTH|\
            with|through|via|ro_name|ro|back|for|month|year|a|an|my|the|on|under|during|as* iec|\
            working|young|coop|whv|yp
        ^|, first|last|previous iec|working|young|coop|participation @self* _* was in?
        my first|last|previous|second iec|working|young|coop|participation @self* _* was in?
    """,
    selected="""
        i have a|an|my? invitation|ita|poe|letter* for|to|in|the|a|my|an* iec|working|young|\
            coop|whv|yp|wh|pvt
        i @adverb* applied for|to|in|the|a|my|an* iec|working|young|coop|whv|yp
    """,
)
CATEGORY = Patterns(
    working_holiday="""
        working holiday
        whv|wh|pvt
    """,
    young_professionals="""
        young professional
        yp|jp
    """,
    international_coop="""
        coop
        international coop
        iec internship
    """,
)
_THROUGH_RO = Patterns(
    yes="""
        through|with|via|by|using a|an|the|my|another? ~? ro_name|ro
        through|with|via|by|using a|an|the? recognized|recognised organization
        through|with|via go international
        as an? ro
        through|with|via you|yous|u|yourselves $
        ro_name
        ro working|young|participation
    """,
    no="""
        not through|with|via a|an|any? ro
        without a|an|any? ro|agency|organization
        no agency|organization
        directly|myself
        not through|with|via a|an|any? recognized|recognised organization
    """,
)
NO_PERMIT = Patterns(
    unused="""
        never @adverb* went|activated|used|travelled|got|came|landed|entered|flew|arrived|left|\
            moved|started
        could|can not @adverb* go|activate|use|travel|come|fly
        did not @adverb* go|activate|use|travel|get|come|land|enter|fly|arrive|leave|move|start
        not activated|used
        was|have|been refused|rejected|denied|cancelled|canceled|declined
        only applied
        refused|rejected|denied|withdrew|withdrawn|declined|refusal|rejection|unsuccessful|lapsed
        turned|turn it|me|us|my? down|iec|application
        went|came nowhere|nothing
        never @adverb* have|had|received|obtained|saw a|an|the|any|my|that? permit|visa|approval|it
        not have|get|receive a|an|the|any|my? permit|visa|approval
        not @adverb* successful|approved|granted|issued|selected|drawn|accepted|finish|complete
        no|without permit in|at|this|again|there? the? end? $
        fell through
        failed
        said no
        was|were|been turned down
        never|not gave|give|granted|grant|issued|issue|sent|send|approve|approved it|me|us|one|the
        never @adverb* finished|finish|completed|complete|approved|issued|granted|happened
    """
)
_ISSUED = Patterns(
    issued="""
        it|permit|visa was|is issued|granted
    """
)
_MOST_PARTICIPATIONS = 4
_COUNT = {"once": 1, "twice": 2, "thrice": 3}


def find(said: Said, today: date) -> Iterator[Fact]:
    """Yield the earlier participations: an empty list for "never", one entry a year named."""
    matches = _ONESELF.find(said.doc)
    none = [
        match
        for match in matches
        if match.rule == "none"
        and not happened_elsewhere(Said(said.words[match.start : match.end]))
    ]
    done = [
        match
        for match in matches
        if match.rule == "done" and "not" not in said.texts(match.start, match.end)
    ]
    if none and not done:
        yield fact("previous_participations", [], said.words[none[0].start : none[0].end])
    elif not none and not done and NO_PERMIT.find(said.doc):
        done = [match for match in matches if match.rule == "selected"]
    if done and not none:
        first, _ = said.sentence(done[0].start)
        _, end = said.sentence(done[-1].start)
        end = _end_of_the_tale(said, end, today)
        there = _looking_back(Said(said.words[first:end]))
        if _CHOSEN & set(there.texts()) and not NO_PERMIT.find(there.doc):
            return
        entries = entries_told(there, today)
        told = any(entry["year"] or entry["category"] for entry in entries)
        if not happened_elsewhere(there) and (told or len(entries) > 1):
            yield fact("previous_participations", entries, said.words[done[0].start : end - 1])


def _end_of_the_tale(said: Said, end: int, today: date) -> int:
    """Return where the last of the sentences ends that go on with a further kind and year."""
    while end < len(said.words):
        _, following = said.sentence(end)
        more = Said(said.words[end:following])
        if said.is_asked(end) or not (CATEGORY.find(more.doc) and years_named(more, today)):
            refused = len(more.words) <= _LONGEST_OUTCOME and NO_PERMIT.find(more.doc)
            return following if refused and not _OTHER_EVENTS & set(more.texts()) else end
        end = following
    return end


_LONGEST_OUTCOME = 8
_CHOSEN = frozenset("invitation ita poe pool".split())
_AHEAD = frozenset(
    "want would next thinking prefer interested choose choosing hope hoping plan planning could"
    " should if wish born birthday dob".split()
)


def is_told_of_others(clause: Clause) -> bool:
    """Tell whether somebody else did what a clause tells: "my ex did it twice"."""
    to_me = {"they", "you", "your"} & clause.words
    return clause.subject is About.SOMEBODY_ELSE and not to_me


def looks_ahead(clause: Clause) -> bool:
    """Tell whether a clause speaks of a stay to come, or of a birth: "this time coop"."""
    words = clause.words
    return bool(
        _AHEAD & words or {"this", "time"} <= words or ("now" in words and "had" not in words)
    )


_ONLY_A_YEAR = 4
_OTHER_EVENTS = frozenset(
    "conviction convictions convicted dui arrested charged caution driving drunk graduated graduate"
    " married".split()
)


def _looking_back(said: Said) -> Said:
    """Return what is said of stays gone by, without the wishes for another."""
    kept: list[Clause] = []
    of_stays = True
    for clause in clauses(said):
        bare = len(clause.texts) <= _ONLY_A_YEAR and bool({"NUM", "DATE"} & clause.words)
        of_stays = of_stays if bare else _OTHER_EVENTS.isdisjoint(clause.words)
        if of_stays and not (looks_ahead(clause) or is_told_of_others(clause)):
            kept.append(clause)
    return Said(tuple(word for clause in kept for word in clause.said.words))


def happened_elsewhere(said: Said) -> bool:
    """Tell whether the only country named after "in" or "to" is not Canada."""
    places = {
        said.words[i].value
        for i in range(1, len(said.words))
        if said.words[i].text in ("CTRY", "PLACE")
        and said.words[i - 1].text in ("in", "to", "for", "the")
        and said.words[i - 2].text not in ("not", "never")
    }
    kinds = {
        said.words[i].value
        for i in range(len(said.words) - 1)
        if said.words[i].text == "DEM" and said.words[i + 1].text in ("working", "wh", "whv")
    }
    return (bool(places) and "CA" not in places) or bool(kinds - {"CA"})


def entries_told(said: Said, today: date) -> list[dict[str, bool | int | str | None]]:
    """Return one entry for each participation told in `said`, each with its own outcome."""
    categories = _categories(said)
    years = years_named(said, today)
    told = [
        int(word.value)
        for word, after in pairwise(said.words)
        if word.text == "NUM"
        and 1 < word.value <= _MOST_PARTICIPATIONS
        and after.text not in ("year", "month", "week")
    ]
    counts = [_COUNT.get(text, 0) for text in said.texts()]
    count = max(len(years), len(categories), 1, *counts, *(() if years else told))
    parts = _parts(said, today) if count > 1 else []
    if not len(parts) == len(years) == count:
        parts = [said] * count
    return [
        {
            "category": _only(_categories(part)) or _nth(categories, i, count),
            "year": years[i] if i < len(years) else None,
            "through_ro": _through(part),
            "permit_issued": _is_issued(part),
        }
        for i, part in enumerate(parts)
    ]


def _parts(said: Said, today: date) -> list[Said]:
    """Return what is told of each year; what comes before the first or of "both" is of all."""
    parts: list[list[Word]] = []
    of_all: list[Word] = []
    for clause in clauses(said):
        years = years_named(clause.said, today)
        if len(years) > 1:
            return []
        if years:
            parts.append([])
        shared = not parts or not _OF_ALL.isdisjoint(clause.words)
        (of_all if shared else parts[-1]).extend(clause.said.words)
    return [Said((*of_all, *part)) for part in parts]


_OF_ALL = frozenset("both neither either all times".split())


def _categories(said: Said) -> list[str]:
    return list(dict.fromkeys(match.rule for match in CATEGORY.find(said.doc)))


def _through(said: Said) -> bool | None:
    through = {match.rule for match in _THROUGH_RO.find(said.doc)}
    return None if len(through) != 1 else through == {"yes"}


def _is_issued(said: Said) -> bool:
    return bool(_ISSUED.find(said.doc)) or not NO_PERMIT.find(said.doc)


def _only(categories: list[str]) -> str | None:
    return categories[0] if len(categories) == 1 else None


def _nth(categories: list[str], position: int, count: int) -> str | None:
    if len(categories) == 1:
        return categories[0]
    return categories[position] if len(categories) == count else None


def years_named(said: Said, today: date) -> list[int]:
    """Return the years named, once each; of a span ("2018 to 2019") only the first."""
    years: list[int] = []
    texts = said.texts()
    for position, word in enumerate(said.words):
        year = _year(word.value) if word.text in ("NUM", "DATE") else None
        if texts[position : position + 3] == ["NUM", "year", "ago"]:
            year = today.year - int(word.value)
        if texts[position : position + 3] == ["a", "year", "ago"]:
            year = today.year - 1
        if _says_last_year(texts, position):
            year = today.year - 1
        if year is None or not FIRST_YEAR <= year <= today.year:
            continue
        spans = texts[position - 1] in ("to", "until", "till", "-") and position > 1
        if not (spans and years) and year not in years:
            years.append(year)
    return years


def _says_last_year(texts: list[str], position: int) -> bool:
    """Tell whether "last year" stands there, and not "my last year of studies"."""
    if texts[position : position + 2] != ["last", "year"] or texts[position - 1] in _WHOSE:
        return False
    return position + 2 >= len(texts) or texts[position + 2] not in ("of", "at", "in", "student")


_WHOSE = frozenset("my (my) the our first NUM".split())


def _year(value: Any) -> int | None:
    if isinstance(value, float):
        return int(value) if value.is_integer() and 1900 <= value <= 2100 else None
    year = getattr(value, "year", None)
    return year if isinstance(year, int) else None


_REPLY_NONE = Patterns(
    none="""
        never
        first time
        ^ none
        no previous|prior|past|earlier|iec
        not before|yet|once
    """
)


def answer_participations(said: Said, text: str, today: date) -> Reading:
    """Read the reply to "Have you taken part in IEC before, which category, and when?"."""
    stated = [each.value for each in find(said, today)]
    if stated:
        return Reading(stated[-1])
    if "^Q" in said.texts():
        return NOTHING
    if happened_elsewhere(said):
        none = yes_or_no(text) is False
        return Reading([]) if none else Reading(problem="participation_elsewhere")
    if is_yes_with_a_but(text) and not years_named(said, today):
        return Reading(entries_told(said, today))
    if is_unknown(text) and not years_named(said, today):
        return Reading(UNKNOWN)
    categories = CATEGORY.find(said.doc)
    years = years_named(said, today)
    answer = yes_or_no(text)
    if (answer is False or _REPLY_NONE.find(said.doc)) and not years:
        return Reading([])
    counted = any(text in _COUNT for text in said.texts())
    if years or categories or counted:
        return Reading(entries_told(said, today)) if len(said.words) <= 30 else NOTHING
    if any(word.text == "NUM" and 1900 <= word.value <= 2100 for word in said.words):
        return Reading(problem="participation_year_out_of_range")
    return Reading(problem="participation_details_needed") if answer else NOTHING
