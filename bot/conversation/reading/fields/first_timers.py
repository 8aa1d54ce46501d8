"""Who never took part in IEC, or is about to for the first time."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date

from bot.conversation.reading.clauses import Clause
from bot.conversation.reading.fields.participation_entries import years_named

_NAMED = frozenset("iec whv wh pvt young yp jp coop participation participations".split())
_EVER = frozenset(
    "done had been did participated experience prior previous before past far ever permit permits"
    " used tried participation participations earlier held applied history until anything".split()
)
_NONE = frozenset("never none nothing nonexistent nil".split())
_BEFORE_SOMETHING = frozenset(f"before_{word}" for word in "the my i a an any".split())
_USED_YET = frozenset("used done did had held participated tried no_iec".split())
_OPEN = frozenset(
    "interested want know understand sure heard only invited selected yet decide problem problems"
    " issue issues trouble ORD second next into".split()
)
_HELD = frozenset("poe letter invitation ita permit there".split())
CHOSEN = frozenset(
    "selected invited drawn accepted applied apply asked poe invitation ita pool profile tried"
    " application request enrolled".split()
)
"""Words of an application that was made, which alone is no stay."""
_FIRST = frozenset({"first", "1st", "ORD", "debut"})
_GOES = frozenset(
    "debut participant time timer timers iec participation application applicant attempt permit"
    " one try round go".split()
)
_NEW = frozenset("newbie virgin newcomer noob rookie novice new beginner".split())
_NEW_THINGS = frozenset("rules website account year season zealand want a1 passport pool".split())
_GOES_OF_IEC = frozenset(
    "apply applying applicant participant program permit timer timers application".split()
)
_PAST = frozenset("was were had did done ago ended last got have finished".split())
_IF = frozenset({"if", "when", "whether", "job", "visit", "trip"})


def is_named(clause: Clause) -> bool:
    """Tell whether a clause names a stay under IEC, its permit or an organization of it."""
    words = clause.words
    return names_a_kind(clause.words) or {"work", "permit"} <= words or "ro_name" in words


def names_a_kind(words: Set[str]) -> bool:
    """Tell whether words name IEC or a category of it."""
    return bool(_NAMED & words) or {"working", "holiday"} <= words


def says_never(clause: Clause, following: Sequence[Clause], today: date) -> bool:
    """Tell whether a clause denies any participation: "never had an IEC permit before"."""
    words, stems = clause.words, clause.stems
    ever = _EVER & words
    if not _BEFORE_SOMETHING.isdisjoint(stems):
        ever -= {"before"}
    bare = "no_iec" in stems and len(clause.texts) <= _LONGEST_BARE_DENIAL
    denies = (
        bare
        or "zero" in stems
        or bool(_NONE & words)
        or bool({"no", "not", "neither", "without"} & words and ever)
    )
    is_open = _OPEN & words - ({"yet"} if _USED_YET & stems else set())
    not_now = {"this_year", "have_time", "or_nothing"} & stems
    if not denies or is_open or not_now or years_named(clause.said, today):
        return False
    beside = bool((_HELD | CHOSEN) & words) and any(map(is_named, following))
    permits = bool({"permit", "permits"} & words and ever - {"permit", "permits"})
    drawn = "pool" in words and not _DRAWN.isdisjoint(words)
    return is_named(clause) or beside or permits or drawn


_LONGEST_BARE_DENIAL = 7
_DRAWN = frozenset("picked drawn selected invited chosen out".split())


def is_a_first(clause: Clause, today: date) -> bool:
    """Tell whether a clause says that this is the first time: "my very first IEC"."""
    words = clause.words
    first = any(
        word.text in _FIRST and (word.text != "ORD" or word.value == 1)
        for word in clause.said.words
    )
    new = bool(_NEW & words) and not (_NEW_THINGS | _IF) & words and names_a_kind(clause.words)
    if new and not years_named(clause.said, today):
        return True
    if not first or (_PAST | _IF) & words or years_named(clause.said, today):
        return False
    if clause.texts[-2] in _FIRST:
        return False
    return bool(_GOES & words) and (is_named(clause) or bool(_GOES_OF_IEC & words))
