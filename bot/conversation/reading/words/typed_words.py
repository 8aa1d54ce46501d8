"""Words as they are typed on a phone: short forms, misspellings and the writer's own language.

`typed_words.yaml` holds what stands for one word wherever it is written. Here is the rest: "2" for
"to" and the like, which mean something else beside other words, and laughter, which is a pause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import yaml

from bot.conversation.reading.words.countries import is_name_word
from bot.conversation.reading.words.number_words import SMALL_NUMBERS, TENS
from bot.conversation.reading.words.tokens import fold
from bot.conversation.reading.words.word import Word
from bot.knowledge.country_names import country_names

KEY_WORDS = frozenset(Path(__file__).with_name("key_words.txt").read_text(encoding="utf-8").split())
"""Words that are recognised through a misspelling, beside the names of countries."""


def _table() -> dict[str, tuple[str, ...]]:
    rows: Mapping[str, str] = yaml.safe_load(
        Path(__file__).with_name("typed_words.yaml").read_text(encoding="utf-8")
    )
    table = {
        typed: tuple(words.split()) for words, forms in rows.items() for typed in forms.split()
    }
    ones = [word for word, number in SMALL_NUMBERS.items() if 1 <= number <= 9]
    return table | {f"{ten}{one}": (ten, one) for ten in TENS for one in ones}


TYPED = _table()
"""What is typed, and the word or words that it stands for."""

_LAUGHTER = re.compile(
    r"lo+l+|lmf?ao+|rofl|a?(?:ha){2,}h?|a?(?:he){2,}h?|(?:hi){2,}|(?:ja){2,}j?|(?:je){2,}|x+d+|k{3,}|omf?g"
    r"|innit|ngl|tbh|imo|btw|xoxo|x{2,}"
)
_GOES_ON = frozenset("in at from of with and or to for but a an the my i am is are on".split())
"""A pause beside one of these would tear a phrase apart."""
_NUMBERED = frozenset("teer noc level number category part year semester age code about or".split())
_BEFORE_TO = frozenset(
    "want wants wanted going gonna go like love hope hoping need plan planning have got used able"
    " trying ready happy allowed here way move moved moving came come coming went been travel back"
    " fly flying next close travelling relocated headed heading return returning".split()
)
_AFTER_TO = frozenset(
    "go do be get come apply live stay move see work study travel start find buy bring take join"
    " know ask finish return pay the my a".split()
)
_BEFORE_FOR = frozenset(
    "looking look accepted waiting wait apply applying applied asking ask down search searching"
    " thanks sorry here done conviction convicted charged arrested caught studying good need"
    " permit visa contract offer working work enough".split()
)
_AFTER_FOR = frozenset(
    "me my the a an now good it this that you us sure real wh whv yp coop iec free our ever us"
    " work uni university internship placement job summer winter".split()
)
_OWNED = frozenset(
    "masters degree passport ticket insurance savings studies job age birthday name dob nationality"
    " own mam mum mom da dad gran wife husband girlfriend boyfriend missus kids kid son daughter"
    " contract offer placement internship course uni apprenticeship leaving exams visa brother"
    " sister cousin mate mates boss account".split()
)
_GIVES = frozenset(
    "give gave gives given giving got get gets getting offer offered offers sent send sends found"
    " find for of buy bought lend lent tell told show pay paid owe".split()
)
_UNITS = frozenset(
    "year years yr yrs month months mths week weeks wks day days hour hours k thousand hundred"
    " people kids times of more different dollars cad".split()
)
_AFTER_BECAUSE = frozenset(
    "i my the it of we he she they there no its this that a an our you".split()
)
_BEFORE_STUDIES = frozenset({"", ",", "i", "he", "she", "who", "does"})
_BEFORE_A_PLACE = frozenset("in to from near and around at victoria".split())
_OF_THE_SOUTH = frozenset("korea korean africa african wales america".split())
_BEFORE_BEEN = frozenset("never have has had not already only just".split())
_AFTER_AM = frozenset("aus ein eine und jung jetzt".split())
_BEFORE_THE = frozenset("in at on for with to of all".split())
_BOUGHT = frozenset("insurance health travel ticket flight return".split())
_BEFORE_WILL = frozenset(
    "turn be have need come bring buy get take travel go arrive finish start apply".split()
)
_BEFORE_WOULD = frozenset("like love prefer be rather choose do want pick take go say".split())
_OF_A_STATE = frozenset(
    "passport passports citizen citizenship national nationality nationals holder".split()
)
_JOINS = frozenset({"and", "or", "/", ","})
_OTHER_CODES = frozenset({"ID", "US", "GB", "CA", "PR"})
_ALSO_ENGLISH_CODES = frozenset(
    "am as at be by do eg id im in ir is it la ma me mo mr ms my na no of pa pm re sh so st to"
    " tv us va vi ai al an bi co de el es gm hm la se si".split()
)
_OF_PASSPORTS = frozenset("expires expire valid until runs ends exp expiring expiry".split())
_OF_THE_FINNS = frozenset(
    "FI passport citizen citizenship national guy girl lad man woman person boy nationality".split()
)


def _i_have(_: str, after: str, __: Word) -> tuple[str, ...] | None:
    return ("i", "have") if after.isdigit() else None


def _from(_: str, after: str, __: Word) -> tuple[str, ...] | None:
    return ("from",) if is_name_word(after) else None


def _years(before: str, _: str, __: Word) -> tuple[str, ...] | None:
    """Read "25 let", "25 lat" and "25 ar": years, in a language where it is an English word."""
    return ("year", "old") if before.isdigit() and len(before) == 2 else None


@cache
def _rules() -> Mapping[str, Callable[[str, str, Word], tuple[str, ...] | None]]:
    """Return what a word stands for, given the words before and after it, or None."""
    return {
        "2": lambda before, after, _: (
            ("to",)
            if before in _BEFORE_TO and (after in _AFTER_TO or is_name_word(after))
            else None
        ),
        "4": lambda before, after, _: ("for",) if _is_for(before, after) else None,
        "rn": lambda before, _, word: (
            None if word.raw.isupper() or before in ("a", "an", "as", "registered") else ("now",)
        ),
        "bc": lambda before, after, word: (
            ("because",)
            if after in _AFTER_BECAUSE and before not in _BEFORE_A_PLACE and word.raw.islower()
            else None
        ),
        "me": lambda before, after, _: (
            ("my",) if after in _OWNED and before not in _GIVES else None
        ),
        "x": lambda before, _, word: (
            (",",) if before.isalpha() and word.raw.islower() and before not in _GOES_ON else None
        ),
        "sth": lambda _, after, __: ("south",) if after in _OF_THE_SOUTH else ("something",),
        "da": lambda before, _, __: ("the",) if before in _BEFORE_THE else None,
        "aus": _from,
        "fra": _from,
        "fran": _from,
        "bin": lambda before, after, _: (
            ("been",)
            if before in _BEFORE_BEEN
            else (("i", "am") if before != "ich" and after in _AFTER_AM else None)
        ),
        "alt": lambda before, _, __: ("old",) if before in ("jahre", "jahren") else None,
        "ne": lambda _, after, __: ("born",) if after in ("le", "en") else None,
        "ho": _i_have,
        "mam": _i_have,
        "imam": _i_have,
        "habe": _i_have,
        "hab": _i_have,
        "heb": _i_have,
        "studies": lambda before, after, _: (
            ("study",) if before in _BEFORE_STUDIES and after.isalpha() else None
        ),
        "alter": lambda _, after, __: ("age",) if after.isdigit() else None,
        "let": _years,
        "lat": _years,
        "ar": _years,
        "gadi": _years,
        "metu": _years,
        "godina": _years,
        "godine": _years,
        "rokov": _years,
        "aastat": _years,
        "by": lambda before, after, _: (
            ("buy",) if before in ("will", "to") and after in _BOUGHT else None
        ),
        "ill": lambda _, after, __: ("i", "will") if after in _BEFORE_WILL else None,
        "id": lambda _, after, __: ("i", "would") if after in _BEFORE_WOULD else None,
        "nat": lambda _, after, __: ("nationality",) if is_name_word(after) else None,
        "pass": lambda _, after, __: ("passport",) if after in _OF_PASSPORTS else None,
        "form": lambda _, after, __: ("from",) if is_name_word(after) else None,
        "finish": lambda _, after, __: ("finnish",) if after in _OF_THE_FINNS else None,
        "life": lambda before, after, _: (
            ("live",) if before in ("i", "and") and after in ("in", "at", "with") else None
        ),
    }


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    """Return the words of each country's name by its code."""
    return {
        iso.lower(): tuple(fold(country.name).split())
        for iso, country in country_names().items()
        if iso not in _OTHER_CODES
    }


