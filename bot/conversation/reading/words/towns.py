"""Telling a town from a word or a first name that is spelt alike: "in Nice", "I'm Sofia"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.reading.words.word import Word

_BEFORE = frozenset(
    "in en em at from near around outside to frm live lives living reside resides residing based"
    " inside downtown central of residence north south east west @".split()
)
_PERHAPS_BEFORE = frozenset({"a", "i", "v", "is"})
BEFORE_A_TOWN = _BEFORE | _PERHAPS_BEFORE
"""Every word that `may_follow` takes for the last before a town."""
_HOMES = frozenset({"home", "residence", "city", "town"})
_LIVES = frozenset("live living habite vis bor bo bydlim zijem".split())
_MARKS = frozenset("mark end".split())
_ALSO_WORDS = frozenset(
    "nice reading bath split tours bled como swords chester essen phoenix angers hull mayo".split()
)
_IN = frozenset("in near from outside around".split())
_AFTER_A_TOWN = frozenset(
    "and but for since now with as so right atm rn currently at where who working because i am"
    " im though by the".split()
)


def is_expected(before: Sequence[Word], name: Sequence[Word], after: Sequence[Word]) -> bool:
    """Tell whether a town is meant by a `name` that stands between `before` and `after`."""
    if len(name) == 1 and name[0].text in _ALSO_WORDS:
        ends = not after or after[0].kind in _MARKS or after[0].text in _AFTER_A_TOWN
        return bool(before) and before[-1].text in _IN and ends
    return may_follow([word.text for word in before[-6:]])


def may_follow(before: Sequence[str]) -> bool:
    """Tell whether a town may follow the words `before`, of which six are enough."""
    if not before or before[-1] not in _PERHAPS_BEFORE:
        return bool(before) and before[-1] in _BEFORE
    if before[-1] == "is":
        return not _HOMES.isdisjoint(before[-6:-1])
    return len(before) > 1 and before[-2] in _LIVES
