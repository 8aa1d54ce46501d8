"""What a country or town is to the speaker: where they belong, where they live, or neither.

The word that governs it tells: "in Athens" depends on "living", "visiting" or "a job" somewhere
before it, whatever stands between. Read where the patterns of `nationalities` and `residences`
found nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.grammar import FUNCTION_WORDS
from bot.conversation.reading.nationalities import (
    GIVEN_NAMES,
    NOT_A_PERSON,
    is_not_held,
    is_unclear,
)
from bot.conversation.reading.other_countries import not_of_the_speaker
from bot.conversation.reading.said import Said
from bot.conversation.reading.trades import is_an_occupation
from bot.conversation.reading.word import Word

_NAMES = frozenset({"CTRY", "PLACE"})
_IN = frozenset("in at near outside around".split())
_SETTLEMENTS = frozenset("town village city place island countryside".split())
_HOME_IS = (["resident", "of"], ["home", "is"], ["residence", "is"], ["me", "is"], ["base", "is"])
_FURTHER = frozenset("second other another also".split())
_BETWEEN = frozenset("the north northern south southern east eastern west western central".split())
_HOMES = frozenset(
    "living live lives lived stay staying stays residence resident residency home house address"
    " apartment flat settled renting rent rents flatshare flatsharing roommates housemates"
    " flatmates room studio crashing camping camped hanging chilling stuck posted stationed lodger"
    " established gaff pad digs crib tenant household homebase base raising".split()
)
"""Words after which a place is where one lives."""
_NOT_HOMES = frozenset(
    "study studies studied studying degree university school visit visiting visited holiday trip"
    " job offer contract work working worked employer internship born raised grew graduated"
    " from wedding land landed".split()
)
"""Words after which a place is something else."""
_PERSON = frozenset("DEM NUM person year old student citizen graduate am i we are".split())
_NOW = frozenset("since now currently nowadays atm present back here again already still".split())
_NOT_A_HOME_NOW = frozenset(
    "used dream was were will would going moving move hope want wish plan planning if not never no"
    " until once previously formerly ex love like fancy prefer can could should might may".split()
)
_SAYS_WHAT_IT_IS = frozenset({"is", "would", "was", "sounds", "must"})
_OWN_HOME = frozenset("my our share sharing".split())
_ALSO_OF_WORK = frozenset("studio room house apartment flat hanging camping posted".split())
_MOVED = frozenset("moved relocated emigrated immigrated resettled".split())
_SHORT_STAY = frozenset("week days day holiday trip visit travelling tourist vacation".split())
_GOES_ON_LIVING = frozenset({"now", "currently", "since", "on"})
_STAYED_SINCE = frozenset({"since", "for", "already", "now"})
_NOT_NOW_HELD = frozenset(
    "lost lose gave given giving give renounced surrendered renounce former was were used half will"
    " going soon descent father born speak married refused expired".split()
)
_NO_ORIGIN = frozenset(
    "offer contract letter job employer internship work flying fly flight ticket visa permit"
    " deported removed expelled kicked sent banned refused barred thrown escaped fled invitation"
    " company friend moved moving money far back travelling coming returned".split()
)
_BEFORE_A_PERSON = frozenset("am are a an i we NUM year old as person".split())
_LONGEST_NOUN = 3
_ENDS_A_NOUN = FUNCTION_WORDS | {"keen", "looking", "living", "working", "travelling", "wanting"}
_AFTER_A_PERSON = frozenset(
    "$ in from with looking living working at on keen here NUM who by of person based stuck".split()
)
_DOING = frozenset(
    "keen looking wanting hoping interested living based studying working planning dreaming trying"
    " stuck aged travelling curious thinking".split()
)
_WITH = frozenset({"with", "w", "who", "here"})
_DENIES = frozenset("not no never neither nor without".split())
_OWN = frozenset("i am my have holder dual both as with we person year old here passport".split())
_HELD = frozenset({"passport", "citizen", "country"})
_LINKS = frozenset(
    "is of from my a an the country on in issued by also only both , says say i have one comes"
    " from was held mine first main wise purely just still always it says says".split()
)


def from_clauses(clauses: Sequence[Clause], said: Said) -> Iterator[Fact]:
    """Yield nationality and residence as the clauses about the speaker state them."""
    own = [
        clause
        for before, clause in pairwise((None, *clauses))
        if clause
        and (
            clause.about is About.SPEAKER
            or _is_it(clause)
            or {"where", "i"} <= clause.words
            or _is_the_passport(clause, before)
        )
    ]
    of_passports = "passport" in said.texts()
    nationalities = _of_the_speaker(
        [
            word
            for clause in own
            for word in _nationalities(clause, alone=len(own) == 1, of_passports=of_passports)
        ],
        said,
    )
    if nationalities and not is_unclear(said):
        isos = list(dict.fromkeys(word.value for word in nationalities))
        yield fact("nationalities", isos, nationalities)
    named: list[Word] = []
    for position, clause in enumerate(own):
        named += [word for word in clause.said.words if word.text in _NAMES]
        if named and not clause.denied and _lives_there(clause.texts):
            yield fact("residence", named[-1].value, named[-1:])
        yield from _residence(clause, described=len(own) > 1 or position > 0)


def _of_the_speaker(words: list[Word], said: Said) -> list[Word]:
    """Return those of the names of peoples in `words` that are not somebody else's."""
    if not words:
        return []
    others = {said.words[position].start for position in not_of_the_speaker(said)}
    places = {word.start: position for position, word in enumerate(said.words)}
    return [
        word
        for word in words
        if word.start not in others and not is_not_held(said, places[word.start])
    ]


