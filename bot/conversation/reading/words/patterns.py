"""Patterns of words, written as lines of text and run by spaCy's Matcher.

A line is a sequence of canonical words: `i am a? @adverb* NUM year`. `a|b` takes either word,
`@set` any word of `SETS`, and `?`, `*`, `+` say how often. Capitals are kinds of words (NUM a
number, DEM an adjective of nationality, CTRY a country, PLACE a city, ...), `^` and `$` the ends
of a sentence, `^Q` the start of a question. `~` is any plain word but a function word, `_` one
that no pattern names, `_ing` such a word in -ing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.conversation.reading.words.grammar import FUNCTION_WORDS

VOCAB = spacy.blank("en").vocab
UNKNOWN_WORDS = ("_", "_ing")
KNOWN_WORDS: set[str] = set(FUNCTION_WORDS)
"""Every word that a pattern names. Only these enter spaCy, whose store never shrinks."""

SETS: Mapping[str, tuple[str, ...]] = {
    name: tuple(words.split())
    for name, words in {
        "article": "a an the my",
        "adverb": "currently now also actually just already originally both presently only really"
        " soon still definitely proudly recently legally technically officially",
        "self": "a an the NUM year old , and or but DEM graduate dual both also currently now"
        " actually just only already still"
        " originally student citizen person citizen passport holder from of CTRY living in"
        " PLACE young"
        " single proud ORD final last university degree here with aged age male female too"
        " studying time part full at turning - MONTH DATE recently born",
        "offer": "internship coop offer apprenticeship",
        "taking_part": "on in part a an my the one two NUM first second last previous already been"
        " done had through did",
        "come": "come comes coming join joins joining travel travelling accompany accompanying go"
        " going move moving apply applying",
        "parent": "mother father mom mum dad parents grandmother grandfather grandparents grandma"
        " grandpa",
        "kin": "friend partner girlfriend boyfriend ex boss brother sister cousin aunt uncle"
        " niece nephew relative relatives roommate flatmate colleague",
        "study_place": "university school degree program",
    }.items()
}


@dataclass(frozen=True)
class Match:
    """A pattern found: the rule's name and the words it covers, as positions in the sentence."""

    rule: str
    start: int
    end: int


_COMMON = frozenset("^ $ , i a the my am have NUM DEM CTRY _ _ing".split())
_ALTERNATIVES_GO_ON = re.compile(r"\| +")


class Patterns:
    """A set of named rules, each a few lines of patterns."""

    def __init__(self, **rules: str) -> None:
        self._matcher = Matcher(VOCAB, validate=False)
        self._needed: defaultdict[str, set[tuple[frozenset[str], ...]]] = defaultdict(set)
        for name, lines in rules.items():
            patterns: list[list[dict[Any, Any]]] = []
            for line in _ALTERNATIVES_GO_ON.sub("|", lines).strip().splitlines():
                needed = _needed(line)
                for word in min(needed, key=_commonness):
                    self._needed[word].add(needed)
                patterns += _expanded(line)
            self._matcher.add(name, patterns, greedy="LONGEST")
        self._words = frozenset(self._needed)

    def find(self, doc: Doc) -> list[Match]:
        """Return the longest matches of each rule, in the order of the text."""
        words = _words_of(doc)
        if not any(
            _all_there(needed, words)
            for word in self._words & words
            for needed in self._needed[word]
        ):
            return []
        found = [Match(VOCAB.strings[rule], start, end) for rule, start, end in self._matcher(doc)]
        return sorted(found, key=lambda match: (match.start, match.end))


def _words_of(doc: Doc) -> set[str]:
    """Return the words of `doc`, which many sets of patterns ask for in turn."""
    words: set[str] | None = doc.user_data.get("words")
    if words is None:
        words = doc.user_data["words"] = {token.orth_ for token in doc}
    return words


def _commonness(alternatives: frozenset[str]) -> tuple[bool, int]:
    """Rank the words of a line, one of which must be there: rarer ones are lower."""
    return not alternatives.isdisjoint(_COMMON), len(alternatives)


def _all_there(needed: tuple[frozenset[str], ...], words: set[str]) -> bool:
    return all(not alternatives.isdisjoint(words) for alternatives in needed)


def _needed(line: str) -> tuple[frozenset[str], ...]:
    """Return the words without which a line cannot match: a quick look before the Matcher runs."""
    return tuple(
        frozenset(_alternatives(word))
        for word in line.split()
        if not (len(word) > 1 and word[-1] in "?*") and word not in ("~", "~+")
    )


def _is_content(text: str) -> bool:
    if text in UNKNOWN_WORDS:
        return True
    return text.isalpha() and text.islower() and text not in FUNCTION_WORDS


_CONTENT = VOCAB.add_flag(_is_content)


def _expanded(line: str) -> Iterator[list[dict[Any, Any]]]:
    """Yield the line's patterns, one for each first word: the Matcher finds plain words fastest."""
    first, *rest = line.split()
    tail = [_token(word) for word in rest]
    if first[-1] in "?*+" and len(first) > 1:
        yield [_token(first), *tail]
        return
    for word in _alternatives(first):
        yield [_token(word), *tail]


def _alternatives(word: str) -> list[str]:
    words = [
        each for part in word.split("|") for each in (SETS[part[1:]] if part[0] == "@" else (part,))
    ]
    KNOWN_WORDS.update(words)
    return words


def _token(word: str) -> dict[Any, Any]:
    operator = word[-1] if len(word) > 1 and word[-1] in "?*+" else None
    words = _alternatives(word[:-1] if operator else word)
    token: dict[Any, Any] = {"ORTH": words[0] if len(words) == 1 else {"IN": words}}
    if words == ["~"]:
        token = {_CONTENT: True}
    if operator:
        token["OP"] = operator
    return token
