"""Insurance, the way back, who comes along, and whether something might bar entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.company import FAMILY, with_those_meant
from bot.conversation.reading.cues import cued
from bot.conversation.reading.fact import Fact, Reading, fact
from bot.conversation.reading.patterns import Patterns
from bot.conversation.reading.polar import polar_facts, polar_reading
from bot.conversation.reading.said import Said

_INSURANCE = Patterns(
    yes="""
        i will|shall @adverb* buy|get|have|purchase|take ~* out? ~* insurance
        i am @adverb* going to buy|get|have|purchase|take ~* out? ~* insurance
        i plan|intend|want to buy|get|have|purchase|take ~* out? ~* insurance
        i @adverb* have a? return ticket and a? ~* insurance
        ^ have|got ~* insurance
        my insurance covers
        my ~? insurance is @adverb* booked|bought|arranged|sorted|paid
    """,
    no="""
        i|^|, will not @adverb* have|buy|get|take a|an|any? ~* insurance
        i do not plan|intend|want to buy|get|have|take|purchase a|an|any|the* ~* insurance
        i am not planning|going to? buy|get|have|take|purchase|on? buying|getting a|an|any|the* ~* \
            insurance
    """,
)
_RETURN = Patterns(
    yes="""
        i have @adverb* bought|booked|purchased a|my|the? ~? return ticket
        i will @adverb* buy|have|book|get|purchase a|my|the? ~? return ticket
        i am @adverb* going to buy|have|book|get|purchase a|my|the? ~? return ticket
        i @adverb* have a|an? ~* insurance and a|an? return ticket
        i have enough? money|funds for|to a|buy|my|the* return ticket
        my return ticket is
        ^ have|got a|my? return ticket
    """,
    no="""
        i do not @adverb* have a|any? return ticket and|or|nor ~* money|funds
    """,
)
_DEPENDANTS = Patterns(
    yes="""
        i am|will|would @adverb* bringing|taking|bring|take my|our NUM? ~? partner|kid
        my partner|kid and i are|will|want|plan to? be? @come
        it|we is|are|will|would be? me and|,|with|a|the|my|NUM|(my)* ~? partner|kid
        i want|plan|would|like to? like? to? bring|take my ~? partner|kid
    """,
    no="""
        i am|will|would|plan? be? to? @adverb* @come to CTRY alone|solo
        i am|will|would|plan? be? to? @adverb* @come on my own
        ^|, just|only me
        i do not have any? kid|dependant
        it is|will be? just|only me
    """,
)
_CONCERN = Patterns(
    yes="""
        i was|have @adverb* been? convicted|deported|arrested|jailed
        my ~? visa|eta|permit was refused|denied|rejected|cancelled
    """,
    no="""
        i have a clean ~* record
    """,
    neither="""
        i do not have
        my coop|iec|yp|wh|whv permit|visa was refused|denied|rejected|cancelled
    """,
)

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


# One who comes along is enough ("my wife comes, no kids"), so is one conviction, and money for the
# way back makes up for a ticket.
_OUTWEIGHS = {"dependants": True, "return_ticket": True, "admissibility_concern": True}


def from_clauses(clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Yield what clauses state in words of any order."""
    for field in _STATED:
        told = with_those_meant(clauses) if field == "dependants" else clauses
        facts = [
            *cued(field, told, _AGENTS.get(field, frozenset())),
            *_listed(field, told),
            *_given(field, told),
        ]
        later = list(_told_after(field, told))
        facts = [*facts, *later] if not later or field == "return_ticket" else later
        outweighs = _OUTWEIGHS.get(field)
        if any(each.value is outweighs for each in facts):
            facts = [each for each in facts if each.value is outweighs]
        if field != "admissibility_concern" or any(each.value for each in facts):
            yield from facts


