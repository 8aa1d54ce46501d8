"""The pieces of what is said about the speaker, cut at commas, "and" and "but".

"Ukrainian refugee living in Poland, 26" has two pieces. Each piece belongs to the person who was
named last, in it or before it; only the speaker's pieces are kept, and none of a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.conversation.reading.said import Said
from bot.conversation.reading.speaker import END, QUESTION_START, START
from bot.conversation.reading.word import Word

_CUTS = frozenset({",", "and", "but"})
_SPEAKER = frozenset("i we me my our us myself both".split())
_OTHERS = frozenset(
    "he she they you your his her their him them who (i) (my) (we) people someone somebody"
    " partner friend"
    " friends gf bf girlfriend boyfriend boss brother brothers sister sisters mother father mom mum"
    " dad parents"
    " grandmother grandfather grandma grandpa cousin cousins roommate flatmate colleague colleagues"
    " uncle aunt nephew niece mate twin parent ex dog cat pet".split()
)
_OTHER_SUBJECTS = frozenset("the it this that there these those their his her your if".split())
_MY_SURROUNDINGS = frozenset("employer job university school internship program visa".split())
_CORRECTIONS = frozenset("sorry mean meant oops wait correction".split())
_INTRODUCE_A_CORRECTION = _CORRECTIONS | frozenset("i no should say actually rather to".split())
_TRAILING = frozenset("here now btw lol haha though actually rn atm".split())


@dataclass(frozen=True)
class Fragment:
    """One piece between its ends, without the words that only introduce or close it.

    `corrects` tells whether it takes back what was said before ("sorry, I mean 31").
    """

    said: Said
    corrects: bool


def fragments(said: Said) -> list[Fragment]:
    """Return the pieces that are about the speaker, in the order of the text."""
    found: list[Fragment] = []
    of_the_speaker = True
    corrects = False
    for piece in _pieces(said.words):
        of_the_speaker = _is_of_the_speaker(piece, before=of_the_speaker)
        bare, corrects = _bare(piece, corrects=corrects)
        if bare and of_the_speaker:
            found.append(Fragment(Said(_bounded(bare)), corrects))
        corrects = corrects and not bare
    return found


def _pieces(words: Sequence[Word]) -> Iterator[list[Word]]:
    piece: list[Word] = []
    asked = False
    for word in words:
        if word.text in (START, QUESTION_START):
            asked = word.text == QUESTION_START
        elif word.text == END or word.text in _CUTS:
            if piece and not asked:
                yield piece
            piece = []
        else:
            piece.append(word)


def _is_of_the_speaker(piece: Sequence[Word], *, before: bool) -> bool:
    my_own = piece[0].text != "my" or len(piece) < 2 or piece[1].text not in _MY_SURROUNDINGS
    if (piece[0].text in _OTHER_SUBJECTS and len(piece) > 1) or not my_own:
        return False
    speaker = before
    for position, word in enumerate(piece):
        plain = word.raw.casefold()
        previous = piece[position - 1].text if position else ""
        if word.text in _SPEAKER:
            speaker = True
        elif (word.text in _OTHERS or plain in _OTHERS) and previous not in ("no", "thank"):
            speaker = False
    return speaker


def _bare(piece: Sequence[Word], *, corrects: bool) -> tuple[list[Word], bool]:
    """Return the piece without introducing and closing words, and whether it corrects."""
    words = list(piece)
    introduced = next(
        (i for i, word in enumerate(words) if word.text not in _INTRODUCE_A_CORRECTION), len(words)
    )
    corrects = corrects or any(word.text in _CORRECTIONS for word in words[:introduced])
    if corrects:
        words = words[introduced:]
    while words and words[-1].text in _TRAILING:
        words.pop()
    return words, corrects


def _bounded(words: Sequence[Word]) -> tuple[Word, ...]:
    first, last = words[0].start, words[-1].end
    return (Word(START, first, first, "", "edge"), *words, Word(END, last, last, "", "edge"))
