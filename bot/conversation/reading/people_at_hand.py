"""People who are had, hired or asked about: "our intern", "we hire a French cook".

A word such as "intern" is somebody else only if they are; alone it is what the speaker is.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.reading.words.word import Word

BESIDE = frozenset(
    "at with through via by from to told tell telling asked ask asking called emailed messaged"
    " phoned contacted thank thanks".split()
)
"""Before somebody who is only beside the person spoken of: "living with my parents"."""

# Who else is somebody only if they are had or owned: "our intern", not "intern, 23, Italian".
_AT_HAND = frozenset(
    "hire recruit candidate newcomer starter newbie intern teacher worker employee"
    " trainee apprentice agent landlord landlady lawyer"
    " doctor coach trainer manager neighbor customer guest recruiter tutor professor instructor"
    " lodger supervisor consultant nanny assistant volunteer therapist dentist neighbour".split()
)
_ADDRESSED = frozenset("mate mates buddy pal".split())
_HAD = frozenset("my our his her their the".split())
_OF_A_FRIEND = _HAD | {"a", "an", "with", "s", "'s", "best", "and"}
_WANT_TO_KNOW = frozenset(
    "need want wanted asked insist ask recommended recommend suggested suggest mentioned".split()
)
_HIRES = frozenset("hire hiring recruit recruiting employ employing sponsor".split())
_HAVING = frozenset("have has know met hire hired hosting train got".split())


def words_before(piece: Sequence[Word], position: int) -> set[str]:
    """Return the two words before somebody, how many and of which people left out."""
    end = position
    while end and piece[end - 1].text in ("NUM", "DEM"):
        end -= 1
    return {each.text for each in piece[max(0, end - 2) : position]}


def is_addressed(piece: Sequence[Word], position: int) -> bool:
    """Tell whether somebody is only spoken to at the end: "no worries mate"."""
    if piece[position].raw.casefold() not in _ADDRESSED or position + 1 < len(piece):
        return False
    return not _OF_A_FRIEND & words_before(piece, position)


def wants_to_know(piece: Sequence[Word], position: int) -> bool:
    """Tell whether "you" at `position` only asks: "since you insist"."""
    return _next(piece, position) in _WANT_TO_KNOW


def is_at_hand(piece: Sequence[Word], position: int) -> bool:
    """Tell whether somebody is had or to be hired at `position`: "my agent", "hire a cook"."""
    word = piece[position]
    if word.text in _HIRES and _next(piece, position) in ("a", "an", "DEM", "CTRY"):
        return True
    if word.raw.casefold() not in _AT_HAND:
        return False
    before = [each.text for each in piece[:position]]
    near = set(before[-3:])
    if {"am", "as"} & near or BESIDE & near:
        return False
    return bool(_HAD & near) or bool({"a", "an"} & near and _HAVING & set(before))


FAMILY = frozenset({"kid", "partner"})
_COMES_ALONG = frozenset(
    "my our the is are will come comes coming join joins joining along with me us too also as well"
    " together travelling travel flying going moving tag tagging obviously of_course NUM".split()
)
_DESCRIBES = frozenset("DEM year old person student works is was years".split())
_PRESENTS = frozenset("NUM DEM dollar saved student m f a an in cash".split())


def says_who_comes(piece: Sequence[Word]) -> bool:
    """Tell whether words only say that a partner or child comes: "my wife comes too"."""
    family = [word for word in piece if word.text in FAMILY]
    return bool(family) and all(
        word.text in _COMES_ALONG for word in piece if word.text not in FAMILY
    )


def describes_somebody(piece: Sequence[Word]) -> bool:
    """Tell whether words may go on to describe the one named before: "31, a Czech nurse"."""
    texts = {word.text for word in piece}
    return not _DESCRIBES.isdisjoint(texts) or ("NUM" in texts and "dollar" not in texts)


def presents_itself(piece: Sequence[Word]) -> bool:
    """Tell whether "here" at the end presents the speaker: "Danish here", "4000 CAD here"."""
    told = piece[:-1]
    return bool(told) and all(word.text in _PRESENTS for word in told)


def _next(piece: Sequence[Word], position: int) -> str:
    return piece[position + 1].text if position + 1 < len(piece) else ""