def _told_after(field: str, clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Yield what a clause says of the thing before it: "no ticket home yet but money for one"."""
    telling = [clause for clause in clauses if not clause.words <= _ONLY_NO]
    for before, clause in pairwise(telling):
        things = _THINGS.get(field, frozenset())
        words = clause.words
        that = bool(_THAT & words) or any(word.value == 1 for word in clause.said.words)
        mine = About.SPEAKER in (clause.subject, clause.about)
        if things.isdisjoint(before.words) or (clause.about is About.SOMEBODY_ELSE and not mine):
            continue
        if (_OTHER_THINGS - things) & clause.words:
            continue
        if clause.words <= _ONLY_DONE and _DONE & clause.words and not _of_no_ticket(field, before):
            yield fact(field, not clause.denied, clause.said.words[1:-1])
            continue
        if not clause.denied and (
            (not _PROMISES.isdisjoint(words) and not _BUYS.isdisjoint(words))
            or (field == "return_ticket" and _MEANS & words and that)
        ):
            yield fact(field, True, clause.said.words[1:-1])
        elif clause.denied and _has_not(clause, before):
            yield fact(field, False, clause.said.words[1:-1])


_THINGS = {
    "insurance": frozenset({"insurance"}),
    "return_ticket": frozenset({"return", "back", "home"}),
}
_OTHER_THINGS = frozenset("insurance insured ticket return job visa permit offer contract".split())
_DONE = frozenset("bought booked paid sorted arranged done purchased secured ready".split())
_ONLY_DONE = _DONE | frozenset(
    "^ $ i have is are it that already all both also too fully now in advance up front sorted and"
    " just not yet".split()
)
_ONLY_NO = frozenset("^ $ no not yet nope nah now honestly".split())
_PROMISES = frozenset({"will", "going", "gonna"})
_BUYS = frozenset("buy get take purchase book sort arrange organise organize".split())
_MEANS = frozenset("money enough afford cash funds pay buy saved cover covers budget".split())
_THAT = frozenset("it one that this them any".split())
_VERBS = frozenset("have booked bought paid is will need want did do".split())


def _has_not(clause: Clause, before: Clause) -> bool:
    """Tell whether "I don't have one" or "haven't got round to it" is said of the thing before."""
    words = clause.words
    that = bool(_THAT & words) or any(word.value == 1 for word in clause.said.words)
    return {"have", "round", "it"} <= words or (
        "have" in words and that and not _VERBS & before.words
    )


def _given(field: str, clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Yield what parents and the like pay for: "mum pays the flight home"."""
    if field != "return_ticket":
        return
    for clause in clauses:
        words = clause.words
        way_back = {"home", "back", "return"} & words and _BOOKED & words
        of_their_own = clause.denied or {"her", "his", "their", "if"} & words
        if _PARENTS & words and _PAYS & words and way_back and not of_their_own:
            yield fact(field, True, clause.said.words[1:-1])


_PARENTS = frozenset("mum mom dad mother father parents folks they grandparents".split())
_PAYS = frozenset("pay pays paying paid cover covers sponsor sponsors gift gifted gave".split())


def _of_no_ticket(field: str, before: Clause) -> bool:
    """Tell whether a clause that names the way back names nothing that is booked or paid."""
    return field == "return_ticket" and not _BOOKED & before.words


_BOOKED = frozenset("ticket return fly flying flight plane airfare ways".split())


def _listed(field: str, clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Yield what is only named among other things that the speaker has or is."""
    for before, clause in pairwise(clauses):
        texts = [text for text in clause.texts[1:-1] if text not in _BEFORE_A_THING]
        goes_on = not _OWNS.isdisjoint(before.words) and before.about is About.SPEAKER
        goes_on = goes_on and not (before.denied or before.wished or clause.denied)
        if goes_on and texts[:2] in _GOES_ON_WITH.get(field, ()) and not _JUDGES & clause.words:
            yield fact(field, True, clause.said.words[1:-1])
    for clause in clauses if len(clauses) > 1 else ():
        further = clause.about is About.A_THING and not {"too", "also"}.isdisjoint(clause.words)
        mine = clause.about is About.SPEAKER or further
        bare = len(clause.texts) <= _LONGEST_ITEM and mine
        if not bare or clause.denied or clause.wished:
            continue
        named = clause.words - _SURROUNDINGS
        for value, items in _ITEMS.get(field, {}).items():
            if named in items:
                yield fact(field, value, clause.said.words[1:-1])


def _named(*rows: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row.split()) for row in rows)


_OWNS = frozenset("have booked bought dollar".split())
_BEFORE_A_THING = frozenset("a an the my i have also too open".split())
_JUDGES = frozenset("is are need needed cost costs how which required mandatory question".split())
_GOES_ON_WITH = {
    "return_ticket": (["return", "ticket"], ["ticket", "back"], ["ticket", "home"]),
}
_ITEMS = {
    "insurance": {True: _named("insurance")},
    "return_ticket": {
        True: _named("return ticket", "ticket both ways", "ticket home"),
        False: _named("oneway ticket", "ticket oneway only", "oneway ticket only"),
    },
    "admissibility_concern": {
        True: _named("epilepsy", "epileptic", "crohns", "crohn 's", "hiv", "hiv positive", "cancer")
    },
    "dependants": {False: _named("alone", "solo", "just me", "only me", "solo person")},
}
_SURROUNDINGS = frozenset(
    "^ $ a an the my i am have got all still with health travel medical full private too also"
    " already open contract policy certificate as well of course".split()
)
_LONGEST_ITEM = 8


_AGENTS = {"dependants": FAMILY}


def find(said: Said) -> Iterator[Fact]:
    """Yield what the speaker states; a clean record alone does not settle admissibility."""
    for field, patterns in _STATED.items():
        for each in polar_facts(field, patterns, said):
            if field != "admissibility_concern" or each.value:
                yield each


def answer_settling(field: str, said: Said, text: str) -> Reading:
    """Read the reply to the yes/no question on `field`."""
    stated = {each.value for each in polar_facts(field, _STATED[field], said)}
    if len(stated) == 1:
        return Reading(stated.pop())
    return polar_reading(field, _REPLIES[field], said, text)
