"""Where speakers take back what they said: "sorry, I mean 31", "Danish... no, Swedish"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from bot.conversation.reading.clauses import Clause
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.fields.ages import is_plausible
from bot.conversation.reading.words.patterns import Patterns
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.speaker import END, QUESTION_START, START

_EDGES = frozenset({",", START, END})
_GOES_ON = frozenset({",", END, "i", "DEM", "it"})
_RIGHT_ONE = Patterns(
    age="^ am? @adverb* NUM year? old? $",
    nationalities="^ am? a|an? @adverb* DEM only? $",
)


def put_right(clauses: Iterable[Clause]) -> Iterator[Fact]:
    """Yield what stands bare after a correction: "sorry, I mean 31", "no, Swedish".

    "Sorry, English" announces a language.
    """
    for clause in clauses:
        for match in _RIGHT_ONE.find(clause.said.doc) if clause.corrects else ():
            word = next(word for word in clause.said.words if word.text in ("NUM", "DEM"))
            if match.rule == "age" and is_plausible(word.value):
                yield fact("age", int(word.value), [word])
            elif match.rule == "nationalities" and word.raw.casefold() != "english":
                yield fact("nationalities", [word.value], [word])


def taken_back_at(said: Said, words: Set[str]) -> list[int]:
    """Return where one of `words` stands, or a bare "no" that stops the speaker.

    The "no" after a question answers it.
    """
    texts = said.texts()
    return [
        position
        for position, text in enumerate(texts)
        if (text in words and texts[position - 1] != "not")
        or (text == "no" and _stops(texts, position))
    ]


def _stops(texts: list[str], position: int) -> bool:
    if texts[position - 1] not in _EDGES or texts[position + 1] not in _GOES_ON:
        return False
    openings = [text for text in texts[: position - 1] if text in (START, QUESTION_START)]
    return bool(openings) and openings[-1] == START
