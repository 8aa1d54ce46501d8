"""Citizenship: which passports the speaker holds, not where they live or what they speak."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.conversation.reading.corrections import taken_back_at
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.fields.dual_citizens import held_alone, held_at_once
from bot.conversation.reading.fields.nationalities_not_held import is_not_held, is_of_others
from bot.conversation.reading.fields.origins import without_origins
from bot.conversation.reading.fields.other_countries import NOT_A_PERSON, not_of_the_speaker
from bot.conversation.reading.introductions import CORRECTIONS
from bot.conversation.reading.words.grammar import FUNCTION_WORDS
from bot.conversation.reading.words.patterns import SETS, UNKNOWN_WORDS, Patterns
from bot.conversation.reading.words.said import Said

_SELF = Patterns(
    person="""
        i am @self* DEM
        we @adverb* are? @adverb* DEM|DEMS
        ^|,|and|but me is? @self* DEM
        ^|but|and|, naturalised|naturalized DEM
        i have? @adverb* became|become|naturalised|naturalized a|an|as|the* DEM
        ^|,|and|but me _ @self* DEM
    """,
    alone="""
        ^ @self* DEM
    """,
    plain="""
        ^ DEM if you could|did|had|were|must
    """,
    as_a="""
        as|being a|an @self* DEM
    """,
    passport="""
        i @adverb* have|carry @self* DEM @self* passport
        i @adverb* have|carry @self* passport @self* DEM
        my passport is|are @self* DEM
        CTRY as my passport|citizen
        my DEM NUM
        other NUM|is|passport* DEM
        ^|,|and NUM passport? DEM $|,|and
    """,
    country="""
        i am @self* citizen of CTRY
        i am @self* _* from CTRY
        ^ i CTRY $|,|and
    """,
)
_AFTER_A_NATIONALITY = frozenset(
    "$ , and or but with graduate grad undergraduate from living NUM citizen person student"
    " passport here currently now who so working"
    " studying looking at (i) i my aged age national by graduate turning planning wanting trying"
    " hoping interested based in too also ORD years can lived live _ing"
    " only that as year to born DEM ro".split()
)
_BESIDES = frozenset({"otherwise", "obviously", "btw", "though"})
_GOES_ON = FUNCTION_WORDS | {"though", "obviously", "anyway", "however", "yes", "right"}
_ADDRESSING = frozenset({"writing", "asking", "messaging"})
_AFTER_A_PASSPORT = frozenset("holder valid good ok fine until till expires".split())
GIVEN_NAMES = frozenset({"IN", "JO", "TD", "GE", "IL", "KE"})
"""Countries whose names people bear: "I am Chad"."""
_DESTINATION = "CA"
_TAKES_AN_ARTICLE = frozenset({"finn", "scot", "dane", "pole", "swede", "turk", "tica", "lao"})
_BEFORE_A_NOUN = frozenset("a an year old".split())
_BEFORE_A_NATIONALITY = frozenset(
    "am are a an , and or both dual the also me ^ year old ORD NUM is became become _ but citizen"
    " person student currently actually originally now just only already still young single"
    " proud here".split()
)
FRACTIONS = frozenset({"half", "part", "quarter"})
_OLDEST = 99
_WANTED = frozenset({"wanted", "needed", "required", "hired"})
_CHINESE_PASSPORTS = frozenset({"CN", "HK", "MO", "TW"})


def find(said: Said) -> Iterator[Fact]:
    """Yield the nationalities that the speaker states, one fact for all of them."""
    if held := held_alone(said) or held_at_once(said):
        yield held
        return
    found: dict[int, str] = {}
    for match in _SELF.find(said.doc):
        if match.rule == "as_a" and not _is_about_the_speaker(said, match.start):
            continue
        for position in range(match.start, match.end):
            word = said.words[position]
            of_people = word.text == "DEMS" and match.rule == "person"
            if match.rule == "person" and word.text == "CTRY":
                found[position] = word.value
                continue
            if of_people or (word.text == "DEM" and _names_the_speaker(said, position, match.rule)):
                found[position] = word.value
            elif word.text == "CTRY" and match.rule in ("country", "passport"):
                before = said.words[position - 1].text
                opens = said.words[match.start].text == "^"
                named = not opens or said.words[position + 1].text in _AFTER_A_NATIONALITY - {"to"}
                if before in ("in", "to", "with") or not named:
                    continue
                if _country_is_a_passport(said, position):
                    found[position] = word.value
    for position in list(found):
        found.update(_joined_to(said, position))
    for position in not_of_the_speaker(said):
        found.pop(position, None)
    found = {p: iso for p, iso in found.items() if not is_not_held(said, p)}
    found = without_origins(_as_corrected(found, said), said)
    isos = list(dict.fromkeys(found[position] for position in sorted(found)))
    if isos and not is_unclear(said):
        yield fact("nationalities", isos, [said.words[position] for position in sorted(found)])


def _joined_to(said: Said, position: int) -> Iterator[tuple[int, str]]:
    """Yield the countries coordinated with the one at `position`: "citizen of France and Italy"."""
    words = said.words
    kind = words[position].text
    while kind == "CTRY" and words[position + 1].text == "and":
        position += 2 + (words[position + 2].text in ("of", "from"))
        if words[position].text != kind:
            return
        yield position, words[position].value


def _country_is_a_passport(said: Said, position: int) -> bool:
    """Tell whether the country is the speaker's: not a job's ("an offer from"), not a name."""
    before = said.texts(max(0, position - 3), position)
    if said.words[position].value in GIVEN_NAMES and before[-1] in ("am", "^", "is"):
        return False
    if before[-1] == "am" and said.words[position].value == _DESTINATION:
        return False
    return not {"employer", "offer", "job", "internship"} & set(before)


def _is_about_the_speaker(said: Said, position: int) -> bool:
    """Tell whether "as a ..." at `position` can only mean the speaker."""
    start, end = said.sentence(position)
    sentence = set(said.texts(start, end))
    if not set(SETS["kin"]).isdisjoint(said.texts(start, position)):
        return False
    if not _ADDRESSING.isdisjoint(sentence):
        return True
    alone = start + 1 == position and "you" not in sentence
    return alone or bool(
        {"i", "(i)", "my", "(my)"} & sentence and not {"you", "people", "someone"} & sentence
    )


def _names_the_speaker(said: Said, position: int, rule: str) -> bool:
    """Tell whether the adjective at `position` says what the speaker is, not what a thing is."""
    word = said.words[position]
    before, after = said.words[position - 1], said.words[position + 1]
    if (
        not NOT_A_PERSON.isdisjoint((after.raw.casefold(), after.text))
        or before.raw.casefold() in FRACTIONS
    ):
        return False
    if before.text == "NUM" and before.value > _OLDEST:
        return False
    if rule == "plain":
        return True
    if rule == "passport":
        return "passport" in said.texts() and before.text != "with"
    if rule == "alone" and (_lists_ages(said) or is_of_others(said, position)):
        return False
    if rule == "alone" and said.words[said.sentence(position)[0] + 1].text == "the":
        return False
    if rule == "alone" and before.text == "^" and after.text in _BESIDES:
        return True
    if rule == "alone" and not _is_a_description(said, position):
        return False
    if rule == "as_a" and after.text == "passport":
        return True
    if "DEM" in (before.text, after.text):
        return False
    if before.text in ("naturalised", "naturalized"):
        return True
    based = before.text == "living" and said.words[position - 2].text in ("PLACE", "CTRY", "DEM")
    if before.text not in _BEFORE_A_NATIONALITY and not based:
        return False
    if word.raw.casefold() in _TAKES_AN_ARTICLE and before.text not in _BEFORE_A_NOUN:
        return False
    if rule == "person" and before.text not in ("and", ",", "or") and after.text in _GOES_ON:
        return True
    if said.doc[position + 1].orth_ in UNKNOWN_WORDS:
        of_an_age = before.text in ("year", "old") and rule == "alone"
        return of_an_age or (rule in ("person", "as_a") and _has_article(said, position))
    return after.text in _AFTER_A_NATIONALITY and not (rule == "alone" and after.text == "to")


def _lists_ages(said: Said) -> bool:
    """Tell whether several peoples stand with a number each: "Irish 25, German 30"."""
    return list(pairwise(said.texts())).count(("DEM", "NUM")) > 1


def _is_a_description(said: Said, position: int) -> bool:
    """Tell whether a fragment describes its speaker: "Irish passport", not "passport office"."""
    after, then = said.words[position + 1], said.words[position + 2 : position + 3]
    if after.text == "passport":
        of_a_thing = then[0].text not in _AFTER_A_NATIONALITY | _AFTER_A_PASSPORT
        return after.raw.casefold().startswith("passport") and not of_a_thing
    if not _WANTED.isdisjoint(said.texts(position + 1, position + 4)):
        return False
    return not (after.text == "working" and then[0].text == "holiday")


def _has_article(said: Said, position: int) -> bool:
    before = said.texts(max(0, position - 8), position)
    return any(each in ("a", "an", "as") for each in before)


def _as_corrected(found: dict[int, str], said: Said) -> dict[int, str]:
    """Return what stands after a correction ("sorry, I meant Austrian"), if anything does."""
    for last in reversed(taken_back_at(said, CORRECTIONS) if found else []):
        right = {position: iso for position, iso in found.items() if position > last}
        if right:
            return right
    return found


def is_unclear(said: Said) -> bool:
    """Tell whether Chinese stands beside Hong Kong, Macao or Taiwan: one passport or two?"""
    isos = [iso for _, iso in named(said)]
    return "CN" in isos and bool(_CHINESE_PASSPORTS & set(isos) - {"CN"})


def named(said: Said) -> list[tuple[int, str]]:
    """Return the countries named, but for those lived in, left, denied or of other people."""
    excluded = not_of_the_speaker(said)
    return [
        (position, word.value)
        for position, word in enumerate(said.words)
        if word.text in ("CTRY", "DEM", "DEMS") and position not in excluded
    ]
