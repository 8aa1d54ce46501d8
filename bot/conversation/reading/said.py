"""What was said: a text as canonical words in sentences, ready for patterns.

Numbers, dates, countries and the like become one word each, named by its kind, with the value kept.
"I" and "my" become "(i)" and "(my)" where they are asked or supposed ("do I have", "if my
passport"), so that no pattern takes them for a statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from spacy.tokens import Doc

from bot.conversation.reading.countries import (
    ALSO_ENGLISH,
    COUNTRY,
    ONLY_ACCENTED,
    PLACE,
    SKIPPED,
    TOWN,
    find_names,
    gazetteer,
    name_words,
    words_worth_correcting,
)
from bot.conversation.reading.grammar import AUXILIARIES, HYPOTHETICAL, SUBJECTS, TAGS, WH_WORDS
from bot.conversation.reading.greetings import GREETED, GREETINGS, GREETINGS_ELSEWHERE
from bot.conversation.reading.joining import BELONGS_TO_COUNTRY, joined
from bot.conversation.reading.number_words import MONTHS, SMALL_NUMBERS, TENS
from bot.conversation.reading.numbers import merge_numbers_and_dates
from bot.conversation.reading.patterns import KNOWN_WORDS, VOCAB
from bot.conversation.reading.pauses import paused
from bot.conversation.reading.pictures import with_flags, without_pictures
from bot.conversation.reading.questions import opens_question
from bot.conversation.reading.speaker import END, QUESTION_START, START, completed, marked
from bot.conversation.reading.spelling import Speller
from bot.conversation.reading.tokens import Token, split
from bot.conversation.reading.towns import is_expected
from bot.conversation.reading.typed_words import KEY_WORDS, TYPED, as_meant
from bot.conversation.reading.vocabulary import CONTRACTIONS, ENDINGS, IS_AFTER, SYNONYMS
from bot.conversation.reading.word import Word

_LONGEST_TOWN = 3
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_DENIED_AHEAD = frozenset({"neither", "nor"})  # "neither a job nor a ticket do I have"
_OPENING = 3
_ON_THE_WAY = frozenset("coming joining flying travelling moving going accompanying".split())
_ASKED_OF_ONESELF = frozenset({"can", "could", "am", "do", "will", "would", "should", "may"})


@dataclass(frozen=True)
class Said:
    """The words of a text with the ends of its sentences."""

    words: tuple[Word, ...]

    @cached_property
    def doc(self) -> Doc:
        """The words as the matchers see them: those that no pattern names are "_" or "_ing"."""
        return Doc(VOCAB, words=[_seen(word.text) for word in self.words])

    def sentence(self, position: int) -> tuple[int, int]:
        """Return where the sentence around `position` starts and ends, its edges included."""
        start = max(i for i in range(position + 1) if self.words[i].text in (START, QUESTION_START))
        end = next(i for i in range(position, len(self.words)) if self.words[i].text == END)
        return start, end + 1

    def is_asked(self, position: int) -> bool:
        """Tell whether the sentence around `position` is a question."""
        return self.words[self.sentence(position)[0]].text == QUESTION_START

    def texts(self, start: int = 0, end: int | None = None) -> list[str]:
        """Return the canonical words from `start` to `end`."""
        return [word.text for word in self.words[start:end]]


def _seen(text: str) -> str:
    if text in KNOWN_WORDS:
        return text
    return "_ing" if text.endswith("ing") else "_"


def listen(text: str) -> Said:
    """Return `text` as words."""
    words = _written_out(without_pictures(split(text)))
    words = with_flags(_names(as_meant(_spelt(words))))
    words = merge_numbers_and_dates(words)
    words = _without_home_towns([_canonical(word) for word in words])
    sentences = _sentences(joined(words))
    return Said(
        tuple(word for sentence in sentences for word in completed(marked(paused(sentence))))
    )


def written_out(text: str) -> str:
    """Return `text` with its short forms written out and its misspellings mended."""
    return " ".join(word.text for word in _spelt(_written_out(split(text))))


def _written_out(tokens: Sequence[Token]) -> list[Word]:
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


def _spelt(words: Sequence[Word]) -> list[Word]:
    return [word.named(_correct(word.text)) if word.kind == "word" else word for word in words]


@lru_cache(maxsize=4096)
def _correct(text: str) -> str:
    if (
        text in KNOWN_WORDS
        or text in SYNONYMS
        or text in name_words()
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


def _names(words: Sequence[Word]) -> list[Word]:
    """Put one word of the right kind in the place of each name of a country, people or town."""
    shouting = sum(word.raw.isupper() for word in words) > len(words) / 2 and len(words) > 2
    result: list[Word] = []
    done = 0
    for found in find_names([word.text for word in words]):
        covered = words[found.start : found.end]
        result += words[done : found.start]
        done = found.end
        if found.name.kind == SKIPPED:
            result += [word.named("_") for word in covered]
        elif _is_english(covered, words, found.end, shouting) or (
            found.name.kind == TOWN
            and not is_expected(result, covered, words[found.end : found.end + 1])
        ):
            result += covered
        else:
            if found.name.kind == COUNTRY and result and result[-1].text == "the":
                result.pop()
            result.append(
                Word(
                    PLACE if found.name.kind == TOWN else found.name.kind,
                    covered[0].start,
                    covered[-1].end,
                    " ".join(word.raw for word in covered),
                    "name",
                    found.name.iso,
                )
            )
    return result + list(words[done:])


def _is_english(covered: Sequence[Word], words: Sequence[Word], end: int, shouting: bool) -> bool:
    """Tell whether a name is more likely an English word here: "us" in "can you tell us"."""
    if len(covered) > 1:
        return False
    if covered[0].text in ONLY_ACCENTED:
        return covered[0].raw.isascii()
    if covered[0].text not in ALSO_ENGLISH:
        return False
    if covered[0].raw.isupper():
        return shouting
    position = end - 1
    if position and words[position - 1].text in ("in", "from") and _ends_a_phrase(words, end):
        return False
    follows = SYNONYMS.get(words[end].text) if end < len(words) else None
    return follows not in BELONGS_TO_COUNTRY


def _ends_a_phrase(words: Sequence[Word], end: int) -> bool:
    return end == len(words) or words[end].kind in ("end", "mark")


def _canonical(word: Word) -> Word:
    if word.kind != "word":
        return word
    return word.named(SYNONYMS.get(word.text, word.text))


def _without_home_towns(words: Sequence[Word]) -> list[Word]:
    """Return "from Riga, Latvia" as "from Latvia"; a town need not be known to be left out."""
    result: list[Word] = []
    position = 0
    while position < len(words):
        result.append(words[position])
        position += 1
        if result[-1].text == "from" or _says_where_one_lives(result):
            end = position
            while (
                end < len(words) and end - position < _LONGEST_TOWN and _may_be_a_town(words[end])
            ):
                end += 1
            pause = end < len(words) and words[end].text == ","
            country = words[end + pause] if end + pause < len(words) else None
            if country and country.text == "in" and end + 1 < len(words):
                pause, country = True, words[end + 1]
            if country and country.text == COUNTRY and end > position:
                certain = pause or words[end - 1].text == PLACE
                position = end + pause if certain else position
    return result


def _says_where_one_lives(words: Sequence[Word]) -> bool:
    return [word.text for word in words[-2:]] in (["living", "in"], ["live", "in"])


def _may_be_a_town(word: Word) -> bool:
    return word.text == PLACE or (word.kind == "word" and word.text not in KNOWN_WORDS)


def _sentences(words: Sequence[Word]) -> list[list[Word]]:
    """Cut into sentences, each with its ends marked, its greeting dropped.

    A question after a statement without a full stop ("I'm 24, can I apply") is one of its own.
    """
    sentences: list[list[Word]] = []
    current: list[Word] = []
    greeted = False
    for position, word in enumerate(words):
        if word.kind == "end":
            asked = "?" in word.text or "\uff1f" in word.text
            if asked and (tag := _tag(current)):
                sentences += _bounded(current[:-tag], asked=False)
                current = current[-tag:]
            sentences += _bounded(current, asked=asked)
            current, greeted = [], False
            continue
        if _turns_to_a_question(words, position, current):
            sentences += _bounded(current, asked=False)
            current = []
        raw = word.raw.casefold()
        if current or not (
            word.text == ","
            or raw in GREETINGS
            or raw in GREETINGS_ELSEWHERE
            or (greeted and raw in GREETED)
        ):
            current.append(word)
        else:
            greeted = True
    return sentences + _bounded(current, asked=False)


def _tag(sentence: Sequence[Word]) -> int:
    """Return how many words at the end only ask about what was said: "27, Greek, is that ok"."""
    texts = [word.text for word in sentence]
    if "," not in texts:
        return 0
    length = texts[::-1].index(",") + 1
    after = texts[1 - length :] if length > 1 else []
    stated = {"i", "my"} & set(texts[:-length][:_OPENING]) and HYPOTHETICAL.isdisjoint(texts)
    tag = set(after) <= TAGS or stated or after[:2] == ["i", "thought"]
    return length if 1 < length < len(texts) and tag else 0


def _bounded(sentence: list[Word], *, asked: bool) -> list[list[Word]]:
    """Return the sentence between its ends, as a list of one, or of none when it is empty."""
    if not sentence:
        return []
    asked = asked or opens_question([word.text for word in sentence])
    first, last = sentence[0].start, sentence[-1].end
    return [
        [
            Word(QUESTION_START if asked else START, first, first, "", "edge"),
            *sentence,
            Word(END, last, last, "", "edge"),
        ]
    ]


def _turns_to_a_question(words: Sequence[Word], position: int, current: list[Word]) -> bool:
    if not current or opens_question([word.text for word in current]):
        return False
    if not _DENIED_AHEAD.isdisjoint(word.text for word in current):
        return False
    following = [word.text for word in words[position : position + 2]]
    if current[-1].raw == ")" and words[position].text in ("is", "was", "are"):
        return False
    if following in (["which", "is"], ["which", "was"], ["which", "fits"]):
        return False
    if following[0] in ("is", "are") and following[-1] in _ON_THE_WAY:
        return False  # "my wife (29) is coming"
    if current[-1].text in (",", "and", "but", "so"):
        return opens_question(following) and following != ["was", "there"]
    return (
        len(following) == 2
        and following[0] in _ASKED_OF_ONESELF
        and following[1] == "i"
        and current[-1].text not in SUBJECTS | AUXILIARIES | HYPOTHETICAL | WH_WORDS
    )
