"""Who a sentence speaks of: the "I" that is asked or supposed, and the "I" that is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.conversation.reading.words.grammar import (
    AUXILIARIES,
    HYPOTHETICAL,
    LEFT_OUT_BEFORE,
    LEFT_OUT_BEFORE_AT_THE_START,
    LEFT_OUT_WITH_AM,
    PERSONS,
    SUBJECTS,
    WH_WORDS,
)
from bot.conversation.reading.words.word import Word

START, QUESTION_START, END = "^", "^Q", "$"
_CLAUSE_STARTS = frozenset({",", "and", "or", "so", "but", "then", "because"}) | WH_WORDS
_JOINS = frozenset({",", "and", "but"})
_ADVERBS = frozenset(
    "currently now also just already still only never not recently actually".split()
)
_OTHERS = PERSONS | {"(i)", "(my)", "who", "people"}
_SAYS_WHERE_ONE_IS = frozenset({"living", "studying", "working"})
_POSSESSIONS = frozenset("insurance ticket dollar saved".split())
_LONGEST_THING = 5
_PAST = frozenset(
    "was had did applied tried went came lived worked studied wrote spoke sent said got left began"
    " made took met told bought found saw read filled".split()
)
_TIMES = frozenset({"until", "till", "before", "after"})
_OF_TIME = frozenset({"DATE", "NUM", "MONTH", "then", "now"})
_WISHES = frozenset({"like", "love", "prefer"})
_DESCRIBES_ONESELF = frozenset(
    "DEM NUM year old student CTRY PLACE citizen person graduate am male female ^".split()
)


def marked(sentence: Sequence[Word]) -> list[Word]:
    """Return the sentence with "(i)" and "(my)" where they are asked or supposed."""
    result: list[Word] = []
    supposed = False
    for position, word in enumerate(sentence):
        if (
            word.text in HYPOTHETICAL
            and not (
                _says_which_time(sentence, position)
                or _tells_of_the_past(sentence, position)
                or (word.text == "after" and sentence[position + 1].text.endswith("ing"))
                or (word.text in _TIMES and sentence[position + 1].text in _OF_TIME)
            )
        ) or (word.text == "while" and sentence[0].text == QUESTION_START):
            supposed = True
        elif word.text in (",", "but", "though", "although", "because"):
            supposed = False
        if word.text in ("i", "my", "we") and (supposed or _is_asked(sentence, position)):
            word = word.named(f"({word.text})")
        result.append(word)
    return result


def _says_which_time(sentence: Sequence[Word], position: int) -> bool:
    """Tell whether "it would be my second" counts, which supposes nothing."""
    words = [word.text for word in sentence[max(0, position - 1) : position + 4]]
    return words[:1] in (["it"], ["this"], ["that"]) and words[1:4] == ["would", "be", "my"]


def _tells_of_the_past(sentence: Sequence[Word], position: int) -> bool:
    """Tell whether "when I was", "once I had" look back."""
    first, *following = [word.text for word in sentence[position : position + 3]]
    if first not in ("when", "once", "after", "before", "until") or following[:1] != ["i"]:
        return False
    return following[1] in _PAST or following[1].endswith("ed")


def _is_asked(sentence: Sequence[Word], position: int) -> bool:
    before = sentence[position - 1].text if position else ""
    if before not in AUXILIARIES or any(word.text == "neither" for word in sentence[:position]):
        return False
    earlier = sentence[position - 2].text if position > 1 else START
    done = before in ("have", "had", "did") and sentence[0].text == START
    if sentence[position].text == "my" and done:
        return False
    if sentence[position].text == "my" and earlier == "which" and position > 3:
        return False
    if sentence[position].text == "my":
        return earlier in _CLAUSE_STARTS or earlier in (START, QUESTION_START)
    return earlier not in SUBJECTS


def completed(sentence: Sequence[Word]) -> list[Word]:
    """Return the sentence with "i" or "i am" where the speaker left it out.

    "I'm French and live in Rome" becomes "... and i live in Rome"; "Looking for a job" becomes
    "i am looking for a job". Only a speaker of whom the sentence already speaks, or the start of a
    statement, is carried on.
    """
    result: list[Word] = []
    of_the_speaker = sentence[0].text == START
    owning = False
    for position, word in enumerate(sentence):
        result.append(word)
        owning = _goes_on_owning(sentence, position, owning)
        if owning and word.text in _JOINS and _names_a_possession(sentence, position + 1):
            place = sentence[position + 1].start
            result += [
                Word("i", place, place, "", "implied"),
                Word("have", place, place, "", "implied"),
            ]
            continue
        if word.text in ("i", "am"):
            of_the_speaker = True
        elif word.text in _OTHERS or (
            word.text == "my" and sentence[position - 1].text in (*_JOINS, START)
        ):
            of_the_speaker = False
        if of_the_speaker and (word.text in _JOINS or word.text == START):
            result += _left_out(sentence, position)
    return result


def _goes_on_owning(sentence: Sequence[Word], position: int, owning: bool) -> bool:
    """Tell whether what is listed after `position` is still what "I have" or "I will have"."""
    word = sentence[position].text
    if word == "have":
        before = [each.text for each in sentence[max(0, position - 3) : position]]
        after = sentence[position + 1].text
        return "i" in before and "not" not in before and after not in ("to", "no", "not")
    return owning and word not in _OTHERS and word not in ("i", "but", "not", "no")


def _names_a_possession(sentence: Sequence[Word], start: int) -> bool:
    """Tell whether only a thing follows, up to a pause: "a return ticket", "3000 dollars"."""
    thing = []
    for word in sentence[start:]:
        if word.text in _JOINS or word.text == END:
            break
        thing.append(word.text)
    return bool(thing) and len(thing) <= _LONGEST_THING and thing[-1] in _POSSESSIONS


def _is_of_a_birthday(words: Sequence[Word]) -> bool:
    texts = [word.text for word in words]
    return texts in (["will", "turn", "NUM"], ["will", "be", "NUM"])


def _looks_back(before: Sequence[Word]) -> bool:
    """Tell whether "when I was 25" goes on: "and living in Rome"."""
    texts = [word.text for word in before]
    return any(texts[i : i + 3] == ["when", "i", "was"] for i in range(len(texts)))


_NO_WORK = frozenset({"holiday", "permit", "visa"})


def _left_out(sentence: Sequence[Word], position: int) -> Iterator[Word]:
    """Yield the words that are left out after `position`, if the speaker's verb follows."""
    following = position + 1
    while sentence[following].text in _ADVERBS:
        following += 1
    verb, place = sentence[following].text, sentence[position + 1].start
    at_the_start = sentence[position].text == START
    if verb == "working" and sentence[following + 1].text in _NO_WORK:
        return
    if verb in LEFT_OUT_WITH_AM:
        described = at_the_start or sentence[position - 1].text in _DESCRIBES_ONESELF
        if verb in _SAYS_WHERE_ONE_IS and (not described or _looks_back(sentence[:position])):
            return
        yield Word("i", place, place, "", "implied")
        yield Word("am", place, place, "", "implied")
    elif (
        _is_of_a_birthday(sentence[following : following + 3])
        or (verb == "would" and sentence[following + 1].text in _WISHES)
        or verb in (LEFT_OUT_BEFORE_AT_THE_START if at_the_start else LEFT_OUT_BEFORE)
    ):
        yield Word("i", place, place, "", "implied")