def _lives_there(texts: Sequence[str]) -> bool:
    if any(verb in _HOMES and place in ("there", "here") for verb, place in pairwise(texts)):
        return True
    if texts[1:-1] in (["i", "live"], ["i", "am", "living"]):
        return True
    if "where" not in texts:
        return False
    after = texts[texts.index("where") :]
    return "i" in after and not _HOMES.isdisjoint(after) and _NOT_A_HOME_NOW.isdisjoint(after)


def _is_it(clause: Clause) -> bool:
    """Tell whether a thing is the speaker's passport: "it's a Greek one", "the one I hold"."""
    is_a = clause.texts[1:4] in (["it", "is", "a"], ["it", "is", "an"])
    if is_a and {"passport", "one", "NUM"} & clause.words:
        return True
    if clause.about is About.SOMEBODY_ELSE or "passport" not in clause.words:
        return False
    return bool(_HELD_BY_ONESELF & clause.words)


def _is_the_passport(clause: Clause, before: Clause | None) -> bool:
    """Tell whether "the passport" is the speaker's: it follows what they say about themselves."""
    named = clause.texts[1:4] == ["the", "passport", "is"]
    return named and before is not None and before.about is About.SPEAKER


_HELD_BY_ONESELF = frozenset("i mine my says say".split())


def _nationalities(clause: Clause, *, alone: bool, of_passports: bool) -> Iterator[Word]:
    if _NOT_NOW_HELD & set(takewhile("since".__ne__, clause.texts)):
        return
    if alone and not (_OWN | _DOING | {"not"}) & clause.words:
        return
    for position, word in enumerate(clause.said.words):
        before, after = clause.texts[:position], clause.texts[position + 1 :]
        if word.value == "CA" or clause.wishes_before(position) or _DENIES & set(before):
            continue
        if word.text == "DEM":
            one = (
                of_passports
                and after[0] in ("one", "NUM")
                and before[-1] in ("a", "an", "the", "^")
            )
            if one or _is_a_passport(before, after) or _is_a_person(clause, position):
                yield word
        elif word.text == "CTRY" and _is_home_country(clause, position):
            yield word


def _is_a_passport(before: Sequence[str], after: Sequence[str]) -> bool:
    if (after[:1] and after[0] in ("passport", "citizen")) or before[-1] in _FURTHER:
        return True
    while before and before[-1] in _LINKS | {"DEM"}:
        before = before[:-1]
    return before[-1:] == ["passport"] or before[-1:] == ["citizen"]


def _is_a_person(clause: Clause, position: int) -> bool:
    """Tell whether "DEM" opens the clause and one person follows: "Kiwi bloke", "brit in"."""
    before, nouns = clause.texts[1:position], _nouns(clause.said.words[position + 1 :])
    if clause.texts[position - 3 : position] == ["my", "case", "is"]:
        return True
    if not set(before) <= _BEFORE_A_PERSON:
        return False
    if len(nouns) > 1 and nouns[-1] in ("teacher", "tutor", "translator"):
        nouns = [*nouns[:-1], "person"]
    if any(noun in NOT_A_PERSON | {"people"} or _is_no_person(noun) for noun in nouns):
        return False
    then = clause.texts[position + 1 + len(nouns)]
    if then in _IN or then in _WITH:
        return True
    if not nouns and then in _DOING and clause.texts[position + 2] != "holiday":
        return True
    if then == "$" and nouns and not is_an_occupation(nouns[-1]):
        return False
    is_denied = then == "not" and clause.texts[position + 2 + len(nouns)] in ("DEM", "a", "an")
    return is_denied or (0 < len(nouns) <= _LONGEST_NOUN and then in _AFTER_A_PERSON)


