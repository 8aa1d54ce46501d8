"""Pauses that people leave out when they type: "irish got a job offer no kids" lists three things.

A comma is put where a denial or a verb without its subject opens the next thing of such a list.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.reading.words.word import Word

_OPENS_A_THING = frozenset("have got found signed finished graduated looking want need".split())
_TICKS = frozenset("\u2714\u2705\u2611\u274c\u2716\u2718\u2717")
_DESCRIBES = frozenset({"DEM", "CTRY", "NUM"})
_FOLLOWS_A_VERB = frozenset("a an my the for to work working from NUM".split())
# What goes on to a "no" without a pause: "I have no kids", "there is no offer", "of no interest".
_GOES_ON_TO_NO = frozenset(
    "have has had got get am is are was were be been there say said answer answered need see make"
    " want with of by under for in to at or and but i we still currently just absolutely that this"
    " it almost virtually means literally ^ ^Q ,".split()
)


def paused(sentence: Sequence[Word]) -> list[Word]:
    """Return the sentence with commas where a list goes on without one."""
    result: list[Word] = []
    for position, word in enumerate(sentence):
        if position and (
            _opens(sentence, position)
            or (word.text in _OPENS_A_DOUBT and _doubts(sentence, position))
        ):
            result.append(Word(",", word.start, word.start, "", "implied"))
        result.append(word)
    return result


_OPENS_A_DOUBT = frozenset({"do", "not", "no", "i", "unsure"})


def _doubts(sentence: Sequence[Word], position: int) -> bool:
    """Tell whether "don't know if that matters" follows what was told without a pause."""
    texts = [word.text for word in sentence[position : position + 5]]
    texts = texts[1:] if texts[0] == "i" else texts
    doubts = [tuple(texts[:length]) for length in (2, 3, 4)]
    return position > _LEAST_TOLD and not _DOUBTS.isdisjoint(doubts)


_LEAST_TOLD = 3
_DOUBTS = frozenset(
    {
        ("do", "not", "know", "if"),
        ("do", "not", "know", "whether"),
        ("not", "sure", "if"),
        ("not", "sure", "whether"),
        ("no", "idea", "if"),
        ("unsure", "if"),
    }
)


def _opens(sentence: Sequence[Word], position: int) -> bool:
    word, before = sentence[position].text, sentence[position - 1].text
    if before in _TICKS:
        return True
    if word == "no":
        return before not in _GOES_ON_TO_NO and sentence[position + 1].text not in ("idea", "clue")
    if word not in _OPENS_A_THING or sentence[position + 1].text not in _FOLLOWS_A_VERB:
        return False
    after_a_denial = position > 1 and sentence[position - 2].text == "no"
    return before in _DESCRIBES or after_a_denial
