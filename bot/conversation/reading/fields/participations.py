"""Earlier participations in IEC: category, year, through a Recognized Organization or not.

A working holiday in another country is no participation in IEC. Having applied without a permit is
told apart from having held one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.conversation.reading.clauses import About, Clause, clauses
from bot.conversation.reading.fact import NOTHING, UNKNOWN, Fact, Reading, fact
from bot.conversation.reading.fields.participation_entries import (
    CATEGORY,
    COUNT,
    NO_PERMIT,
    entries_told,
    years_named,
)
from bot.conversation.reading.fields.yes_no import is_unknown, is_yes_with_a_but, yes_or_no
from bot.conversation.reading.words.patterns import Patterns
from bot.conversation.reading.words.said import Said

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
        twice = len(entries) > 1 and {"iec", "twice"} & set(there.texts())
        if not happened_elsewhere(there) and (told or twice):
            yield fact("previous_participations", entries, said.words[done[0].start : end - 1])


def _end_of_the_tale(said: Said, end: int, today: date) -> int:
    """Return where the last of the sentences ends that go on with a further kind and year."""
    while end < len(said.words):
        _, following = said.sentence(end)
        more = Said(said.words[end:following])
        kind = CATEGORY.find(more.doc) or _POINTS_BACK & set(more.texts())
        if said.is_asked(end) or not (kind and years_named(more, today)):
            refused = len(more.words) <= _LONGEST_OUTCOME and NO_PERMIT.find(more.doc)
            return following if refused and not _OTHER_EVENTS & set(more.texts()) else end
        end = following
    return end


_LONGEST_OUTCOME = 8
_POINTS_BACK = frozenset("permit that this it".split())
_CHOSEN = frozenset("invitation ita poe pool".split())
_AHEAD = frozenset(
    "want wanting would next thinking prefer interested choose choosing hope hoping plan planning"
    " planned wanted hoped intended"
    " could should if wish born birthday dob goal aim contract".split()
)


def is_told_of_others(clause: Clause) -> bool:
    """Tell whether somebody else did what a clause tells: "my ex did it twice"."""
    to_me = {"they", "you", "your"} & clause.words
    if clause.texts[1:3] in (["the", "person"], ["that", "person"]):
        return True
    return clause.subject is About.SOMEBODY_ELSE and not to_me


def looks_ahead(clause: Clause) -> bool:
    """Tell whether a clause speaks of a stay to come, or of a birth: "this time coop"."""
    words = clause.words
    return bool(
        _AHEAD & words
        or {"this", "time"} <= words
        or ({"have", "left"} <= words and {"have_left", "left_on"}.isdisjoint(clause.stems))
        or ("now" in words and "had" not in words)
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
        if clause.texts[-2] == "nothing" and not NO_PERMIT.find(clause.said.doc):
            continue  # "in 2023 nothing"
        bare = len(clause.texts) <= _ONLY_A_YEAR and bool({"NUM", "DATE"} & clause.words)
        of_stays = of_stays if bare else _OTHER_EVENTS.isdisjoint(clause.words)
        elsewhere = happened_elsewhere(clause.said)
        if of_stays and not (elsewhere or looks_ahead(clause) or is_told_of_others(clause)):
            kept.append(clause)
    return Said(tuple(word for clause in kept for word in clause.said.words))


def happened_elsewhere(said: Said) -> bool:
    """Tell whether the only country named after "in" or "to" is not Canada."""
    places = {
        said.words[i].value
        for i in range(1, len(said.words))
        if said.words[i].text in ("CTRY", "PLACE")
        and said.words[i - 1].text in _BEFORE_A_COUNTRY
        and said.words[i - 2].text not in ("not", "never")
    }
    kinds = {
        said.words[i].value
        for i in range(len(said.words) - 1)
        if said.words[i].text == "DEM" and said.words[i + 1].text in ("working", "wh", "whv")
    }
    return (bool(places) and "CA" not in places) or bool(kinds - {"CA"})


_BEFORE_A_COUNTRY = frozenset("in to for the me done holiday holidays whv wh year".split())

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
    counted = any(text in COUNT for text in said.texts())
    if years or categories or counted:
        return Reading(entries_told(said, today)) if len(said.words) <= 30 else NOTHING
    if any(word.text == "NUM" and 1900 <= word.value <= 2100 for word in said.words):
        return Reading(problem="participation_year_out_of_range")
    return Reading(problem="participation_details_needed") if answer else NOTHING
