"""Where a clause says that the speaker lives, whatever stands between the verb and the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise

from bot.conversation.reading.clauses import Clause
from bot.conversation.reading.fact import Fact, fact

_IN = frozenset("in at near outside around".split())
_HOME_IS = (
    ["resident", "of"],
    ["home", "is"],
    ["residence", "is"],
    ["me", "is"],
    ["base", "is"],
    ["close", "to"],
    ["next", "to"],
    ["out", "of"],
    ["home", "'s"],
)
_LEADS_ELSEWHERE = frozenset("on with for from to and as".split())
_BETWEEN = frozenset(
    "the north northern south southern east eastern west western central of middle heart"
    " centre city town village region suburbs outskirts".split()
)
HOMES = frozenset(
    "living live lives lived stay staying stays residence resident residency home house address"
    " apartment flat settled renting rent rents flatshare flatsharing roommates housemates"
    " flatmates room studio couch couchsurfing subletting"
    " flatting sleep stranded"
    " crashing camping camped hanging chilling stuck posted stationed lodger"
    " established gaff pad digs crib tenant household homebase base raising".split()
)
"""Words after which a place is where one lives."""
_NOT_HOMES = frozenset(
    "study studies studied studying degree university school visit visiting visited holiday trip"
    " job offer contract work working worked employer internship born raised grew graduated"
    " from wedding land landed office".split()
)
"""Words after which a place is something else."""
_PERSON = frozenset(
    "refugee expat immigrant migrant"
    " DEM NUM person year old student citizen graduate am i we are".split()
)
_NOW = frozenset("since now currently nowadays atm present back here again already still".split())
_STILL = frozenset("nowadays currently still".split())
_NOT_A_HOME_NOW = frozenset(
    "letting used dream was were will would going moving move hope want wish plan planning if not"
    " never no until once previously formerly ex love like fancy prefer can could should"
    " might may".split()
)
_SAYS_WHAT_IT_IS = frozenset({"is", "would", "was", "sounds", "must"})
_CALLS = frozenset("is 's still my now nowadays currently".split())
_JUST_NOW: tuple[list[str], ...] = ([], ["currently"], ["now"], ["now", "in"], ["still"])
_FOR_NOW = (["for"], ["at", "the", "moment"], ["for", "the", "moment"], ["currently"], ["atm"])
_MOVES_ONESELF = frozenset({"i", "we"})
_MOVED_LATELY = frozenset("just recently have now then lately".split())
_OWN_HOME = frozenset("my our share sharing".split())
_ALSO_OF_WORK = frozenset("studio room house apartment flat hanging camping posted address".split())
_MOVED = frozenset("moved relocated emigrated immigrated resettled".split())
_SHORT_STAY = frozenset(
    "week days day holiday trip visit travelling tourist vacation weekend".split()
)
_GOES_ON_LIVING = frozenset({"now", "currently", "since", "on"})
_LIVES = frozenset(
    "live living lives lived stay staying resident residence moved relocated am".split()
)
_NAMES = frozenset({"CTRY", "PLACE"})
_POINTS = frozenset({"there", "here"})
_PAST = frozenset({"lived", "was", "were", "used"})
_LATER = frozenset("MONTH DATE NUM next summer winter spring autumn january".split())


def lives_there(texts: Sequence[str]) -> bool:
    if any(verb in HOMES and place in _POINTS for verb, place in pairwise(texts)):
        return _PAST.isdisjoint(texts)
    if "where" not in texts:
        return False
    after = texts[texts.index("where") :]
    return (
        bool({"i", "we"} & set(after))
        and not HOMES.isdisjoint(after)
        and _NOT_A_HOME_NOW.isdisjoint(after)
    )


def residence(clause: Clause, *, described: bool, portrayed: bool) -> Iterator[Fact]:
    """Yield where the speaker lives.

    Args:
        clause: what is read.
        described: whether other clauses are about the speaker.
        portrayed: whether one of these tells who they are, as an age or a people.
    """
    texts = clause.texts
    for position, word in enumerate(clause.said.words):
        if word.text not in _NAMES or texts[position + 1] in _NAMES:
            continue
        if clause.wishes_before(position) or _NOT_A_HOME_NOW & set(texts[:position]):
            continue
        if texts[position + 1] == "from" and texts[position + 2] in _LATER:
            continue
        start = _preposition(texts, position)
        if portrayed and texts[1:position] in _JUST_NOW:
            rest = texts[position + 1 : -1]
            start_of_now = rest in _FOR_NOW or (position > 1 and not rest)
            if start_of_now and word.value != "CA":
                yield fact("residence", word.value, [word])
                continue
        at_home = texts[position - 1] in ("living", "live") or (
            texts[position + 1] == "living"
            and (clause.said.words[position + 1].raw == "based" or texts[position + 2] == "$")
        )
        if _is_called_home(texts[position + 1 :]):
            at_home = True
        if texts[position - 2 : position] in (["live", "on"], ["living", "on"]):
            at_home = True
        if texts[position - 1] == "to" and _MOVED & set(texts[:position]):
            own = texts[1] in _MOVED | _MOVED_LATELY or _MOVES_ONESELF & set(texts[:position])
            at_home = bool(own) and not (_NOT_HOMES | {"when"}) & set(texts[:position])
        if not at_home and start is not None:
            at_home = _is_home(texts, start, position, described=described)
        if word.value == "CA" and _LIVES.isdisjoint(texts[:position]):
            continue
        if at_home:
            yield fact("residence", word.value, [word])


def _preposition(texts: Sequence[str], position: int) -> int | None:
    """Return where "in" stands before a place, with at most a town or "the" between."""
    for start in range(position - 1, max(0, position - 5), -1):
        if texts[start] in _IN or texts[start - 1 : start + 1] in _HOME_IS:
            return start
        between = start == position - 1 and texts[start] not in _LEADS_ELSEWHERE
        if texts[start] not in _BETWEEN | _NAMES and not between:
            return None
    return None


def _is_called_home(after: Sequence[str]) -> bool:
    """Tell whether "is home" or "my home these days" follows a place, but not "is home to"."""
    rest = list(dropwhile(_CALLS.__contains__, after))
    return after[0] in _CALLS and rest[:1] == ["home"] and rest[1] != "to"


def _is_home(texts: Sequence[str], start: int, position: int, *, described: bool) -> bool:
    before, after = set(texts[1:start]), set(texts[position + 1 : -1])
    if texts[position + 1] in _SAYS_WHAT_IT_IS:
        return False
    for governor in reversed(texts[1:start]):
        if governor in _NAMES:
            return False
        own_home = not before - {governor, "a", "i", "have"} or _OWN_HOME & before
        if governor in _ALSO_OF_WORK and (_NOT_HOMES & before or not own_home):
            continue
        if governor in HOMES:
            return governor != "lived"
        if governor in _NOT_HOMES:
            return False
    if _SHORT_STAY & after:
        return False
    if "am" in before and before <= {"i", "am"} | _NOW:
        return True
    if described and (
        (before <= _NOW and _STILL & before) or (before <= {"back"} and _NOW & after)
    ):
        return True
    if texts[start - 1] == "here":
        return True
    stays = not after or texts[position + 1] in _GOES_ON_LIVING
    return bool(before & {"DEM", "person"}) and before <= _PERSON | {"a", "an"} and stays
