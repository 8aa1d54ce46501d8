"""Whether a text asks something."""

from __future__ import annotations

import re

from bot.conversation.reading.words.grammar import AUXILIARIES, PERSONS, SUBJECTS, WH_WORDS
from bot.conversation.reading.words.greetings import GREETINGS
from bot.conversation.reading.words.tokens import split
from bot.conversation.reading.words.vocabulary import CONTRACTIONS, ENDINGS, IS_AFTER

_OPENS_WITH_ANY_SUBJECT = frozenset("is are does did can could should would".split())
_NO_SUBJECT = frozenset(
    "not be do have done fine ok okay good correct right all love like also only possible"
    " pick choose prefer go take rather try opt".split()
)


def plain_words(text: str) -> list[str]:
    """Return the words of `text` in lower case, contractions written out, "yesss" shortened."""
    words: list[str] = []
    for token in split(text):
        if token.kind == "end":
            words.append(",")
            continue
        word = re.sub(r"([a-z])\1{2,}", r"\1", token.text)
        words += _expanded(word)
    return words


def _expanded(word: str) -> tuple[str, ...]:
    if word in CONTRACTIONS:
        return CONTRACTIONS[word]
    for ending, meaning in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)], meaning
    if word.endswith("'s") and word[:-2] in IS_AFTER:
        return word[:-2], "is"
    return (word,)


def is_question(text: str) -> bool:
    """Tell whether a text asks something: it ends a sentence with "?", or opens like a question."""
    tokens = split(text)
    if not any(token.kind in ("word", "number") for token in tokens):
        return False
    if any(token.kind == "end" and "?" in token.text.replace("\uff1f", "?") for token in tokens):
        return True
    words = [word for word in plain_words(text) if word != ","]
    while words and words[0] in GREETINGS | {"and", "but", "also", "sorry", "yes", "no", "thanks"}:
        words.pop(0)
    return opens_question(words)


def _goes_too(words: list[str]) -> bool:
    """Tell whether somebody goes there too: "where I go she goes"."""
    return any(word in ("goes", "go", "comes", "follows", "come", "follow") for word in words)


def opens_question(words: list[str]) -> bool:
    """Tell whether words open a question: a question word, or "can I", "is it", "do you"."""
    if not words:
        return False
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first == "am" and second != "i":
        return False
    if first == "did" and _tells_what_was_done(words):
        return False
    if first in ("was", "were") and second in ("a", "an"):
        return False
    if first == "what" and second in PERSONS and _TOLD & set(words[3:]):
        return not _NEEDS.isdisjoint(words)
    if first == "where" and words[1:3] in (["i", "go"], ["we", "go"]) and _goes_too(words[3:]):
        return False
    if first in WH_WORDS:
        return second != ","
    if first in ("have", "has", "had"):
        return second in PERSONS and (first, second) != ("have", "it")
    if first == "question":
        return opens_question(words[1:])
    if first == "would" and second in _OF_ONESELF:
        return False
    if first in _OPENS_WITH_ANY_SUBJECT and second:
        return second not in _NO_SUBJECT
    return first in AUXILIARIES and second in SUBJECTS


def names_a_topic(words: list[str]) -> bool:
    """Tell whether a question only names what is told next: "Flight home? Paid"."""
    if len(words) > _LONGEST_TOPIC:
        return False
    texts = set(words)
    return texts <= _TOPICS and not texts <= _ARTICLES


_ARTICLES = frozenset("my the a and or".split())
_TOPICS = _ARTICLES | frozenset(
    "passport insurance ticket return back home way money funds saved kid partner health medical"
    " travel cover coverage dependant".split()
)
_LONGEST_TOPIC = 4
# "What I'd do there is my trade" tells something; "what I need is" asks, the order of words aside.
_TOLD = frozenset("is has are was does fits matches corresponds goes".split())
_NEEDS = frozenset("need needs should must can want documents".split())
_OF_ONESELF = frozenset(
    "fly travel come bring take join move apply start stay pay buy tag"
    " accompany follow definitely surely certainly".split()
)
_DONE = [[word] for word in "a an my our the one two NUM iec working coop young whv yp".split()]


def _tells_what_was_done(words: list[str]) -> bool:
    """Tell whether "did" lacks its "I": "did a co-op in 2020", "did IEC once"."""
    if words[-1] in ("change", "open", "close", "reopen", "end"):
        return False
    in_a_year = words[-2:-1] == ["in"] and words[-1].isdigit() and words[1] not in SUBJECTS
    stay = words[1:2] == ["international"] and "coop" in words[2:4]
    kind = stay or words[1:2] in _DONE
    return in_a_year or kind or words[2:3] in (["in"], ["once"], ["twice"], ["back"])