def _coded(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words with each country's code beside "passport" and the like written out."""
    for position, word in enumerate(words):
        meant = _codes().get(word.text) if len(word.text) == 2 else None
        if meant and (word.raw.isupper() or word.text not in _ALSO_ENGLISH_CODES):
            before = words[position - 1].text if position else ""
            after = words[position + 1].text if position + 1 < len(words) else ""
            shown = word.raw.isupper() and before in _OF_A_STATE and after not in _JOINS
            if (after in _OF_A_STATE and word.text != "no") or shown:
                yield from (Word(text, word.start, word.end, word.raw, "word") for text in meant)
                continue
        yield word


def _is_for(before: str, after: str) -> bool:
    if before in _NUMBERED or after in _UNITS:
        return False
    return after in _AFTER_FOR or (before in _BEFORE_FOR and after.isalpha())


@lru_cache(maxsize=4096)
def _is_laughter(text: str) -> bool:
    return _LAUGHTER.fullmatch(text) is not None


def as_meant(words: Sequence[Word]) -> list[Word]:
    """Return the words with what their neighbours show them to mean: "moved 2 spain"."""
    rules = _rules()
    if not _OF_A_STATE.isdisjoint([word.text for word in words]):
        words = list(_coded(words))
    if not any(word.text in rules or _is_laughter(word.text) for word in words):
        return list(words)
    result: list[Word] = []
    for position, word in enumerate(words):
        rule = rules.get(word.text)
        before = result[-1].text if result else ""
        after = words[position + 1].text if position + 1 < len(words) else ""
        if rule and (meant := rule(before, after, word)):
            result += [Word(text, word.start, word.end, word.raw, "word") for text in meant]
        elif word.kind == "word" and _is_laughter(word.text):
            if before not in _GOES_ON | {","} and after not in _GOES_ON | {","}:
                result.append(Word(",", word.start, word.end, word.raw, "mark"))
        else:
            result.append(word)
    while result and result[-1].text == ",":
        result.pop()
    return result
