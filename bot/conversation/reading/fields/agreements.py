"""What is offered, signed or confirmed besides work: flats, loans, trips, forms, references."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.reading.clauses import Clause

_OF_OTHER_THINGS = frozenset(
    # homes
    "lease tenancy rental rent renting landlord landlady sublet airbnb booking deposit"
    # what one buys
    " loan mortgage discount voucher subscription gym internet promo sale coupon"
    " fibre fiber sim tariff mobile wifi broadband vodafone telekom orange o2 movistar telia"
    " bouygues sfr swisscom airtel verizon telefonica hardware laptop credit interest overdraft"
    # papers
    " form forms consent reference recommendation nda petition waiver cheque divorce marriage"
    " wedding newsletter privacy"
    # other partners
    " publisher tenant broker dealer"
    # schools
    " course degree scholarship exchange enrolment enrollment admission membership".split()
)
_BENEFITS = frozenset(
    "apartment flat room accommodation housing ticket flight flights phone car bike".split()
)
"""What an employer may give, too."""
_GIVEN_TOO = frozenset("including includes included include plus with board staff provided".split())
_OF_WORK = frozenset(
    "job work internship coop position employer hire hired season salary wage".split()
)
_HOMES = frozenset("flat apartment house van car".split())
_CONTRACT_ALONE = frozenset(
    "^ $ contract signed is already the i have deposit paid too and".split()
)
_AGREED = frozenset(
    "signed offer offered contract confirmed accepted sent paid booked gave".split()
)
_EARNED = frozenset(
    "hour hours hourly wage wages salary pay pays paid earn gross net brutto have saved savings"
    " funds insurance".split()
)
_ANOTHERS_LETTER = frozenset("reference recommendation consent form nda".split())
_OF_ONES_STUDIES = frozenset(
    "university school study related match matches fits relevant mandatory require my".split()
)


def is_of_something_else(clause: Clause) -> bool:
    """Tell whether a clause names what is not work: "signed the lease", "offered me a discount"."""
    words = clause.words | {word.raw.casefold() for word in clause.said.words}
    named = words & _OF_OTHER_THINGS
    if words.isdisjoint(_GIVEN_TOO):
        named |= words & _BENEFITS
    if not named or (named <= {"degree"} and words & _OF_ONES_STUDIES):
        return False
    return not words & _OF_WORK or not named.isdisjoint(_ANOTHERS_LETTER)


def _is_priced(clause: Clause) -> bool:
    """Tell whether a clause names what one pays each month, abroad: "30 euro a month"."""
    return bool({"euro", "pound"} & clause.words) and not _EARNED & clause.words


def of_work(pieces: Sequence[Clause]) -> list[Clause]:
    """Return the clauses that are not of something else, nor go on with it ("..., signed")."""
    kept: list[Clause] = []
    agreed_on = homes = False
    for clause in pieces:
        of_a_home = homes and not clause.words - _CONTRACT_ALONE
        homes = not _HOMES.isdisjoint(clause.words) and clause.words.isdisjoint(_GIVEN_TOO)
        goes_on = of_a_home or (
            agreed_on and (_OF_WORK | {"offer", "contract"}).isdisjoint(clause.words)
        )
        named = is_of_something_else(clause) or _is_priced(clause)
        if _is_priced(clause) and kept and not kept[-1].words & _OF_WORK:
            kept.pop()
        of_something_else = named or goes_on
        agreed_on = goes_on or (named and not _AGREED.isdisjoint(clause.words))
        if not of_something_else:
            kept.append(clause)
    return kept


def clause_at(pieces: Sequence[Clause], start: int) -> Clause | None:
    """Return the clause in which the character at `start` stands."""
    return next((c for c in pieces if c.said.words[0].start <= start < c.said.words[-1].end), None)
