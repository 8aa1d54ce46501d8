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
from bot.conversation.reading.fields.homes_in_clauses import HOMES, lives_there, residence
from bot.conversation.reading.fields.nationalities import GIVEN_NAMES, is_unclear
from bot.conversation.reading.fields.nationalities_not_held import is_not_held
from bot.conversation.reading.fields.other_countries import NOT_A_PERSON, not_of_the_speaker
from bot.conversation.reading.words.grammar import FUNCTION_WORDS
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.trades import is_an_occupation
from bot.conversation.reading.words.word import Word

_NAMES = frozenset({"CTRY", "PLACE"})
_IN = frozenset("in at near outside around".split())
_SETTLEMENTS = frozenset("town village city place island countryside".split())
_FURTHER = frozenset("second other another also".split())
_NOT_NOW_HELD = frozenset(
    "lost lose gave given giving give renounced surrendered renounce former was were used half will"
    " going soon descent father born speak married refused expired".split()
)
_NO_ORIGIN = frozenset(
    "offer contract letter job employer internship work flying fly flight ticket visa permit"
    " deported removed expelled kicked sent banned refused barred thrown escaped fled invitation"
    " company friend moved moving money far back travelling coming came returned certificate degree"
    " clearance reference references record mine".split()
)
_WANTED = frozenset({"wanted", "needed", "required", "hired"})
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
_PORTRAYS = frozenset({"DEM", "NUM", "passport", "student"})
_PAPERS = frozenset({"passport", "citizen", "papers"})
_HELD = _PAPERS | {"country"}
_LINKS = frozenset(
    "holding been 's dark"
    " wee little burgundy red blue valid current biometric at moment now currently for until then"
    " is are of from my a an the country on in issued by also only both , says say i have one comes"
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
        if named and not clause.denied and lives_there(clause.texts):
            yield fact("residence", named[-1].value, named[-1:])
        portrayed = any(_PORTRAYS & each.words for each in own if each is not clause)
        yield from residence(clause, described=len(own) > 1 or position > 0, portrayed=portrayed)


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


def _is_it(clause: Clause) -> bool:
    """Tell whether a thing is the speaker's passport: "the passport I hold"."""
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
                and HOMES.isdisjoint(before)
            )
            if one or _is_a_passport(before, after) or _is_a_person(clause, position):
                yield word
        elif word.text == "CTRY" and _is_home_country(clause, position):
            yield word


def _is_a_passport(before: Sequence[str], after: Sequence[str]) -> bool:
    of_oneself = after[:1] != ["papers"] or set(before) <= _LINKS | {"^", "DEM", "with"}
    if (after[:1] and after[0] in _PAPERS and of_oneself) or before[-1] in _FURTHER:
        return True
    while before and before[-1] in _LINKS | {"DEM"}:
        before = before[:-1]
    return bool(_PAPERS & set(before[-1:]))


def _is_a_person(clause: Clause, position: int) -> bool:
    """Tell whether "DEM" opens the clause and one person follows: "Kiwi bloke", "brit in"."""
    before, nouns = clause.texts[1:position], _nouns(clause.said.words[position + 1 :])
    if not set(before) <= _BEFORE_A_PERSON:
        return False
    if len(nouns) > 1 and nouns[-1] in ("teacher", "tutor", "translator"):
        nouns = [*nouns[:-1], "person"]
    if any(noun in NOT_A_PERSON | _WANTED | {"people"} or _is_no_person(noun) for noun in nouns):
        return False
    then = clause.texts[position + 1 + len(nouns)]
    if then in _IN or then in _WITH:
        return True
    if not nouns and then in _DOING and clause.texts[position + 2] not in ("holiday", "DEM"):
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
    before = texts[1:position]
    if set(before) & _HELD and set(before) <= _HELD | _LINKS | {"CTRY", "and", "holder", "NUM"}:
        return True
    if before[-1:] == ["in"] and _SETTLEMENTS & set(before):
        before = before[: before.index("from") + 1] if "from" in before else before
    while before and (before[-1] == "PLACE" or clause.said.doc[len(before)].orth_ == "_"):
        before = before[:-1]
    if before[-1:] != ["from"] or word.value in GIVEN_NAMES - {"KE", "JO"}:
        return False
    if "have" in before and not _HELD & set(before):
        return False
    return not _NO_ORIGIN & set(before) and not any(
        each.endswith("ing") and each not in ("speaking", "hailing") for each in before
    )
