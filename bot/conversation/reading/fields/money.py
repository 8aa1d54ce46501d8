"""Amounts of money in Canadian dollars.

A bare amount and "dollars" are Canadian. Another currency is not converted: rates are no facts of
ours.
"At least" and spans give the lower end, which is safe against a minimum; "up to" gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import NOTHING, UNKNOWN, Fact, Reading, fact
from bot.conversation.reading.fields.currencies import (
    currency,
    foreign,
    foreign_currency,
    is_canadian,
    names_the_currency,
)
from bot.conversation.reading.fields.yes_no import is_unknown, yes_or_no
from bot.conversation.reading.people_at_hand import says_who_comes
from bot.conversation.reading.words.patterns import Patterns
from bot.conversation.reading.words.said import Said

LARGEST = 10_000_000

_SELF = Patterns(
    saved="""
        i @adverb* have|saved @adverb* saved|around|about|at|least|over|more|than|up|\
            approximately|roughly|a|total|of|,* $|c|ca|cad|can|dollar* NUM
        i can|could show|prove|bring around|about|at|least|dollar|¤* NUM
    """
)
_NEAR = 6
_TOO_VAGUE = frozenset(
    "less under below max maximum maybe per every monthly weekly hour month week".split()
)
_ENOUGH = frozenset("enough plenty lots lot sufficient much some little".split())
_NOTHING_AT_ALL = frozenset("broke nothing zero none".split())
_NOT_MONEY = frozenset(
    {"year", "month", "week", "day", "days", "old", "CTRY", "kid", "percent", "%"}
)


def find(said: Said) -> Iterator[Fact]:
    """Yield the Canadian dollars that the speaker has; a bare number, unsaved, is no money."""
    for match in _SELF.find(said.doc):
        position = match.end - 1
        while said.words[position].text != "NUM":
            position -= 1
        sure = (
            currency(said, position) == "CAD"
            or "saved" in said.texts(match.start, position + 3)
            or {"bank", "account"} & set(said.texts(position, position + 5))
            or "funds" in said.texts(match.start, position)
        )
        amount = float(said.words[position].value)
        up_to = said.texts(position - 2, position) == ["up", "to"]
        priced = {"for", "of"} & set(
            said.texts(position + 1, position + 3)
        ) and "saved" not in said.texts(match.start, position + 3)
        if (
            sure
            and not up_to
            and not priced
            and not foreign(said, position)
            and not any(map(foreign_currency, said.words[match.end : match.end + _NEAR]))
            and 0 <= amount <= LARGEST
        ):
            yield fact("funds_cad", int(amount), said.words[match.start : position + 1])


_PRICED = frozenset(
    "had cost costs costing rent paid pay pays earn earns earning earned salary wage fee fees"
    " price need needs needed per monthly weekly hourly hour spend spent spending owe debt loan"
    " under less below offered tuition deposit required require minimum must show proof send sent"
    " sell worth bonus tax taxes offer job contract employer internship ticket insurance if"
    " whether enough each maximum max goal target aim lot much lends lend lent lost lose without"
    " limit".split()
)
_AFTER_A_PRICE = frozenset({"a", "per", "every", "each", "/", "an"})
_GIVES = frozenset("gave give gives giving gifted transferred left".split())
_SET_ASIDE = frozenset("aside start trip ready available kept".split())
_OF_MINE = frozenset("my our account bank saved".split())


def from_clauses(clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Yield the Canadian dollars that a clause names, when nothing says that they are a price."""
    for before, clause, after in zip((None, *clauses), clauses, (*clauses[1:], None), strict=False):
        words = clause.words
        if "NUM" not in words:
            continue
        given = bool(_GIVES & words) and "me" in words
        mine = clause.subject is About.SPEAKER or given
        mine = mine or (clause.subject is About.A_THING and bool(_OF_MINE & words))
        mine = mine or (clause.texts[1] == "there" and bool(_SET_ASIDE & words))
        mine = mine or _goes_on(before, clause) or _is_shared(before, clause)
        if not mine or _is_wished(clause) or clause.denied or _is_a_price(clause):
            continue
        numbers = _amounts_at(clause.said)
        if len(numbers) > 1:
            numbers = [each for each in numbers if not foreign(clause.said, each)]
        if not (len(numbers) == 1 or _is_one_span(clause.said, numbers)):
            continue
        named = is_canadian(clause.said, numbers[-1]) or (
            numbers[-1] == len(clause.texts) - 2 and names_the_currency(after)
        )
        if not named or _up_to(clause.texts):
            continue
        amount = _amount(clause.said, numbers).value
        if isinstance(amount, int) and amount >= _LEAST_SAVED:
            yield fact("funds_cad", amount, [clause.said.words[numbers[0]]])


