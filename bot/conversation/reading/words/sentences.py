"""Sentences: where one ends, what is asked in it, and a question that follows a statement."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.reading.words.grammar import (
    AUXILIARIES,
    HYPOTHETICAL,
    SUBJECTS,
    TAGS,
    WH_WORDS,
)
from bot.conversation.reading.words.greetings import GREETED, GREETINGS, GREETINGS_ELSEWHERE
from bot.conversation.reading.words.questions import names_a_topic, opens_question
from bot.conversation.reading.words.speaker import END, QUESTION_START, START
from bot.conversation.reading.words.word import Word

_DENIED_AHEAD = frozenset({"neither", "nor"})  # "neither a job nor a ticket do I have"
_OPENS_A_QUESTION = WH_WORDS | AUXILIARIES | {"question"}
_OPENING = 3
_ON_THE_WAY = frozenset("coming joining flying travelling moving going accompanying".split())
_WENT_ON_WITH = frozenset("i we my was were says requires matches has have suits".split())
_DOUBTS = [each.split() for each in ("do not know", "no idea", "not sure", "no clue", "i unsure")]
"""What tells a doubt though a question mark closes it: "dunno which one is for me??"."""
_ASKED_OF_ONESELF = frozenset({"can", "could", "am", "do", "will", "would", "should", "may"})
_DESCRIBES = frozenset("DEM NUM CTRY DATE PLACE i my student person".split())
_SUPPOSES = HYPOTHETICAL - {"until", "till", "once", "after", "before", "when", "proof"}
_HAD = frozenset({"got", "gotten", "hold", "possess"})
"""Forms of "have" that open no question: "co-op in 2022 (got it)"."""
_GOES_ON = SUBJECTS | AUXILIARIES | HYPOTHETICAL | WH_WORDS
# "Irish, 24 what do I need", "I'm Brazilian is there a way": what describes somebody is over.
_ENDS_A_DESCRIPTION = frozenset(
    "DEM NUM CTRY PLACE DATE year old passport citizen person student dollar alone".split()
)
_ASKED_FOR = frozenset("one program category stream visa permit documents docs form papers".split())
_ASKED_OF_THINGS = frozenset("is are does do can will would could should".split())
_ASKED_ABOUT = frozenset("there it that this you they we these those anyone somebody".split())


def sentences_of(words: Sequence[Word]) -> list[list[Word]]:
    """Cut into sentences, each with its ends marked, its greeting dropped.

    A question after a statement without a full stop ("I'm 24, can I apply") is one of its own.
    """
    sentences: list[list[Word]] = []
    current: list[Word] = []
    greeted = False
    for position, word in enumerate(words):
        if word.kind == "end":
            asked = "?" in word.text or "\uff1f" in word.text
            heading = asked and position + 1 < len(words)
            if heading and names_a_topic([each.text for each in current]):
                current += [word.named("?"), word.named(",")]
                continue
            if asked and (tag := _tag(current)):
                sentences += _bounded(current[:-tag], asked=False)
                current = current[-tag:]
            sentences += _bounded(current, asked=asked)
            current, greeted = [], False
            continue
        if _turns_to_a_question(words, position, current):
            sentences += _bounded(current, asked=False)
            current = []
        if _turns_to_a_statement(words, position, current):
            sentences += _bounded(current, asked=True)
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


_LONGEST_LACK = 4
_KINDS_OF_STAY = frozenset("working iec whv wh coop young yp".split())


def _tag(sentence: Sequence[Word]) -> int:
    """Return how many words at the end only ask about what was said: "27, Greek, is that ok"."""
    texts = [word.text for word in sentence]
    if "," not in texts:
        return 0
    length = texts[::-1].index(",") + 1
    after = texts[1 - length :] if length > 1 else []
    told = texts[:-length]
    opened = {"i", "my"} & set(told[:_OPENING]) and HYPOTHETICAL.isdisjoint(texts)
    opened = opened or (told[0] in _TELLS and told[1] not in SUBJECTS)
    stated = opened or _lists(told)
    lacks = texts[0] in ("no", "without") and texts.index(",") <= _LONGEST_LACK
    stated = stated or lacks
    tag = set(after) <= TAGS or stated or after[:2] == ["i", "thought"]
    tag = tag or bool({"suppose", "guess"} & set(after))
    return length if 1 < length < len(texts) and tag else 0


_TELLS = frozenset({"had", "was", "got", "did", "have", "been"})


def _lists(texts: Sequence[str]) -> bool:
    """Tell whether words describe somebody in a list: "26, German passport, living in Ulm"."""
    described = [text for text in texts if text in _DESCRIBES]
    return "," in texts and len(set(described)) > 1 and _SUPPOSES.isdisjoint(texts)


def _bounded(sentence: list[Word], *, asked: bool) -> list[list[Word]]:
    """Return the sentence between its ends, as a list of one, or of none when it is empty."""
    if not sentence:
        return []
    texts = [word.text for word in sentence]
    doubted = any(texts[i : i + len(d)] == d for d in _DOUBTS for i in range(3))
    asked = opens_question(texts) or (asked and not doubted)
    first, last = sentence[0].start, sentence[-1].end
    return [
        [
            Word(QUESTION_START if asked else START, first, first, "", "edge"),
            *sentence,
            Word(END, last, last, "", "edge"),
        ]
    ]


def _says_where_one_is(words: Sequence[Word]) -> bool:
    return any(word.text in ("live", "living", "born", "grew") for word in words)


def _turns_to_a_statement(words: Sequence[Word], position: int, current: list[Word]) -> bool:
    """Tell whether the speaker turns to themselves: "how much do I need, I have 4000"."""
    texts = [word.text for word in current]
    following = [word.text for word in words[position : position + 2]]
    return (
        texts[-1:] == [","]
        and following[0] == "i"
        and following[-1] in _TELLS_OF_ONESELF
        and opens_question(texts)
        and _SUPPOSES.isdisjoint(texts)
    )


_TELLS_OF_ONESELF = frozenset("am have live want had did was".split())


def _turns_to_a_question(words: Sequence[Word], position: int, current: list[Word]) -> bool:
    if not current or words[position].text not in _OPENS_A_QUESTION:
        return False
    if opens_question([word.text for word in current]):
        return False
    if not _DENIED_AHEAD.isdisjoint(word.text for word in current):
        return False
    if words[position].raw.casefold() in _HAD:
        return False
    following = [word.text for word in words[position : position + 2]]
    if current[-1].raw == ")" and words[position].text in ("is", "was", "are"):
        return False
    if current[-1].text == "," and following[0] == "which" and following[-1] in _WENT_ON_WITH:
        return False
    if following[0] == "did" and not _KINDS_OF_STAY.isdisjoint(
        word.text for word in words[position + 1 : position + 5]
    ):
        return False  # "29 from Perth, did the whv in 2019"
    if following in (["which", "is"], ["which", "was"], ["which", "fits"]):
        return False
    if following == ["where", "i"] and _says_where_one_is(words[position + 2 : position + 7]):
        return False
    if following[0] in ("is", "are") and following[-1] in _ON_THE_WAY:
        return False  # "my wife (29) is coming"
    if current[-1].text in (",", "and", "but", "so"):
        return opens_question(following) and following != ["was", "there"]
    if len(following) < 2 or current[-1].text in _GOES_ON:
        return False
    if following[0] in _ASKED_OF_ONESELF and following[1] == "i":
        return True
    described = current[-1].text in _ENDS_A_DESCRIPTION or current[-1].kind == "name"
    return described and (
        following[0] in ("what", "how")
        or (following[0] == "which" and following[1] in _ASKED_FOR)
        or (following[0] in _ASKED_OF_THINGS and following[1] in _ASKED_ABOUT)
    )