def _is_no_person(noun: str) -> bool:
    return noun.endswith(("s", "ing")) and not noun.endswith("ss")


def _nouns(words: Sequence[Word]) -> list[str]:
    """Return the plain words at the start of `words`: "au", "pair" of "au pair in London"."""
    return [
        word.raw.casefold()
        for word in takewhile(lambda w: w.kind == "word" and w.text not in _ENDS_A_NOUN, words)
    ]


def _is_home_country(clause: Clause, position: int) -> bool:
    texts, word = clause.texts, clause.said.words[position]
    before, after = texts[1:position], texts[position + 1 : -1]
    if set(before) & _HELD and set(before) <= _HELD | _LINKS | {"CTRY", "and", "holder", "NUM"}:
        return True
    if not before and after[:3] in (["is", "my", "country"], ["is", "where", "i"]):
        return True
    if before[-1:] == ["in"] and _SETTLEMENTS & set(before):
        before = before[: before.index("from") + 1] if "from" in before else before
    while before and (before[-1] == "PLACE" or clause.said.doc[len(before)].orth_ == "_"):
        before = before[:-1]
    if before[-1:] != ["from"] or word.value in GIVEN_NAMES - {"KE", "JO"}:
        return False
    if "have" in before and not _HELD & set(before):
        return False
    return not _NO_ORIGIN & set(before) and not any(each.endswith("ing") for each in before)


def _residence(clause: Clause, *, described: bool) -> Iterator[Fact]:
    texts = clause.texts
    for position, word in enumerate(clause.said.words):
        if word.text not in _NAMES or texts[position + 1] in _NAMES:
            continue
        if clause.wishes_before(position) or _NOT_A_HOME_NOW & set(texts[:position]):
            continue
        start = _preposition(texts, position)
        at_home = texts[position - 1] in ("living", "live") or (
            texts[position + 1] == "living"
            and (clause.said.words[position + 1].raw == "based" or texts[position + 2] == "$")
        )
        if texts[position + 1 : position + 4] == ["is", "home", "$"]:
            at_home = True
        if texts[position - 1] in ("call", "calling") and texts[position + 1] == "home":
            at_home = True
        if texts[position - 1] == "to" and _MOVED & set(texts[:position]):
            at_home = not _NOT_HOMES & set(texts[:position])
        if not at_home and start is not None:
            at_home = _is_home(texts, start, position, described=described)
        if start == 1 and word.value == "CA" and len(texts) == 4:
            continue
        if at_home:
            yield fact("residence", word.value, [word])


def _preposition(texts: Sequence[str], position: int) -> int | None:
    """Return where "in" stands before a place, with at most a town or "the" between."""
    for start in range(position - 1, max(0, position - 4), -1):
        if texts[start] in _IN or texts[start - 1 : start + 1] in _HOME_IS:
            return start
        if texts[start] not in _BETWEEN | _NAMES and start < position - 1:
            return None
    return None


def _is_home(texts: Sequence[str], start: int, position: int, *, described: bool) -> bool:
    before, after = set(texts[1:start]), set(texts[position + 1 : -1])
    if texts[position + 1] in _SAYS_WHAT_IT_IS:
        return False
    for governor in reversed(texts[1:start]):
        own_home = not before - {governor, "a", "i", "have"} or _OWN_HOME & before
        if governor in _ALSO_OF_WORK and (_NOT_HOMES & before or not own_home):
            continue
        if governor in _HOMES:
            return governor != "lived" or ("have" in before and bool(_STAYED_SINCE & after))
        if governor in _NOT_HOMES:
            return False
    if ("moved", "in") in pairwise(texts[:start]):
        return True
    if "been" in before and _STAYED_SINCE & after and not _SHORT_STAY & after:
        return before <= {"i", "have", "been", "already", "now", "just", "only", "am"}
    if "i" in after and _HOMES & after and not before - {"i", "now", "currently", "here"}:
        return not _NOT_A_HOME_NOW & after
    if described and not before and not after:
        return True
    if "am" in before and before <= {"i", "am"} | _NOW:
        return True
    if described and (before == {"still"} or (before <= {"back"} and _NOW & after)):
        return True
    stays = not after or texts[position + 1] in _GOES_ON_LIVING
    return bool(before & {"DEM", "person"}) and before <= _PERSON | {"a", "an"} and stays
