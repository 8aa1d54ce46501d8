"""Insurance, the way back, who comes along, and whether something might bar entry."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.reading.fact import Fact, Reading
from bot.conversation.reading.polar import polar_facts, polar_reading
from bot.conversation.reading.words.patterns import Patterns
from bot.conversation.reading.words.said import Said

_INSURANCE = Patterns(
    no="""
        i do not plan|intend|want to buy|get|have|take|purchase a|an|any|the* ~* insurance
    """,
)
_RETURN = Patterns(
    yes="""
        i am @adverb* going to buy|have|book|get|purchase a|my|the? ~? return ticket
        my return ticket is
    """,
)
_DEPENDANTS = Patterns(
    yes="""
        me and my|our|the NUM? ~? partner|kid are|will|want|plan to? be? @come
        it|we is|are|will|would be? me and|,|with|a|the|my|NUM|(my)* ~? partner|kid
    """,
    no="""
        ^|, just|only me $|,|on|going|coming|travelling|moving|flying|applying
        it is|will be? just|only me $|,|on|going|coming|travelling|moving|flying|applying|this|so
    """,
)
_CONCERN = Patterns(
    yes="""
        i was|have @adverb* been? convicted|deported|arrested|jailed
        i had|have a|an|one|my|NUM? ~* dui|dwi|conviction|felony|misdemeanor|misdemeanour
        i @adverb* overstayed
        i was|have @adverb* been? refused|denied|rejected a|an|the|my? CTRY|DEM|visitor|tourist? \
            visa|entry|esta|eta
    """,
)
"""These are read in questions, too: "does it matter that I overstayed?"."""

_REPLIES = {
    "insurance": Patterns(
        yes="""
            will|going to? @adverb* buy|get|have|purchase|take|arrange
            have|bought insurance|it
            can buy|get|afford
            insured|covered
            booked|bought|paid|sorted
            i will
        """,
        no="""
            no|not|without a|any? ~? insurance
            will|do not buy|get|have|want|need|take
        """,
    ),
    "return_ticket": Patterns(
        yes="""
            will|going to? @adverb* buy|book|get|have|purchase
            return ticket
            booked|bought|paid|sorted
            money|funds for|to
            i will
            enough money|funds
            can buy|afford
        """,
        no="""
            no|not|without a|any? return? ticket
            will|can|do not buy|book|have|afford
        """,
    ),
    "dependants": Patterns(
        yes="""
            my|with|our my? ~? partner|kid
            we are NUM|two|three
        """,
        no="""
            alone|solo
            just|only|by me|myself
            on my own
            nobody|noone
            no one|NUM|kid|dependant|partner
            without my? partner|kid
            single
            partner|kid will|would|is|are|does|do not|stay|stays|staying
            my ~? partner|kid will|would|is|are|does|do not|stay|stays|staying
            my ~? partner|kid stay|stays|staying
        """,
    ),
    "admissibility_concern": Patterns(
        yes="""
            criminal|police record|conviction
            there|it might|may|could be
            afraid so
            dui|dwi|conviction|convicted|deported|overstayed
            refused|denied
        """,
        no="""
            clean record|_
            no|never|not criminal|any|been|_ record|convicted|refused|deported|conviction|_ record?
            nothing
            no ~? criminal? record|convictions|conviction|dui
            never been? refused|denied|convicted|deported|overstayed
        """,
    ),
}
_STATED = {
    "insurance": _INSURANCE,
    "return_ticket": _RETURN,
    "dependants": _DEPENDANTS,
    "admissibility_concern": _CONCERN,
}


def find(said: Said) -> Iterator[Fact]:
    """Yield what the speaker states in these very words; the clauses tell the rest."""
    for field, patterns in _STATED.items():
        yield from polar_facts(field, patterns, said)


def answer_settling(field: str, said: Said, text: str) -> Reading:
    """Read the reply to the yes/no question on `field`."""
    stated = {each.value for each in polar_facts(field, _STATED[field], said)}
    if len(stated) == 1:
        return Reading(stated.pop())
    return polar_reading(field, _REPLIES[field], said, text)
