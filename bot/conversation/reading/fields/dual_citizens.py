"""How many of those named are held: "both passports", "a dual citizen", "only the Irish one"."""

from __future__ import annotations

from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.fields.nationalities_not_held import AWAITED, is_not_held
from bot.conversation.reading.fields.other_countries import (
    NOT_A_PERSON,
    PARENTAGE,
    not_of_the_speaker,
)
from bot.conversation.reading.words.patterns import SETS, Match, Patterns
from bot.conversation.reading.words.said import Said

_HOLDS_TWO = Patterns(
    both="""
        have|keep|kept|keeping|hold|holding|carry both $|,|DEM|CTRY|of|NUM|now
        both @adverb* passport|citizen|papers|documents|DEM|CTRY
        passport of|from CTRY and of|from? CTRY
        dual @adverb* passport|citizen|holder|DEM|CTRY|here|$|,
        kept|keep|keeping the|my DEM
        kept|keep it
        still am
    """,
    two="""
        NUM @adverb* passport
    """,
)
_HOLDS_ONE = Patterns(
    one="""
        only @adverb* have|hold|holding|carry|got a|an|the|my? DEM passport|citizen|NUM|one
        have|hold|holding|carry|got only a|an|the|my? DEM passport|citizen|NUM|one
        only the DEM passport|citizen|NUM|one
        only a|an|my? DEM passport|citizen
        DEM passport|citizen only
        legally|officially only DEM
    """,
)
_ELSEWHERE = frozenset("in to at near for with speak fluent".split())
_OTHERS = frozenset(SETS["kin"]) | {"he", "she", "they", "speak", "speaks"}
_OF_SOMETHING_ELSE = NOT_A_PERSON - PARENTAGE


def held_at_once(said: Said) -> Fact | None:
    """Return both nationalities if the speaker says that they hold two and names just these."""
    if not any(_is_stated(said, match) for match in _HOLDS_TWO.find(said.doc)):
        return None
    excluded = not_of_the_speaker(said, handed_down=False)
    names = [
        word
        for position, word in enumerate(said.words)
        if word.text in ("CTRY", "DEM", "DEMS")
        and position not in excluded
        and word.value != "CA"
        and said.words[position - 1].text not in _ELSEWHERE
        and said.words[position + 1].text not in _OF_SOMETHING_ELSE
        and not said.is_asked(position)
        and not is_not_held(said, position)
    ]
    isos = list(dict.fromkeys(word.value for word in names))
    return fact("nationalities", isos, names) if len(isos) == 2 else None


def held_alone(said: Said) -> Fact | None:
    """Return the one nationality that the speaker says is all they hold."""
    names = [
        next(word for word in said.words[match.start : match.end] if word.text == "DEM")
        for match in _HOLDS_ONE.find(said.doc)
        if _is_stated(said, match)
    ]
    isos = {word.value for word in names}
    return fact("nationalities", list(isos), names) if len(isos) == 1 else None


def _is_stated(said: Said, match: Match) -> bool:
    """Tell whether two passports are the speaker's own: neither asked about nor denied."""
    before = said.texts(said.sentence(match.start)[0], match.start)
    if said.is_asked(match.start) or not _OTHERS.isdisjoint(before):
        return False
    if not (AWAITED | {"not", "no"}).isdisjoint(before[-4:]):
        return False
    counted = {word.value for word in said.words[match.start : match.end] if word.text == "NUM"}
    return match.rule != "two" or counted == {2}
