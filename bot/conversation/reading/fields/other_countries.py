"""Countries named that are not the speaker's own: lived in, left, denied, or other people's."""

from __future__ import annotations

from bot.conversation.reading.words.patterns import Patterns
from bot.conversation.reading.words.said import Said

_WHOSE = Patterns(
    residence="""
        live|living|lived|stay|staying|working|studying in|at CTRY|DEM
        live|living|lived|stay|staying|working|studying in the CTRY
        resident of|in CTRY
        resident DEM
        DEM resident
        CTRY resident
        born in|at CTRY
        born and raised in CTRY
        move|moving|going|travel|travelling|come|coming|go to CTRY
        visa for|in CTRY
        apply|applying from|in CTRY
        permit in|for CTRY
        was DEM
        was from CTRY
    """,
    others="""
        @kin is|was|were @adverb* a? DEM
        mother|father|mom|mum|dad|parents|grandmother|grandfather|grandparents are @adverb* DEM
        @kin is|are|was|were|came|comes @adverb* from CTRY
        DEM @kin
        DEM by birth|blood|descent|origin|heritage|ancestry
        DEM descent|roots|ancestry|origin|origins|heritage|blood|parents|background
        speak|speaks|speaking|fluent|learn|learning DEM
        speak|speaks|speaking|fluent in DEM
        studying DEM
        studying DEM ,|and DEM
    """,
    denied="""
        not a? DEM
        not from CTRY
        not a? CTRY
        not a|my DEM passport
        not|never have a|an|any|my DEM
        no DEM passport
        no longer a? DEM
        gave|giving|given up my|the|a|an* DEM
        renounced|surrendered my|the|a|an* DEM
        used to be|have a|an|my* DEM
        lost|lose my|the|a|an* DEM
        hoping|hope|want|wish|like|love|waiting|dreaming|dream|eligible|entitled|applied|applying|\
            apply|try|trying|right to|for|get|obtain|have|be|become|of|about|a|an|the|my|receive|\
            claim|(i)|i* DEM passport|citizen
        will|going|soon to? get|receive|obtain|have a|an|my|the* DEM passport|citizen
        instead of DEM
        rather than DEM
        without a|an DEM
    """,
)


def not_of_the_speaker(said: Said) -> set[int]:
    """Return the positions of words that say nothing of the speaker's own nationality."""
    return {
        position for match in _WHOSE.find(said.doc) for position in range(match.start, match.end)
    }
