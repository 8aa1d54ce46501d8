"""Replies to "which country?" in which no country was found by its name."""

from __future__ import annotations

from itertools import pairwise

from bot.conversation.reading.fact import NOTHING, Reading
from bot.conversation.reading.words.patterns import KNOWN_WORDS
from bot.conversation.reading.words.said import Said
from bot.knowledge.country_names import country_names


def unknown_country(said: Said) -> Reading:
    """Read a reply that names no country: a region, an unknown word in its place, or nothing."""
    texts = said.texts()
    if "REGION" in texts and "^Q" not in texts:
        return Reading(problem="country_is_a_region")
    content = [word for word in said.words if word.kind != "edge"]
    after_from = any(
        before.text in ("from", "in", "of")
        and after.text not in ("the", "my", "here", "PLACE", "(my)")
        for before, after in pairwise(content)
    )
    one_word = (
        len(content) == 1 and content[0].kind == "word" and content[0].text not in KNOWN_WORDS
    )
    if len(content) == 1 and (code := _from_reply(content[0].raw)):
        return Reading([code])
    if len(content) <= 6 and "^Q" not in texts and (one_word or after_from):
        return Reading(problem="country_not_recognised")
    return NOTHING


_WORDS_LIKE_CODES = frozenset(
    "no in is it be so me my to am at do ma pa la as an if hi eh er et by id ok pm tv md sc ml mm"
    " km re".split()
)
_NAMES_LIKE_WORDS = {"us": "US", "finish": "FI", "columbia": "CO"}


def _from_reply(raw: str) -> str | None:
    """Return the country of a lone word: a two-letter code, or a name like an English word.

    Codes that are words in lower case need capitals; NO is never taken for Norway.
    """
    word, code = raw.casefold(), raw.upper()
    if word in _NAMES_LIKE_WORDS:
        return _NAMES_LIKE_WORDS[word]
    is_code = code in country_names() and code != "NO"
    return code if is_code and (raw.isupper() or word not in _WORDS_LIKE_CODES) else None
