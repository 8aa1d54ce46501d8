"""Whether the speaker has a signed offer, of a job or an internship, from an employer in Canada.

Looking for one means having none. An interview, a verbal or an unsigned offer is not stated as either.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.conversation.reading.fact import Fact, Reading
from bot.conversation.reading.patterns import Patterns
from bot.conversation.reading.polar import polar_facts, polar_reading
from bot.conversation.reading.said import Said

_ONESELF = Patterns(
    yes="""
        i @adverb* have|received|secured|landed|accepted|signed|found|obtained|getting a|an|my|the? _* @offer
        i @adverb* have|received|secured|landed|accepted|signed|found|obtained a|an|my|the? _* @offer offer|letter|contract
        i @adverb* have|received|secured|landed|accepted|signed|found|obtained a|an|my|the? @adverb* _* DEM @offer offer|contract?
        i have @adverb* received|secured|landed|accepted|signed|found|been a|an|my|the? _* @offer
        i have @adverb* received|secured|landed|accepted|signed|found a|an|my|the? _* @offer offer|letter|contract
        i have an|a employer @self* _*
        i have|already a|an|my? @offer lined up
        i was|have @adverb* been? offered a|an|the? _* @offer
        i @adverb* am|was|have been? hired
        my? employer|hotel|restaurant|boss @self* _* offered|hired me
        a|an|the DEM? employer @self* _* offered|hired me
        a|an|the DEM? employer has|have offered|hired me
        i am @self* with a|an|my _* DEM? @offer
        i am @self* with a|an|my _* @offer offer|contract
        i am @self* _+ with a|an|my _* @offer offer|contract?
        ^ @self* student|DEM|citizen @self* with a|an|my _* @offer offer|contract?
        ^ @self* with a|an signed? @offer offer|contract
        ^ have|got a|an|my _* @offer
        my _* @offer|@offer offer|letter is @adverb* signed
        my @offer offer is
        my @offer is in PLACE|CTRY
    """,
    no="""
        i do not @adverb* have a|an|any|the? _* @offer
        i do not @adverb* have a|an|any|the? _* @offer offer|contract|yet
        i have not @adverb* have|received|found|secured|landed|a|any|an a|an|any|the? _* @offer
        i have not @adverb* have|received|found|secured|landed|a|any|an a|an|any|the? _* @offer offer|contract
        i have no _* @offer
        i have no _* @offer offer|contract
        i @adverb* have not signed
        i @adverb* look|search for a|an|some? _* @offer
        i am @self* looking|searching|hunting|applying|hoping for a|an|some|any|my? _* DEM? @offer
        i am @self* _* looking|searching|hunting for a|an|some|any|my? _* DEM? @offer
        i am @self* trying to find|get|land a|an? _* @offer
        i am @self* without a|an|any _* @offer
        , @adverb* looking|searching for a|an|some? _* DEM? @offer
        still|currently looking|searching for a|an|some? _* DEM? @offer
        ^ looking|searching for a|an|some? _* DEM? @offer
        no _? offer yet
        no @offer offer
        no @offer yet
        ^ no @offer
        , no @offer
        but|and no @offer
        without a|an|any? @offer offer
        waiting|waiting to hear back from|for
        i am @adverb* waiting for a|an|my|the _* @offer
        ^ @self* still looking
        i am @self* still looking
    """,
    neither="""
        i have a|an? _* @offer interview|interviews|application|search|fair|seeker
        i have a|an? @offer in mind
        i have a|an? _? @offer offer? that|which|from _* is not
        i have a|an verbal|unsigned|conditional _* @offer offer?
        i have a|an _* @offer _* but _* not signed
        i have a|an _* @offer offer? but
        i have a|an _* @offer at home
        i have a|an? _* @offer in CTRY
        i have a|an? work experience|permit|visa|ethic
        i have a|an? work
        i have coop
        i have a|an|my? _* @offer permit|visa|experience
        my coop|work permit|visa|experience
    """,
)
_REPLY = Patterns(
    yes="""
        signed|accepted a|the|my|an|it? _* @offer?
        @offer offer
        have|received a|an|my|the one|@offer|contract
        offer|contract signed|letter
        hired
        job lined up
    """,
    no="""
        no|not|without|never a|an|any|have|yet|signed|received|found|the _* @offer?
        not|without|no _? _? @offer
        do not have
        still|currently looking|searching|applying
        looking|searching|hunting|applying for?
        interview|interviews|interviewing
        verbal|verbally|unsigned
        not @adverb* signed|received|official|confirmed|yet
        not yet
        waiting
    """,
    neither="""
        no longer looking|searching
        not looking|searching
    """,
)


def find(said: Said, today: date) -> Iterator[Fact]:
    """Yield whether the speaker has an offer."""
    facts = list(polar_facts("job_offer", _ONESELF, said))
    denied = [each for each in facts if each.value is False]
    yield from denied or facts


def answer_job_offer(said: Said, text: str) -> Reading:
    """Read the reply to "Do you have a signed offer?"; an unsigned or verbal one is none yet."""
    stated = {each.value for each in find(said, date.min)}
    if len(stated) == 1:
        return Reading(stated.pop())
    denied = any(each.value is False for each in polar_facts("job_offer", _REPLY, said))
    return (
        Reading(False)
        if denied and "^Q" not in said.texts()
        else polar_reading("job_offer", _REPLY, said, text)
    )
