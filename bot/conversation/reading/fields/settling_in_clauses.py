"""Insurance, the way back, company and bars to entry, told in any order of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.cues import cued
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.fields.company import with_those_meant
from bot.conversation.reading.people_at_hand import FAMILY, says_who_comes

_FIELDS = ("insurance", "return_ticket", "dependants", "admissibility_concern")

# One who comes along is enough ("my wife comes, no kids"), so is one conviction, and money for the
# way back makes up for a ticket.
_OUTWEIGHS = {"dependants": True, "return_ticket": True, "admissibility_concern": True}


def from_clauses(clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Yield what clauses state in words of any order."""
    for field in _FIELDS:
        told = _of_company(clauses) if field == "dependants" else clauses
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


def _of_company(clauses: Sequence[Clause]) -> list[Clause]:
    """Return what is told of who comes; "no kids" says nothing where there is a spouse."""
    told = with_those_meant(clauses)
    if not any(
        {"partner", "married", "girlfriend"} & each.words and not each.denied for each in told
    ):
        return told
    return [each for each in told if not (each.denied and FAMILY & each.words == {"kid"})]


def _told_after(field: str, clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Yield what a clause says of the thing before it: "no ticket home yet but money for one"."""
    if field not in _THINGS:
        return
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
        if clause.words <= _ONLY_DID and {"i", "did"} <= words and _BUYS & before.words:
            yield fact(field, not clause.denied, clause.said.words[1:-1])
            continue
        if clause.words <= _ONLY_DONE and _DONE & clause.words and not _of_no_ticket(field, before):
            yield fact(field, not clause.denied, clause.said.words[1:-1])
            continue
        if not clause.denied and (
            (_PROMISES & words and _BUYS & words and not _IN_DOUBT & words)
            or (field == "return_ticket" and _MEANS & words and that)
        ):
            yield fact(field, True, clause.said.words[1:-1])
        elif _goes_without(clause, before):
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
_ONLY_DID = frozenset("^ $ i did so it that which already not".split())
_ONLY_NO = frozenset("^ $ no not yet nope nah now honestly".split())
_IN_DOUBT = frozenset("if maybe perhaps probably might".split())
_PROMISES = frozenset({"will", "going", "gonna"})
_BUYS = frozenset("buy get take purchase book sort arrange organise organize".split())
_MEANS = frozenset("money enough afford cash funds pay buy saved cover covers budget aside".split())
_SKIPS = frozenset("skip skipping skipped ditch ditching".split())
_THAT = frozenset("it one that this them any".split())
_VERBS = frozenset("have booked bought paid is will need want did do".split())


def _goes_without(clause: Clause, before: Clause) -> bool:
    """Tell whether "I don't have one", "I skip it" or the like is said of the thing before."""
    words = clause.words
    that = bool(_THAT & words) or any(word.value == 1 for word in clause.said.words)
    if not clause.denied:
        return that and bool(_SKIPS & words)
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
_PAYS = frozenset(
    "pay pays paying paid cover covers sponsor sponsors gift gifted gave shout shouts shouting"
    " lend lends lent give gives giving".split()
)


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
        insured = field == "insurance" and "insurance" in texts[:2] and texts[0] in _INSURES
        if goes_on and insured and _NO_INSURANCE.isdisjoint(clause.words | before.words):
            yield fact(field, True, clause.said.words[1:-1])
        if goes_on and texts[:2] in _GOES_ON_WITH.get(field, ()) and not _JUDGES & clause.words:
            yield fact(field, True, clause.said.words[1:-1])
    if field == "dependants":
        for clause in clauses:
            if _COMES & clause.words and says_who_comes(clause.said.words[1:-1]):
                yield fact(field, True, clause.said.words[1:-1])
    needed = False
    for clause in clauses if len(clauses) > 1 else ():
        listed = len(clause.texts) <= _LONGEST_ITEM
        needed_before, needed = needed, (needed and listed) or bool(_NEEDED & clause.words)
        if needed_before and listed:
            continue
        further = clause.about is About.A_THING and not {"too", "also"}.isdisjoint(clause.words)
        mine = clause.about is About.SPEAKER or further
        if not (listed and mine) or clause.denied or clause.wished:
            continue
        named = clause.words - _SURROUNDINGS
        for value, items in _ITEMS.get(field, {}).items():
            if named in items:
                yield fact(field, value, clause.said.words[1:-1])


def _named(*rows: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row.split()) for row in rows)


_OWNS = frozenset("have booked bought dollar".split())
_BEFORE_A_THING = frozenset("a an the my i have also too open".split())
_INSURES = frozenset("insurance health travel medical private full valid".split())
_NO_INSURANCE = frozenset(
    "experience job work company broker agent question questions no need quote to offer".split()
) | {"is", "are", "cost", "costs", "how", "which", "about"}
_NEEDED = frozenset("need needs needed require required mandatory must".split())
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
    " already open there contract policy certificate as well of course".split()
)
_LONGEST_ITEM = 8
_COMES = frozenset("come comes coming join joins joining tag".split())


_AGENTS = {"dependants": FAMILY | {"girlfriend"}}
