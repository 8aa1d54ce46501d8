"""What was said: a text as canonical words in sentences, ready for patterns.

Numbers, dates, countries and the like become one word each, named by its kind, with the value kept.
"I" and "my" become "(i)" and "(my)" where they are asked or supposed ("do I have", "if my
passport"), so that no pattern takes them for a statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from bot.conversation.reading.words.joining import joined
from bot.conversation.reading.words.numbers import merge_numbers_and_dates
from bot.conversation.reading.words.patterns import KNOWN_WORDS, VOCAB
from bot.conversation.reading.words.pauses import paused
from bot.conversation.reading.words.pictures import with_flags, without_pictures
from bot.conversation.reading.words.place_names import with_names, without_home_towns
from bot.conversation.reading.words.sentences import sentences_of
from bot.conversation.reading.words.speaker import END, QUESTION_START, START, completed, marked
from bot.conversation.reading.words.tokens import split
from bot.conversation.reading.words.typed_words import as_meant
from bot.conversation.reading.words.vocabulary import SYNONYMS
from bot.conversation.reading.words.word import Word
from bot.conversation.reading.words.writing import in_full, spelt


@dataclass(frozen=True)
class Said:
    """The words of a text with the ends of its sentences."""

    words: tuple[Word, ...]

    @cached_property
    def doc(self) -> Doc:
        """The words as the matchers see them: those that no pattern names are "_" or "_ing"."""
        seen = [_seen(word.text) for word in self.words]
        return Doc(VOCAB, words=seen, user_data={"words": set(seen)})

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
    words = in_full(without_pictures(split(text)))
    words = with_flags(with_names(as_meant(spelt(words))))
    words = merge_numbers_and_dates(words)
    words = without_home_towns([_canonical(word) for word in words])
    sentences = sentences_of(joined(words))
    return Said(
        tuple(word for sentence in sentences for word in completed(marked(paused(sentence))))
    )


def _canonical(word: Word) -> Word:
    if word.kind != "word":
        return word
    return word.named(SYNONYMS.get(word.text, word.text))
