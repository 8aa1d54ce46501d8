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
    """,
    handed_down="""
        was DEM
        was from CTRY
        @parent is|are|was|were @adverb* a? DEM
        @parent is|are|was|were|came|comes @adverb* from CTRY
        DEM @parent
        DEM @adverb* by birth|blood|descent|origin|heritage|ancestry
        DEM descent|roots|ancestry|origin|origins|heritage|blood|parents|background
    """,
    others="""
        @kin is|was|were @adverb* a? DEM
        @kin is|are|was|were|came|comes @adverb* from CTRY
        DEM @kin
        speak|speaks|speaking|fluent|learn|learning DEM
        speak|speaks|speaking|fluent in DEM
        studying DEM
        studying DEM ,|and DEM
    """,
    denied="""
        not a|the? DEM
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


PARENTAGE = frozenset(
    "mother father mom mum dad parents parent born blood descent origin origins side dual"
    " grandparents grandmother grandfather grandma grandpa".split()
)
NOT_A_PERSON = PARENTAGE | frozenset(
    "fan teaching learning cooking teacher tutor learner speaker speaking major lover literature"
    " language translator interpreter"
    " accent friend girlfriend boyfriend husband partner wife roommate boss"
    " employer cuisine"
    " restaurant food roots ancestry heritage family background"
    " visa permit resident residence pr residency address tourist history culture music cinema wine"
    " made based"
    " bred expat".split()
)
"""What a name of a people is only beside: "French teacher", "Irish roots"."""


def not_of_the_speaker(said: Said, *, handed_down: bool = True) -> set[int]:
    """Return the positions of words that say nothing of the speaker's own nationality.

    What parents are or the speaker once was is none either, unless `handed_down` is false.
    """
    return {
        position
        for match in _WHOSE.find(said.doc)
        for position in range(match.start, match.end)
        if handed_down or match.rule != "handed_down"
    }
