"""Whether a name is the subject of a piece, and whether a noun says what the speaker is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.reading.words.patterns import KNOWN_WORDS
from bot.conversation.reading.words.typed_words import KEY_WORDS
from bot.conversation.reading.words.word import Word

_DOES = frozenset("has had does did wants works studies lives got goes comes holds needs".split())


def is_named(piece: Sequence[Word]) -> bool:
    """Tell whether somebody's name opens the piece as its subject: "Lena has a contract"."""
    if len(piece) < 3 or not piece[0].raw[:1].isupper() or piece[0].kind != "word":
        return False
    name, verb = piece[0].text, piece[1].text
    unknown = name.isalpha() and name not in KNOWN_WORDS and name not in KEY_WORDS
    return unknown and (
        verb in _DOES or (verb == "is" and piece[2].text in ("DEM", "NUM", "from", "coming"))
    )


def is_predicate(piece: Sequence[Word], position: int) -> bool:
    """Tell whether a noun says what the speaker is: "I am a yoga teacher"."""
    texts = [word.text for word in piece[:position]]
    being = next((i for i, text in enumerate(texts) if text in ("am", "are", "was")), None)
    if being is None or texts[being - 1 : being] not in (["i"], ["we"], []):
        return False
    between = texts[being + 1 :]
    if piece[position].text == "students" and set(between) <= {"both", "all", "still", "also"}:
        return True
    return between[:1] in (["a"], ["an"], ["NUM"], ["DEM"], ["CTRY"]) and not {
        "my",
        "of",
        "for",
        "with",
        "'s",
    } & set(between)
