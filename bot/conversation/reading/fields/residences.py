"""The country where the speaker lives now, by its name or by a well-known town in it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.reading.fact import NOTHING, Fact, Reading, fact
from bot.conversation.reading.fields.unnamed_countries import unknown_country
from bot.conversation.reading.words.patterns import Match, Patterns
from bot.conversation.reading.words.said import Said

_LIVING = Patterns(
    here="""
        i @adverb* live @adverb* in|at the? CTRY|PLACE
        i am @self* _* living @adverb* in|at CTRY|PLACE
        i am @self* DEM resident
        ^ student|work|working? visa|permit holder in CTRY|PLACE
    """,
)
_PLACE_KINDS = frozenset({"CTRY", "PLACE", "DEM"})


def find(said: Said) -> Iterator[Fact]:
    """Yield the country of residence as the speaker states it."""
    for match in _LIVING.find(said.doc):
        position = _place(said, match)
        if position is not None and said.words[position + 1].text not in ("is", "would", "was"):
            word = said.words[position]
            yield fact("residence", word.value, [word])


def _place(said: Said, match: Match) -> int | None:
    """Return where the place stands: the last in the match, or the wider one that follows it."""
    position = next(
        (i for i in range(match.end - 1, match.start, -1) if said.words[i].text in _PLACE_KINDS),
        None,
    )
    if position is None:
        return None
    texts = said.texts(position + 1, position + 3)
    if texts[:1] and texts[0] in ("PLACE", "CTRY"):
        return position + 1
    if texts[:1] == [","] and texts[1:] and texts[1] in ("PLACE", "CTRY"):
        return position + 2
    return position


_ELSEWHERE = Patterns(
    other="""
        moving|move|moved|going|go|travel|travelling|come|coming|return|relocating to the? CTRY|\
            PLACE
        from CTRY
        born in CTRY|PLACE
        lived in CTRY|PLACE
        citizen of CTRY
        used to live in CTRY|PLACE
        not @adverb* in CTRY|PLACE
        left CTRY|PLACE
    """,
)
_HOME = frozenset({"home", "same", "hometown"})


def answer_residence(said: Said) -> Reading:
    """Read the reply to "Which country do you live in now?"."""
    stated = [each.value for each in find(said)]
    if stated:
        return Reading(stated[-1])
    if "^Q" in said.texts() and len(said.words) > 4:
        return NOTHING
    named = {
        position: word.value
        for position, word in enumerate(said.words)
        if word.text in ("CTRY", "PLACE")
    }
    elsewhere: set[int] = set()
    for match in _ELSEWHERE.find(said.doc):
        elsewhere.update(range(match.start, match.end))
    here = {p: iso for p, iso in named.items() if p not in elsewhere} or named
    here = {p: iso for p, iso in here.items() if not _is_narrower(said, p)}
    isos = list(dict.fromkeys(here.values()))
    if len(isos) == 1:
        return Reading(isos[0])
    if isos:
        return Reading(problem="country_not_clear")
    if _HOME & set(said.texts()):
        return Reading(problem="home_country_not_named")
    reading = unknown_country(said)
    return Reading(str(reading.value[0])) if isinstance(reading.value, list) else reading


def _is_narrower(said: Said, position: int) -> bool:
    """Tell whether a wider place follows: "London" in "London, Ontario"."""
    texts = said.texts(position + 1, position + 3)
    if said.words[position].text != "PLACE":
        return False
    return texts[:1] in (["PLACE"], ["CTRY"]) or (
        texts[:1] == [","] and texts[1:] in (["PLACE"], ["CTRY"])
    )
