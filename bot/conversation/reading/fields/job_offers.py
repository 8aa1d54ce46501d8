"""Whether the speaker has a signed offer, of a job or an internship, from an employer in Canada.

Looking for one means having none. An interview, a verbal or an unsigned offer, and a job without
a word on where it is, state neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.conversation.reading.clauses import About, Clause, clauses
from bot.conversation.reading.cues import cued
from bot.conversation.reading.fact import Fact, Reading, fact
from bot.conversation.reading.fields.agreements import clause_at, of_work
from bot.conversation.reading.polar import polar_facts, polar_reading
from bot.conversation.reading.words.patterns import Patterns
from bot.conversation.reading.words.said import Said

_GOT = "have|received|secured|landed|accepted|signed|found|obtained|got"
_SOUGHT = "job|work|internship|coop|offer|employer|position|placement"

_ONESELF = Patterns(
    yes=f"""
        i @adverb* {_GOT} a|an|my|the? ~* job|work|employer offer|letter|contract
        i have? {_GOT} a|an|my ~* job|work in|at PLACE|CTRY
        i have? {_GOT} a|an|my ~* job|work in|at|with a|an|the? ~* in PLACE|CTRY
        i have? {_GOT} a|an|my? ~* job|work lined up
        ^ @self* student|DEM|citizen|person @self* with a|an|my ~* @offer
        my @offer is in PLACE|CTRY
        ^|,|and|DEM|person|student|NUM|old|year with a|an|my? ~* contract|offer|internship \
            from|with|for|at|in
        ^|,|and|with ~* job|internship|coop offer from|at|in|with
    """,
    no=f"""
        i look|search for a|an|some? ~* {_SOUGHT}
    """,
)
_REPLY = Patterns(
    yes="""
        signed|accepted a|the|my|an|it? ~* offer|contract?
        ~? offer
        have|received a|an|my|the? one|job|internship|contract
        offer|contract signed|letter
        hired
        job lined up
    """,
    no="""
        no|not|without|never a|an|any|have|yet|signed|received|found|the _* offer|job|\
            internship|contract?
        not|without|no _? _? offer|job|internship|contract
        do not have
        still|currently looking|searching|applying
        looking|searching|hunting|applying for?
        interview|interviews|interviewing
        verbal|verbally|unsigned|oral
        not @adverb* signed|received|official|confirmed|yet
        not yet
        waiting
    """,
    neither="""
        no longer looking|searching
        not looking|searching
    """,
)


def from_clauses(pieces: Sequence[Clause]) -> Iterator[Fact]:
    """Yield whether the speaker has an offer, from words of any order; a denial outweighs."""
    here = [clause for clause in of_work(pieces) if not _names_another_country(clause)]
    demanded = [
        first
        for first, second in pairwise(pieces)
        if first.texts[1:3] == ["no", "internship"]
        and second.texts[1] == "no"
        and not _DEGREES.isdisjoint(second.words)
    ]
    here = [clause for clause in here if clause not in demanded]
    facts = [*cued("job_offer", here, _AGENTS), *_told_afterwards(here)]
    denied = [each for each in facts if each.value is False]
    if denied:
        yield from denied
    elif not any(_is_elsewhere(clause.said) or _is_uncertain(clause) for clause in pieces):
        yield from facts


def _told_afterwards(pieces: Sequence[Clause]) -> Iterator[Fact]:
    """Yield what is said in two pieces: "the offer is for a fish plant, signed last month"."""
    for offer, settled in pairwise(pieces):
        named = _OFFER & offer.words and not (_OFFER & settled.words)
        brief = len(settled.texts) <= _LONGEST_ADDITION and _SETTLED & settled.words
        open_still = offer.denied or settled.denied or offer.wished or settled.wished
        of_the_speaker = About.SOMEBODY_ELSE not in (offer.about, settled.about)
        asked = bool(_ASKED_FOR_WORK & offer.words and _EMPLOYERS & _raw(offer))
        unanswered = settled.texts[1] in ("no", "NUM") and _ANSWERS.issuperset(settled.texts[1:-1])
        none = _FOUND_NONE & settled.stems and _OF_SEEKING.issuperset(settled.texts[1:-1])
        lacks = settled.stems >= _HAS_NONE and len(settled.texts) <= _LONGEST_ADDITION
        if (asked and unanswered) or (named and (none or lacks)):
            yield fact("job_offer", False, settled.said.words[1:-1])
        elif named and brief and of_the_speaker and not open_still:
            yield fact("job_offer", True, settled.said.words[1:-1])


def _raw(clause: Clause) -> set[str]:
    return {word.raw.casefold() for word in clause.said.words}


_DEGREES = frozenset({"degree", "graduation", "credits", "title"})
_OFFER = frozenset("offer contract internship job position".split())
_SETTLED = frozenset(
    "signed confirmed accepted countersigned written agreed sealed secured".split()
)
_LONGEST_ADDITION = 9
_ASKED_FOR_WORK = frozenset("applied sent emailed asked wrote contacted called".split())
_EMPLOYERS = frozenset(
    "lodges hotels farms restaurants cafes employers companies cvs cv resumes resorts ranches jobs"
    " firms bars bakeries shops hostels clinics labs studios".split()
)
_ANSWERS = frozenset(
    "no NUM answer answers reply replies response responses luck yet so far answered callbacks"
    " callback success back".split()
)
_FOUND_NONE = frozenset("none nothing_found nothing_have".split())
_OF_SEEKING = frozenset("none nothing nobody found have so far yet landed secured i".split())
_HAS_NONE = frozenset({"not_have", "have_NUM"})


def _names_another_country(clause: Clause) -> bool:
    words = clause.said.words
    places = {word.value for word in words if word.text in ("CTRY", "PLACE")}
    places |= {
        people.value
        for people, word in pairwise(words)
        if people.text == "DEM" and word.text in _EMPLOYED_BY
    }
    if not places or "CA" in places:
        return False
    there = any(
        (before.text in ("in", "at") and word.text in ("CTRY", "PLACE"))
        or (before.text == "DEM" and word.text in _EMPLOYED_BY)
        for before, word in pairwise(words)
    )
    return "from" not in clause.words or (there and _OF_A_LIFE.isdisjoint(clause.words))


def _is_agreed_elsewhere(clause: Clause) -> bool:
    return _names_another_country(clause) and _OF_A_LIFE.isdisjoint(clause.words)


_EMPLOYED_BY = frozenset({"employer", "contract", "job", "bank"})
_OF_A_LIFE = frozenset(
    "live living student studying study university school am born work working based".split()
)


def _is_uncertain(clause: Clause) -> bool:
    if clause.about is About.SOMEBODY_ELSE and _OFFER.isdisjoint(clause.words):
        return False
    unsigned = clause.denied and not _FINAL.isdisjoint(clause.words)
    still_open = "sign" in clause.words and not _LATER.isdisjoint(clause.words)
    return unsigned or still_open or not _UNCERTAIN.isdisjoint(clause.words)


_AGENTS = frozenset({"they", "boss", "manager"})
_LATER = frozenset("need tomorrow next later will going must should soon weekend MONTH".split())
_FINAL = frozenset("signed official confirmed final written".split())
_UNCERTAIN = frozenset("interview verbal unsigned promised soon".split())


def find(said: Said) -> Iterator[Fact]:
    """Yield whether the speaker has an offer; a denial outweighs, work elsewhere counts nothing."""
    facts = list(polar_facts("job_offer", _ONESELF, said))
    if not facts:
        return
    denied = [each for each in facts if each.value is False]
    pieces = clauses(said)
    if denied:
        yield from denied
    elif not (_is_elsewhere(said) or any(map(_is_uncertain, pieces))):
        for each in facts:
            clause = clause_at(pieces, each.start)
            here = clause is None or clause in of_work(pieces)
            if here and not (clause and _is_agreed_elsewhere(clause)):
                yield each


_SORTS_OF_WORK = frozenset(
    "job internship coop offer work position contract employer hotel restaurant resort boss".split()
)
_OF_STUDIES = frozenset({"student", "management", "school", "university", "studying"})


def _is_elsewhere(said: Said) -> bool:
    """Tell whether the work is said to be in another country: "a job in Spain"."""
    return any(
        before.text in ("in", "at", "from")
        and word.text in ("PLACE", "CTRY")
        and word.value != "CA"
        and not _SORTS_OF_WORK.isdisjoint(said.texts(max(0, position - 3), position))
        and _OF_STUDIES.isdisjoint(said.texts(max(0, position - 3), position))
        for position, (before, word) in enumerate(pairwise(said.words))
    )


def answer_job_offer(said: Said, text: str) -> Reading:
    """Read the reply to "Do you have a signed offer?"; an unsigned or verbal one is none yet."""
    stated = {each.value for each in find(said)}
    if len(stated) == 1:
        return Reading(stated.pop())
    denied = any(each.value is False for each in polar_facts("job_offer", _REPLY, said))
    if denied and "^Q" not in said.texts():
        return Reading(False)
    return polar_reading("job_offer", _REPLY, said, text)
