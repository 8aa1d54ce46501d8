"""Pictures between words: a flag names a country, any other picture is a pause.

"kiwi \U0001f1f3\U0001f1ff" says as much as "I am a New Zealander"; a flag after the name of its
country adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.conversation.reading.words.countries import COUNTRY, DEMONYM, PLACE
from bot.conversation.reading.words.tokens import Token
from bot.conversation.reading.words.word import Word

_FLAG_LETTERS = 0x1F1E6
_NAMES = frozenset({COUNTRY, DEMONYM, PLACE})
_BEFORE_A_COUNTRY = frozenset("from in".split())
_AFTER_AN_AGE = frozenset("m f yo yrs years old male female".split())
_DESTINATION = "CA"
_BEFORE_ONESELF = frozenset("am a an i".split())


def without_pictures(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with a pause for each row of pictures, and one token for each flag."""
    if not any(map(_is_picture, tokens)):
        return list(tokens)
    result: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        pair = tokens[position : position + 2]
        position += 1
        if not _is_picture(token):
            result.append(token)
        elif len(pair) == 2 and all(_letter(each) for each in pair):
            iso = "".join(_letter(each) for each in pair)
            result.append(Token("flag", iso, token.start, pair[1].end, token.raw + pair[1].raw))
            position += 1
        elif not (result and result[-1].kind in ("mark", "end")):
            result.append(Token("mark", ",", token.start, token.end, token.raw))
    while result and result[-1].text == ",":
        result.pop()
    return result


def _is_picture(token: Token) -> bool:
    if token.kind != "mark":
        return False
    code = ord(token.text[0])
    return code >= 0x1F000 or 0x2300 <= code <= 0x2BFF or code in (0x200D, 0xFE0F, 0x20E3)


def _letter(token: Token) -> str:
    place = ord(token.text[0]) - _FLAG_LETTERS
    return chr(ord("A") + place) if 0 <= place < 26 and token.kind == "mark" else ""


def with_flags(words: Sequence[Word]) -> list[Word]:
    """Put what each flag says in its place, once the names of countries are known."""
    if not any(word.kind == "flag" for word in words):
        return list(words)
    result: list[Word] = []
    for position, word in enumerate(words):
        if word.kind == "flag":
            result += _said_by_a_flag(word, result, words[position + 1 : position + 2])
        else:
            result.append(word)
    while result and result[-1].text == ",":
        result.pop()
    return result


def _said_by_a_flag(flag: Word, before: Sequence[Word], after: Sequence[Word]) -> Iterator[Word]:
    pause = Word(",", flag.end, flag.end, "", "mark")
    last = before[-1] if before else None
    if any(word.text in _NAMES and word.value == flag.text for word in before[-3:]):
        if last and last.text == DEMONYM and (len(before) < 2 or _opens(before[-2])):
            yield Word("citizen", flag.start, flag.end, flag.raw, "word")
        yield pause
    elif after and after[0].text in _NAMES and after[0].value == flag.text:
        return
    elif last and last.text in _BEFORE_A_COUNTRY and flag.text != _DESTINATION:
        yield Word(COUNTRY, flag.start, flag.end, flag.raw, "name", flag.text)
    elif last and _tells_an_age(last):
        yield pause
        yield Word(DEMONYM, flag.start, flag.end, flag.raw, "name", flag.text)
        yield pause
    elif last is None or _opens(last):
        yield Word(DEMONYM, flag.start, flag.end, flag.raw, "name", flag.text)
    else:
        yield pause


def _opens(word: Word) -> bool:
    return word.kind in ("mark", "end") or word.text in _BEFORE_ONESELF


def _tells_an_age(word: Word) -> bool:
    return word.kind == "number" or word.text in _AFTER_AN_AGE
