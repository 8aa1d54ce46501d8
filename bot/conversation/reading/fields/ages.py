"""Age and date of birth.

An age is given only when it is certain today. "Born in 1998" leaves two ages open until the
birthday is known, so it gives none; "born in May 1998" gives one except in May; a full date gives
age and date of birth.
"Turning 30 in May" means 29 now. Ages below 10 or above 99, and numbers of months, are no ages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.words.dates import PartialDate, age_on
from bot.conversation.reading.words.number_words import WEEKDAYS
from bot.conversation.reading.words.patterns import SETS, Match, Patterns
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

YOUNGEST, OLDEST = 10, 99

_SELF = Patterns(
    statement="""
        i am @self* NUM
        me is? @self* NUM
        my age is? @adverb* NUM
    """,
    alone="""
        ^ @self* NUM
    """,
    turning="""
        i am @self* turning NUM
        i will @adverb* be|turn NUM
        i @adverb* turn NUM
    """,
    not_yet="""
        i do|will not @adverb* turn|be NUM until|till|before
        ^|,|and|but will not @adverb* turn|be NUM until|till|before
    """,
    now="""
        ^|,|and|but now NUM $|,|and|but|as|since|so
    """,
    born="""
        i was|am born on|in|the* DATE|NUM
    """,
)
_AFTER_A_BARE_AGE = frozenset(
    "just finished graduated finishing about btw obv obviously hi hello done male female single"
    " unemployed fresh very ready doing wanting trying hoping planning"
    " $ , and but so now not from already DEM citizen person student with living currently studying"
    " looking i (i) my nearly almost soon until till since today"
    " can here _ing working who today am live actually though btw going too her him she he".split()
)
_BEFORE_AN_AGE = frozenset(
    "i being both am , a an me aged age is and DEM citizen student person ^ now currently actually"
    " just only also already CTRY PLACE".split()
)
_AFTER_YEARS_NOT_OF_AGE = frozenset(
    "of experience ago in later program course degree contract abroad working job student".split()
)
_ABOUT_ONESELF = frozenset({"DEM", "student", "CTRY"})
VAGUE = frozenset(
    "over under below above almost nearly about around ish less more than approximately"
    " roughly between or"
    " least max maximum turning soon next not until before close approaching".split()
)
_BEFORE_A_TIME = frozenset("come by on in the this next last of is was coming up".split())
_SOON = frozenset("soon tomorrow spring summer autumn winter xmas christmas easter".split())
_SPANS = frozenset({"week", "month", "day", "days"})


def find(said: Said, today: date) -> Iterator[Fact]:
    """Yield age and date of birth as the speaker states them."""
    for match in _SELF.find(said.doc):
        words = said.words
        last = match.end - 1
        if said.texts(match.start - 1, match.start + 1) == ["worked", "as"]:
            continue
        if _is_told_by_others(said, match.start) or _is_counted_otherwise(said, match.start):
            continue
        if match.rule in ("statement", "alone"):
            if said.texts(match.start + 1, match.start + 3) in (["last", "year"], ["in", "NUM"]):
                continue
            for position in range(match.start, match.end):
                if _is_age(said, position, alone=match.rule == "alone"):
                    to_come = _is_to_come(said.texts(match.start - 3, match.start))
                    yield fact("age", int(words[position].value) - to_come, [words[position]])
        elif match.rule == "born":
            yield from from_birth(words[last], today)
        elif match.rule == "now":
            number = next(word for word in words[match.start : match.end] if word.text == "NUM")
            if _is_told_of_oneself(said, match) and 16 <= number.value <= 45:
                yield fact("age", int(number.value), [number])
        elif match.rule == "not_yet":
            if is_plausible(words[last - 1].value):
                yield from _from_birthday(
                    int(words[last - 1].value),
                    words[match.start : last],
                    words[match.end : match.end + 5],
                    today,
                )
        elif is_plausible(words[last].value):
            yield from _from_birthday(
                int(words[last].value),
                words[match.start : match.end],
                words[match.end : match.end + 5],
                today,
            )


def _is_told_of_oneself(said: Said, match: Match) -> bool:
    """Tell whether "now 35" stands alone or after what the speaker was: not "the fee was 30"."""
    start, end = said.sentence(match.start)
    before = said.texts(start + 1, match.start + 1)
    alone = match.start == start and match.end == end
    return alone or any(
        before[i : i + 3] in (["i", "was", "NUM"], ["i", "am", "NUM"]) for i in range(len(before))
    )


def _is_told_by_others(said: Said, start: int) -> bool:
    """Tell whether "me" is who hears something: "they told me 35"."""
    return said.words[start].text == "me" and said.words[start - 1].kind not in ("edge", "mark")


def _is_counted_otherwise(said: Said, start: int) -> bool:
    """Tell whether an age is not counted from birth: "in Korean age I am 30"."""
    before = said.texts(max(0, start - 3), start)
    return ("DEM", "age") in pairwise(before)


def is_plausible(number: float) -> bool:
    return float(number).is_integer() and YOUNGEST <= number <= OLDEST


def _is_age(said: Said, position: int, *, alone: bool) -> bool:
    """Tell whether the number at `position`, in words about the speaker, is an age."""
    word = said.words[position]
    if word.text != "NUM" or not is_plausible(word.value):
        return False
    before, after = said.texts()[position - 1], said.texts()[position + 1]
    if before == "age" and said.words[position - 2].text == "DEM":
        return False
    if before not in _BEFORE_AN_AGE:
        return False
    if after == "year":
        return _stands_as_years(said, position + 1)
    if after not in _AFTER_A_BARE_AGE:
        return False
    return (
        not alone or before in ("age", "aged", "am", "being") or _describes_oneself(said, position)
    )


def _is_to_come(before: Sequence[str]) -> bool:
    """Tell whether "I am 36" follows "in three weeks", "next month" or "tomorrow"."""
    if before[-1:] == ["tomorrow"]:
        return True
    return before[-1:] != [] and before[-1] in _SPANS and (before[0] == "in" or before[1] == "next")


def _stands_as_years(said: Said, position: int) -> bool:
    """Tell whether "years" at `position` are years of age, not of work or study."""
    after = said.texts(position + 1, position + 3)
    if said.words[position].raw.casefold().startswith(("yo", "y.o", "y/o")):
        return after[:1] != ["of"] and after[:1] != ["experience"]
    if after[:1] == ["old"]:
        return after[1] not in SETS["kin"]
    if after == ["of", "age"]:
        return True
    return bool(after) and after[0] not in _AFTER_YEARS_NOT_OF_AGE and after[0] in _AFTER_A_BARE_AGE


def _describes_oneself(said: Said, position: int) -> bool:
    """Tell whether a fragment with a number also says who somebody is: "24, French"."""
    return bool(_ABOUT_ONESELF & set(said.texts(*said.sentence(position))))


def from_birth(word: Word, today: date) -> Iterator[Fact]:
    birth = _birth(word)
    exact = birth.exact() if birth else None
    age = certain_age(birth, today) if birth else None
    if exact and age is not None:
        yield fact("date_of_birth", exact.isoformat(), [word])
    if age is not None:
        yield fact("age", age, [word])


def _birth(word: Word) -> PartialDate | None:
    if isinstance(word.value, PartialDate):
        return word.value
    if word.value is not None and 1900 <= word.value <= 2100 and float(word.value).is_integer():
        return PartialDate(int(word.value), None, None)
    return None


def certain_age(birth: PartialDate, today: date) -> int | None:
    """Return the age if it is the same for every day that the date of birth may be."""
    bounds = birth.bounds()
    if bounds is None or bounds[1] > today:
        return None
    oldest, youngest = (age_on(day, today) for day in bounds)
    return oldest if oldest == youngest and YOUNGEST <= oldest <= OLDEST else None


def _from_birthday(
    age: int, words: Sequence[Word], after: Sequence[Word], today: date
) -> Iterator[Fact]:
    """Read "turning 30 in May": the age now, and the date of birth if it is told.

    Args:
        age: the age reached on that birthday.
        words: what says so; `after` are the words that follow and may tell when.
        today: the day on which the age is counted.
    """
    following = list(after)
    while following and following[0].text in _BEFORE_A_TIME:
        if [word.text for word in following[1:2]] == ["year"]:
            return
        following.pop(0)
    when = following[0] if following else words[-1]
    if isinstance(when.value, PartialDate) and when.text == "DATE" and when.value.year:
        birth = PartialDate(
            when.value.year - age, when.value.month, when.value.day, when.value.ambiguous
        )
        yield from from_birth(Word("DATE", words[0].start, when.end, "", "value", birth), today)
    elif when.text in ("MONTH", "DATE") or _within_months(following):
        yield fact("age", age - 1, words)


def _within_months(following: list[Word]) -> bool:
    """Tell whether the words name a time less than a year away: "soon", "in two weeks"."""
    texts = [word.text for word in following]
    if texts[:1] and texts[0] in _SOON | _SPANS | WEEKDAYS:
        return True
    if len(texts) < 2 or texts[1] not in _SPANS:
        return False
    return texts[0] in ("a", "few", "couple") or (texts[0] == "NUM" and following[0].value < 11)
