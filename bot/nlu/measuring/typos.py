"""Typing mistakes, made on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from string import ascii_lowercase

from bot.nlu.measuring.questions import Question

SHORTEST = 3


def misspell(text: str, random: Random) -> str:
    """Return `text` with one slip in every word of three letters or more.

    Each slip swaps two neighbours, or drops, doubles-in or replaces a letter, anywhere in the word.
    """
    return " ".join(_slip(word, random) for word in text.split())


def mistyped(questions: Sequence[Question], seed: int) -> list[Question]:
    """Return `questions` with a slip in every word; the same `seed` makes the same slips."""
    random = Random(seed)  # noqa: S311 -- typos, no secrets
    return [Question(misspell(question.text, random), question.label) for question in questions]


def _slip(word: str, random: Random) -> str:
    letters = [place for place, letter in enumerate(word) if letter.isalpha()]
    if len(letters) < SHORTEST:
        return word
    place = random.choice(letters)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    stray = random.choice(ascii_lowercase.replace(letter.lower(), ""))
    kind = random.choice(("swap", "drop", "add", "replace"))
    if kind == "swap" and after:
        return before + after[0] + letter + after[1:]
    if kind == "drop":
        return before + after
    return before + stray + (letter if kind == "add" else "") + after
