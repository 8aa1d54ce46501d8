"""Words that only introduce or close what a clause says: "well", "I mean", "my details", "btw"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.reading.words.word import Word

CORRECTIONS = frozenset("sorry mean meant oops wait correction kidding joking jk".split())
"""Words by which speakers take back what they said."""
_INTRODUCE_A_CORRECTION = CORRECTIONS | frozenset("i no should say actually rather to just".split())
_INTRODUCTIONS = frozenset("my details detail info data profile about me so".split())
_TRAILING = frozenset(
    "here now btw lol haha though actually rn atm obviously anyway forever".split()
)
_FILLERS = frozenset("umm uhm um uh erm hmm hm then well oh ah eh basically honestly look".split())
_AGREES = frozenset({"yes", "yep", "yeah"})


def bare_of(piece: Sequence[Word], *, corrects: bool) -> tuple[list[Word], bool]:
    """Return the piece without introducing and closing words, and whether it corrects."""
    words = list(piece)
    introduced = next(
        (i for i, word in enumerate(words) if word.text not in _INTRODUCE_A_CORRECTION), len(words)
    )
    itself = any(word.text in CORRECTIONS for word in words[:introduced])
    if itself or (corrects and words[0].text != "no"):
        words = words[introduced:]
    corrects = corrects or itself
    if len(words) > 1 and words[0].text in _AGREES:
        words = words[1:]
    first = {word.text for word in words[:2]}
    if words and words[0].text != "me" and first <= _INTRODUCTIONS:
        words = words[2:]
    while words and words[-1].text in _TRAILING:
        words.pop()
    while len(words) > 1 and words[0].text in _FILLERS:
        words.pop(0)
    return words, corrects
