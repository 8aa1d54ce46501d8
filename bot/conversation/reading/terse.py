"""Self-descriptions without verbs: "29 m australian here", "Spanish, 32, electrician".

A piece of such a list is read only when it says one thing from its start to its end, and only
beside another piece that describes the speaker: "24" or "Polish" alone may be anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.conversation.reading.clauses import Clause
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.fields.nationalities import GIVEN_NAMES, is_unclear
from bot.conversation.reading.fields.other_countries import NOT_A_PERSON
from bot.conversation.reading.words.grammar import FUNCTION_WORDS
from bot.conversation.reading.words.patterns import Match, Patterns
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.trades import is_an_occupation
from bot.conversation.reading.words.word import Word

YOUNGEST_UNNAMED, OLDEST_UNNAMED = 16, 45
"""A bare number counts as an age only between these."""

_AGE = Patterns(
    named="""
        ^ person @adverb* NUM $
        ^ NUM year? old? person $
    """,
    bare="""
        ^ am? @adverb* NUM already|exactly? $
        ^ am? @adverb* NUM year $
        ^ i have @adverb* NUM $
    """,
    trade="""
        ^ NUM ~ ~? $
    """,
    described="""
        ^ DEM NUM year? old? $
    """,
)
_NATIONALITY = Patterns(
    named="""
        ^ both|all @adverb* DEM|DEMS $
        ^ both from CTRY $
        ^ for|until now|then @adverb* DEM only? $
        ^ DEM passport? only $
        ^ holder of a|an|the? DEM passport $
        ^ @adverb* citizen is? DEM|CTRY $
        ^ @adverb* DEM since NUM|DATE|MONTH|birth $
        ^ @adverb* DEM by|on|per|in|according my? passport|citizen|paper|law|documents|papers $
    """,
    living="""
        ^ a|an? @adverb* DEM ~? living|working|studying|staying @adverb* in|at ~* CTRY|PLACE $
    """,
    bare="""
        ^ am|for? a|an? @adverb* NUM? year? old? person? DEM person|student|graduate|year|old|NUM* $
    """,
    country="""
        ^ CTRY $
    """,
)
_LIVING_IN = Patterns(living="^ a|an? @adverb* DEM ~? living|working|studying|staying")
_RESIDENCE = Patterns(
    named="""
        ^ my? residence|residency is? in? CTRY|PLACE $
        ^ a? CTRY|PLACE permanent? resident $
        ^ DEM permanent? resident $
        ^ DEM|CTRY|PLACE address|residence $
        ^ CTRY|PLACE by address|residence $
    """
)
_DESCRIBES = frozenset(
    "DEM student graduate citizen person born raised grew single unmarried graduated passport"
    " resident childless name turned turning dob birthday my me gap nobody alone based living"
    " live bored keen feeling residence hailing".split()
)
_OF_THINGS = frozenset(
    "speak speaks speaking spoke language languages fluent learn learning taught"
    " visited visit food cuisine restaurant movies films company employer".split()
)
_TIME_SPENT = frozenset(
    "work worked working experience lived married since been stay stayed for".split()
)
_OF_HOMES = frozenset(
    "live lived living moved born raised grew DEM resident residence residency address".split()
)
_PREPOSITIONS = frozenset("in at to for from of about near".split())
_KNOWS = frozenset("saw see met know knew watched read video movie about dating".split())
"""What one has to do with somebody else: "I saw a video of a German girl, 25"."""
_WAS = frozenset({("was", "NUM"), ("am", "NUM")})
_LONGEST_TRADE = 3
_ABSENT = frozenset({"kid", "partner", "degree", "dependant"})
_SPANS = frozenset({"between", "either", "or"})
_WORK = frozenset(
    "employer job offer internship contract letter flight remote remotely apply applying applied"
    " moved moving far back returned work works working invitation visa permit degree"
    " diploma".split()
)


def find(said: Said, pieces: Sequence[Clause]) -> Iterator[tuple[Fact, bool]]:
    """Yield each fact of a terse description, and whether it corrects what was said before.

    `pieces` are the clauses of the speaker.
    """
    if not pieces or (len(pieces) == 1 and not (pieces[0].corrects or _LIVING_IN.find(said.doc))):
        return
    yield from _ages(pieces)
    if not is_unclear(said):
        yield from _nationalities(pieces)
    yield from _residences(pieces)


def _matches(patterns: Patterns, pieces: Sequence[Clause]) -> Iterator[tuple[int, Match]]:
    for position, piece in enumerate(pieces):
        found = patterns.find(piece.said.doc)
        if found:
            yield position, min(found, key=lambda match: match.rule == "trade")


def _ages(pieces: Sequence[Clause]) -> Iterator[tuple[Fact, bool]]:
    found = list(_matches(_AGE, pieces))
    numbers = [word.value for piece in pieces for word in piece.said.words if word.text == "NUM"]
    ages = {
        position: number
        for position, _ in found
        if _may_be_an_age(number := _number(pieces[position]))
    }
    bare = [position for position, match in found if match.rule != "named" and position in ages]
    for position, match in found:
        if position not in ages:
            continue
        piece, number = pieces[position], ages[position]
        before = pieces[position - 1].said.texts() if position else []
        if _SPANS & set(before):
            continue
        if match.rule == "trade" and not _is_a_trade(piece.texts[-2:-1]):
            continue
        if "person" in before and _KNOWS & set(before):
            continue
        if "NUM" in before and ("until" in before or "we" in before):
            continue
        if "now" in piece.words and "NUM" in before and not _WAS & set(pairwise(before)):
            continue
        if match.rule in ("bare", "trade") and not piece.corrects:
            counted_again = numbers.count(number.value) > sum(
                ages[each].value == number.value for each in bare
            )
            if (
                len({ages[each].value for each in bare}) > 1
                or counted_again
                or not _is_accompanied(pieces, position)
            ):
                continue
            timed = {"NUM", "DATE"} & set(before) and {"since", "for"} & set(before)
            if "year" in piece.said.texts() and _TIME_SPENT & set(before) and not timed:
                continue
        yield fact("age", int(number.value) - ("soon" in piece.words), [number]), piece.corrects


def _number(piece: Clause) -> Word:
    return next(word for word in piece.said.words if word.text == "NUM")


def _may_be_an_age(number: Word) -> bool:
    return bool(YOUNGEST_UNNAMED <= number.value <= OLDEST_UNNAMED) and number.value % 1 == 0


def _nationalities(pieces: Sequence[Clause]) -> Iterator[tuple[Fact, bool]]:
    found = list(_matches(_NATIONALITY, pieces))
    bare = [position for position, match in found if match.rule in ("bare", "country")]
    named = [position for position, match in found if match.rule == "named"]
    several = len({_people(pieces[position]) for position in bare}) > 1
    for position, match in found:
        piece = pieces[position]
        texts = set(piece.said.texts())
        if match.rule == "country" and not _stands_alone(pieces, position):
            continue
        after = pieces[position + 1].texts[1] if position + 1 < len(pieces) else ""
        if match.rule == "named" and piece.texts[1:3] == ["both", "DEMS"] and after == "DEMS":
            continue
        following = pieces[position + 1].texts[1:-1] if position + 1 < len(pieces) else []
        things = len(following) == 2 and following[1].endswith("s")
        if match.rule == "bare" and following[:1] == ["DEM"] and things:
            continue
        if match.rule in ("bare", "country") and not piece.corrects:
            beside = {t for each in pieces[max(0, position - 1) : position + 2] for t in each.texts}
            of_things = bool(_OF_THINGS & beside) or any(map(_is_of_a_language, pieces))
            if named or several or of_things or not _is_accompanied(pieces, position):
                continue
        words = [word for word in piece.said.words if word.text in ("DEM", "CTRY", "DEMS")]
        if piece.corrects and words[0].raw.casefold() == "english":
            continue
        person_in = match.rule == "living" and _is_a_person(piece, words[0])
        if person_in or (len(words) == 1 and not _WORK & texts):
            yield fact("nationalities", [words[0].value], words[:1]), piece.corrects


def _people(piece: Clause) -> object:
    return next(word.value for word in piece.said.words if word.text in ("DEM", "CTRY"))


def _residences(pieces: Sequence[Clause]) -> Iterator[tuple[Fact, bool]]:
    for position, _ in _matches(_RESIDENCE, pieces):
        piece = pieces[position]
        texts = {text for each in pieces for text in each.said.texts()}
        if not _OF_HOMES & texts:
            continue
        words = [word for word in piece.said.words if word.text in ("DEM", "CTRY", "PLACE")]
        yield fact("residence", words[-1].value, words[-1:]), piece.corrects


def _is_a_person(piece: Clause, nationality: Word) -> bool:
    """Tell whether one person of that nationality is meant: "Thai cook", not "French people"."""
    words = piece.said.words
    noun = words[words.index(nationality) + 1].raw.casefold()
    return noun not in NOT_A_PERSON | {"people"} and not noun.endswith("s")


def _stands_alone(pieces: Sequence[Clause], position: int) -> bool:
    """Tell whether a country is no part of where something is: "in Trier, Germany"."""
    if pieces[position].said.words[1].value in {*GIVEN_NAMES, "CA"}:
        return False
    before = pieces[position - 1].said.texts() if position else []
    after = [text for piece in pieces[position + 1 : position + 2] for text in piece.said.texts()]
    elsewhere = [
        word
        for i, piece in enumerate(pieces)
        if i != position
        for word in piece.said.words
        if word.text == "CTRY" and word.value not in ("CA", pieces[position].said.words[1].value)
    ]
    if before[1:-1] in (["m"], ["f"], ["person"]) and position > 1:
        before = [*before, *pieces[position - 2].said.texts()]
    told = bool({"NUM", "DATE"} & {*before, *after} or {"citizen", "passport"} & set(before))
    return told and not elsewhere and not _PREPOSITIONS & set(before)


def _is_of_a_language(piece: Clause) -> bool:
    return ("studying", "DEM") in pairwise(piece.said.texts())


def _is_accompanied(pieces: Sequence[Clause], position: int) -> bool:
    """Tell whether another piece describes the speaker."""
    return any(_describes(piece.said.texts()) for i, piece in enumerate(pieces) if i != position)


def _is_a_trade(content: Sequence[str]) -> bool:
    """Tell whether a piece names what somebody works as: "scaffolder from Wigan"."""
    return any(
        len(text) > 4 and text not in FUNCTION_WORDS and is_an_occupation(text) for text in content
    )


def _describes(texts: list[str]) -> bool:
    content = texts[1:-1]
    return (
        bool(_DESCRIBES & set(content))
        or content[:2] in (["i", "am"], ["we", "are"])
        or content[0] in ("i", "currently", "late", "mid", "early", "soon", "just", "NUM")
        or (content[0] == "no" and bool(_ABSENT & set(content)))
        or any(pair == ("from", "CTRY") for pair in pairwise(content))
        or (content[0] == "CTRY" and content[1:2] in (["at"], ["for"], ["currently"]))
        or _is_a_trade(content[:_LONGEST_TRADE])
        or content
        in (
            ["m"],
            ["f"],
            ["CTRY"],
            ["NUM"],
            ["NUM", "year"],
            ["NUM", "year", "old"],
            ["age", "NUM"],
        )
    )
