"""Words as they are meant: short forms written out, misspellings mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from bot.conversation.reading.words.countries import (
    find_towns,
    gazetteer,
    name_words,
    words_worth_correcting,
)
from bot.conversation.reading.words.geonames import is_town
from bot.conversation.reading.words.number_words import MONTHS, SMALL_NUMBERS, TENS
from bot.conversation.reading.words.patterns import KNOWN_WORDS
from bot.conversation.reading.words.spelling import Speller
from bot.conversation.reading.words.tokens import Token, split
from bot.conversation.reading.words.typed_words import KEY_WORDS, TYPED
from bot.conversation.reading.words.vocabulary import CONTRACTIONS, ENDINGS, IS_AFTER, SYNONYMS
from bot.conversation.reading.words.word import Word

_DRAWN_OUT = re.compile(r"(.)\1{2,}")


def written_out(text: str) -> str:
    """Return `text` with its short forms written out and its misspellings mended."""
    return " ".join(word.text for word in spelt(in_full(split(text))))


def in_full(tokens: Sequence[Token]) -> list[Word]:
    """Write contractions out: "I'm" becomes two words at one place."""
    words: list[Word] = []
    for token in tokens:
        parts = _parts(token.text) if token.kind == "word" else (token.text,)
        words += [Word(part, token.start, token.end, token.raw, token.kind) for part in parts]
    return words


def _parts(word: str) -> tuple[str, ...]:
    if word in TYPED:
        return TYPED[word]
    if word in CONTRACTIONS:
        return CONTRACTIONS[word]
    for ending, meaning in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)], meaning
    if word.endswith("'s"):
        stem = word[:-2]
        return (stem, "is") if stem in IS_AFTER else (stem, "'s")
    return (word,)


@cache
def _speller() -> Speller:
    return Speller(
        words_worth_correcting() | KEY_WORDS,
        meaning=lambda word: gazetteer().get((word,), word),
    )


def spelt(words: Sequence[Word]) -> list[Word]:
    """Mend misspelt words; a town where one may stand is no misspelt word."""
    towns = {
        position
        for start, end in find_towns([word.text for word in words])
        for position in range(start, end)
    }
    return [
        word.named(_correct(word.text)) if word.kind == "word" and position not in towns else word
        for position, word in enumerate(words)
    ]


@lru_cache(maxsize=4096)
def _correct(text: str) -> str:
    if (
        text in KNOWN_WORDS
        or text in SYNONYMS
        or text in name_words()
        or is_town(text)
        or text in MONTHS
        or text in SMALL_NUMBERS
        or text in TENS
        or not text.isalpha()
    ):
        return text
    if len(text) > 4 and text.endswith("in") and _is_key_word(f"{text}g"):
        return f"{text}g"
    once = _DRAWN_OUT.sub(r"\1", text)
    if once != text and len(once) > 1 and _is_key_word(once):
        return once
    return _speller().correct(text) or text


def _is_key_word(text: str) -> bool:
    return text in KNOWN_WORDS or text in SYNONYMS or text in KEY_WORDS
