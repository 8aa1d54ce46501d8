"""Cutting a text into words, in time linear in its length, with their places in the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

_APOSTROPHES = str.maketrans(
    {"\u0131": "i", "\u00f8": "o", "\u00d8": "O", "\u0142": "l", "\u0141": "L"}
    | dict.fromkeys("\u2018\u2019\u02bc\u00b4`\u2032", "'")
)
LONGEST_TEXT, MOST_WORDS = 2000, 450
"""Characters and words that are read; what follows is ignored."""

_TOKEN = re.compile(
    r"(?P<typed>(?=[bnasempwyBNASEMPWY2])(?<![^\W\d_])(?i:b4|no1|(?:any|some|every)1|m8|2day|2mor+ow|2moro|w/o|b/c|y\.o|ph\.d|[bm]\.(?:sc|tech|eng|com|phil|ed))(?!\w)\.?"
    r"|(?<!\w)[wW]/(?=\s?\w))"
    r"|(?P<date>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d)"
    r"|\d{1,2}/\d{4}(?!\d)|(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?!\d))"
    r"|(?P<number>(?<![\w-])-\d+|\d{1,3}(?:[,.' \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)"
    r"|\d+(?:[.,]\d{1,2}(?!\d))?)"
    r"|(?P<word>(?:[^\W\d_]\.){2,}|[Ss]t\.(?=\s)|[Ee]xp\.(?=\s)|[Gg]eb\.(?=\s)|[JFASONDjfasond](?:an|eb|ug|ept?|ct|ov|ec)\.(?=\s\d)|[yY]/[oO]\b|[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
    r"|[^\W\d_](?:[\u0300-\u036f]|[^\W\d_\u3040-\u30ff\u4e00-\u9fff]|['\u2018\u2019\u02bc\u00b4`\u2032](?=[^\W\d_]))*)"
    r"|(?P<end>[.!?;\n\u2026\u3002\uff1f]+)"
    r"|(?P<mark>[^\w\s])"
)
_DROPPED_MARKS = frozenset("=\"'\u2018\u2019\u201c\u201d`*_:#\ufe0f")
_LONGEST_INTRODUCTION = 40
_LABEL_WORDS = frozenset(
    "age aged born birth birthday birthdate dob nationality nat citizenship citizen passport"
    " passports country residence living live lives home city town insurance ticket flight return"
    " funds money savings budget offer job contract kids children dependants student study studies"
    " studying program programme category stream teer noc iec participation participations record"
    " convictions conviction expiry expires valid until name from status is are am was my i'm im"
    " field internship placement required mandatory work level previous before canada partner"
    " based location address email phone date".split()
)
_LONGEST_LABEL = 4
_REQUESTS = frozenset("can could would will please".split())
_ADDRESSES = frozenset("you your this these following details data info facts here sum".split())
_PERSONS = frozenset("gf bf girlfriend boyfriend wife husband friend brother sister cousin".split())
_PAUSES = frozenset("()[]{}/|~\u2022\u00b7\u2023\u25aa\u00bb\u203a><\\^")
_ARROWS = range(0x2190, 0x2200)


@dataclass(frozen=True)
class Token:
    """A word, number, date, mark or end of sentence in plain lower case, and where it stands."""

    kind: str
    text: str
    start: int
    end: int
    raw: str


def fold(text: str) -> str:
    """Return `text` in lower case without accents, so that "Español" and "espanol" are one."""
    if text.isascii():
        return text.replace("`", "'").casefold()
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def split(text: str) -> list[Token]:
    """Return the tokens of `text`. Hyphens in words vanish; a dash between spaces is a pause."""
    text = text[:LONGEST_TEXT]
    tokens = []
    for match in islice(_TOKEN.finditer(text), MOST_WORDS):
        kind, raw = str(match.lastgroup), match.group()
        start, end = match.span()
        if raw == ":" and _asks_for_a_look(text[max(0, start - 2 * _LONGEST_INTRODUCTION) : start]):
            tokens.append(Token("end", ".", start, end, raw))
        elif kind == "mark":
            mark = _mark(raw, text, start, end)
            if mark is None:
                continue
            tokens.append(Token("mark", mark, start, end, raw))
        elif kind in ("word", "typed"):
            word = fold(raw).replace(".", "").replace("/", "")
            if word:
                tokens.append(Token("word", word, start, end, raw))
        else:
            tokens.append(Token(kind, raw, start, end, raw))
    return tokens


def _asks_for_a_look(before: str) -> bool:
    """Tell whether a colon ends a request: "can you check this for me: Danish, 27"."""
    words = re.split(r"[\n.!?;,(|/]", before)[-1].casefold().split()
    return (
        len(words) > _LONGEST_LABEL
        and words[0] in _REQUESTS
        and not {"you", "u"}.isdisjoint(words[:3])
    )


def _introduces(before: str) -> bool:
    """Tell whether the words before a colon name nothing: "quick one: 34, Greek"."""
    words = re.split(r"[\n.!?;,(|/]", before)[-1].casefold().split()
    if len(words) > _LONGEST_LABEL:
        return _LABEL_WORDS.isdisjoint(words[-2:]) and not _ADDRESSES.isdisjoint(words)
    if words and (words[-1] in _PERSONS or {"vs", "versus"} & set(words)):
        return True
    return bool(words) and _LABEL_WORDS.isdisjoint(words[words[0] == "my" :])


def _spans_years(text: str, start: int, end: int) -> bool:
    """Tell whether a stroke stands in "2018/19"."""
    first, last = text[max(0, start - 4) : start], text[end : end + 3].rstrip(" ,.;)")
    return len(first) == 4 and first.isdigit() and len(last) == 2 and last.isdigit()


def _mark(raw: str, text: str, start: int, end: int) -> str | None:
    """Return how a mark is read: dropped (None), a pause (","), "and", "at" or itself."""
    if raw == ":" and _introduces(text[max(0, start - _LONGEST_INTRODUCTION) : start]):
        return ","
    if raw in _DROPPED_MARKS:
        return None
    if raw == "/" and _spans_years(text, start, end):
        return "to"
    if raw in _PAUSES or ord(raw) in _ARROWS:
        return ","
    if raw == "@":
        return "at"
    if raw in "&+":
        return "and"
    if raw == "$":
        return "dollar"
    if raw in "-\u2013\u2014\u2010\u2011":
        before = text[start - 1 : start]
        after = text[end : end + 1]
        if before.isdigit() and after.isdigit():
            return "to"
        return None if before.isalnum() and after.isalnum() else ","
    return raw