def _is_wished(clause: Clause) -> bool:
    """Tell whether the money is only wished for: not in "4k when I land", "7k waiting for this"."""
    if not clause.wished:
        return False
    number = clause.texts.index("NUM") if "NUM" in clause.texts else len(clause.texts)
    after = not {"when", "waiting"}.isdisjoint(clause.texts[number:])
    return not after or clause.wishes_before(number)


def _goes_on(before: Clause | None, clause: Clause) -> bool:
    """Tell whether a clause says of the money named before how much "it" is."""
    if before is None or before.about is About.SOMEBODY_ELSE or clause.about is not About.A_THING:
        return False
    return clause.texts[1] in ("it", "that", "this") and bool(_MONEY & before.words)


def _is_shared(before: Clause | None, clause: Clause) -> bool:
    """Tell whether a bare amount follows on who comes along: "hubby comes too, 7000 cad"."""
    accompanied = before is not None and says_who_comes(before.said.words[1:-1])
    return accompanied and clause.words <= _BARE


_BARE = frozenset("^ $ NUM dollar saved in cash savings funds money bank DEM and with".split())
_MONEY = frozenset("money saved funds budget account bank balance cash".split())
_LEAST_SAVED = 100
"""Less is a wage or a price rather than what somebody brings."""


def _is_a_price(clause: Clause) -> bool:
    priced = _PRICED & clause.words
    if {"bank", "account", "saved"} & clause.words:
        priced -= {"job", "show", "proof", "ticket", "minimum"}
    if {"is", "there"} <= clause.words:
        priced -= {"minimum"}
    if {"can", "i"} <= clause.words:
        priced -= {"show"}
    if {"available", "ready"} & clause.words:
        priced -= {"minimum", "least"}
    if "from" in clause.words:
        priced -= {"job"}
    if clause.texts[1] == "proof" or {"i", "have"} <= clause.words:
        priced -= {"proof"}
    if ("have", "to") in pairwise(clause.texts):
        return True
    return bool(priced) or any(
        before in _AFTER_A_PRICE and after in ("month", "week", "year", "day", "hour")
        for before, after in pairwise(clause.texts)
    )


def _amounts_at(said: Said) -> list[int]:
    """Return where numbers stand, but for those that count months, years or people."""
    return [
        i
        for i, word in enumerate(said.words)
        if word.text == "NUM" and said.words[i + 1].text not in _NOT_MONEY - {"CTRY"}
    ]


def _is_one_span(said: Said, numbers: Sequence[int]) -> bool:
    """Tell whether two numbers are ends of a span: "3000 to 4000", "3 or 4k"."""
    return len(numbers) == 2 and said.words[numbers[0] + 1].text in ("to", "or", "till", "until")


def answer_funds(said: Said, text: str) -> Reading:
    """Read the reply to "How much money will you have, in Canadian dollars?"."""
    if is_unknown(text):
        return Reading(UNKNOWN)
    texts = said.texts()
    numbers = [
        i
        for i, word in enumerate(said.words)
        if word.text == "NUM" and texts[i - 1] not in ("not", "said")
    ]
    if "^Q" in texts:
        return NOTHING
    if not numbers:
        return _without_a_number(said, text)
    if len(numbers) == 1 and texts[numbers[0] + 1] in _NOT_MONEY - {"month", "week"}:
        return NOTHING
    if any(foreign(said, position) for position in numbers):
        return Reading(problem="currency_not_cad")
    if _TOO_VAGUE & set(texts) or _up_to(texts):
        return Reading(problem="amount_not_clear")
    return _amount(said, numbers)


def _amount(said: Said, numbers: list[int]) -> Reading:
    amounts = [float(said.words[position].value) for position in numbers]
    if len(amounts) == 2 and amounts[0] < 100 and amounts[1] >= 1000 and "to" in said.texts():
        amounts[0] *= 1000
    if len(amounts) > 2 or (len(amounts) == 2 and not _is_span(said)):
        return Reading(problem="amount_not_clear")
    amount = min(amounts)
    if not 0 <= amount <= LARGEST:
        return Reading(problem="amount_out_of_range")
    return Reading(int(amount))


def _is_span(said: Said) -> bool:
    return bool({"to", "and", "or"} & set(said.texts()))


def _up_to(texts: list[str]) -> bool:
    return any(texts[i : i + 2] == ["up", "to"] for i in range(len(texts)))


def _without_a_number(said: Said, text: str) -> Reading:
    words = set(said.texts())
    if _NOTHING_AT_ALL & words and "business" not in words and len(said.words) <= 6:
        return Reading(0)
    named = any(foreign_currency(word) for word in said.words)
    if named:
        return Reading(problem="currency_not_cad")
    about_money = _ENOUGH & words or yes_or_no(text) is not None or "thousand" in words
    return Reading(problem="amount_needed") if about_money and len(said.words) <= 14 else NOTHING
