"""Numbers in digits and words, ordinals and dates: many tokens become one word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.reading.words.dates import PartialDate, numeric_date
from bot.conversation.reading.words.number_words import MONTHS, SMALL_NUMBERS, TENS
from bot.conversation.reading.words.word import Word

LARGEST = 1e15
"""Larger numbers are read as this one."""

NUMBER, ORDINAL, DATE, MONTH = "NUM", "ORD", "DATE", "MONTH"
_THOUSANDS = re.compile(r"\d{1,3}(?:[,.]\d{3})+(?:[.,]\d{1,2})?")
_ALSO_ENGLISH_MONTHS = frozenset({"mars", "may", "march", "mar", "sep", "dec", "jan"})
_BEFORE_A_MONTH = frozenset(
    "in of by until till since next last this from early late mid end to before after every".split()
)
_MULTIPLES = {"thousand": 1000, "grand": 1000, "k": 1000, "million": 1_000_000}
_FIRST_OF = frozenset("time timer iec participation application".split())
_SEXES = frozenset({"m", "f"})
_ORDINALS = {
    word: day
    for day, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        " twentieth".split(),
        start=1,
    )
} | {"thirtieth": 30}
_OF = frozenset({"of", "de", "/", "-"})
_ENDS = frozenset({"st", "nd", "rd", "th"})
_NO_ONE = frozenset("no any some every the this that which each".split())


def parse_number(raw: str) -> float:
    """Read digits, thousands set off by a comma, dot, space or apostrophe: "2.500,00" is 2500."""
    plain = re.sub(r"[\s']", "", raw)
    if _THOUSANDS.fullmatch(plain):
        whole, last = plain, ""
        if re.fullmatch(r".*[.,]\d{1,2}", plain):
            whole, last = re.split(r"[.,](?=\d{1,2}$)", plain)
        return min(float(re.sub(r"[.,]", "", whole) + "." + (last or "0")), LARGEST)
    return min(float(plain.replace(",", ".")), LARGEST)


def merge_numbers_and_dates(words: Sequence[Word]) -> list[Word]:
    """Return `words` with each number, ordinal and date as one word that carries its value."""
    return _dates(_numbers(words))


def _joined(text: str, words: Sequence[Word], value: object) -> Word:
    raw = " ".join(word.raw for word in words)
    return Word(text, words[0].start, words[-1].end, raw, "value", value)


def _numbers(words: Sequence[Word]) -> list[Word]:
    result: list[Word] = []
    position = 0
    while position < len(words):
        word = words[position]
        following = words[position + 1] if position + 1 < len(words) else None
        used = 1
        if word.kind == "number" and _is_two_in_one(words, position):
            result.append(word.named("_"))
            used = 3
        elif word.kind == "number":
            value = parse_number(word.raw)
            touching = following is not None and following.start == word.end
            if following and touching and following.raw.casefold() in _ENDS:
                then = words[position + 2].text if position + 2 < len(words) else ""
                ordinal = _joined(ORDINAL, (word, following), int(value))
                is_first = value == 1 and then in _FIRST_OF
                result.append(ordinal.named("first") if is_first else ordinal)
                used = 2
            elif following and touching and following.text == "k":
                result.append(_joined(NUMBER, (word, following), value * 1000))
                used = 2
            elif following and touching and following.text == "y":
                result += [_joined(NUMBER, (word,), value), following.named("year")]
                used = 2
            elif following and following.text in _SEXES and 14 <= value <= 60:
                result += [_joined(NUMBER, (word,), value), following.named("person")]
                used = 2
            elif following and following.text in _MULTIPLES:
                times = _MULTIPLES[following.text]
                result.append(_joined(NUMBER, (word, following), value * times))
                used = 2
            else:
                result.append(_joined(NUMBER, (word,), value))
        elif word.text in _SEXES and _opens_with_an_age(words, position):
            result.append(word.named("person"))
        elif (spoken := _spoken(words, position)) is not None:
            value, used = spoken
            result.append(_joined(NUMBER, words[position : position + used], value))
        elif word.kind == "date":
            found = numeric_date(word.raw)
            result.append(_joined(DATE, (word,), found) if found else word.named("_"))
        else:
            result.append(word)
        position += used
    return result


def _is_two_in_one(words: Sequence[Word], position: int) -> bool:
    """Tell whether two numbers are one thing: "24/7", the season of "22/23"."""
    first, stroke, last = [*words[position : position + 3], None, None, None][:3]
    if first is None or stroke is None or last is None or stroke.raw != "/":
        return False
    if last.kind != "number" or first.end != stroke.start or stroke.end != last.start:
        return False
    return (first.raw, last.raw) == ("24", "7") or (
        len(first.raw) == 2
        and first.raw > "12"
        and int(parse_number(last.raw) - int(first.raw)) in (0, 1)
    )


def _opens_with_an_age(words: Sequence[Word], position: int) -> bool:
    """Tell whether "m" or "f" at `position` says what somebody is: "m 19", "F24, Irish"."""
    following = words[position + 1 : position + 3]
    joined = bool(following) and following[0].start == words[position].end
    if position and words[position - 1].kind not in ("mark", "end") and not joined:
        return False
    if following and following[0].text == ",":
        following = following[1:]
    return bool(following) and following[0].kind == "number" and len(following[0].raw) == 2


def _spoken(words: Sequence[Word], position: int) -> tuple[float, int] | None:
    """Read a number in words from `position`: its value and how many words it takes."""
    if words[position].text == "one" and position and words[position - 1].text in _NO_ONE:
        return None
    century = {"nineteen": 1900.0, "twenty": 2000.0}.get(words[position].text)
    if century and (last := _last_of_a_year(words, position + 1)):
        return century + last[0], 1 + last[1]
    total = group = 0
    used = 0
    previous = ""
    while position + used < len(words):
        word = words[position + used].text
        if word in TENS and previous in ("", "hundred", "thousand"):
            group, previous = group + TENS[word], "ten"
        elif (word in SMALL_NUMBERS and previous in ("", "hundred", "thousand")) or (
            previous == "ten" and 1 <= SMALL_NUMBERS.get(word, 0) <= 9
        ):
            group, previous = group + SMALL_NUMBERS[word], "small"
        elif word == "and" and previous == "ten" and _is_rest_of_years(words, position + used + 1):
            pass
        elif word == "hundred" and previous == "small":
            group, previous = group * 100, "hundred"
        elif word in ("thousand", "grand") and previous in ("small", "ten", "hundred"):
            total, group, previous = total + group * 1000, 0, "thousand"
        else:
            break
        used += 1
    return (float(total + group), used) if used else None


def _is_rest_of_years(words: Sequence[Word], position: int) -> bool:
    """Tell whether "twenty and" goes on with "four years"."""
    first, *rest = [word.text for word in words[position : position + 2]] or [""]
    return 1 <= SMALL_NUMBERS.get(first, 0) <= 9 and rest in (["year"], ["years"])


def _last_of_a_year(words: Sequence[Word], position: int) -> tuple[int, int] | None:
    """Read "ninety eight" after "nineteen": its value and how many words it takes."""
    text = words[position].text if position < len(words) else ""
    if words[position - 1].text == "twenty" and SMALL_NUMBERS.get(text, 0) >= 10:
        return SMALL_NUMBERS[text], 1
    ten = TENS.get(text, 0)
    if ten < 50 and (words[position - 1].text, ten) != ("twenty", 20):
        return None
    one = SMALL_NUMBERS.get(words[position + 1].text, 0) if position + 1 < len(words) else 0
    return (ten + one, 2) if 1 <= one <= 9 else (ten, 1)


def _year(word: Word | None) -> int | None:
    if word is not None and word.text == NUMBER and 1900 <= word.value <= 2100:
        return int(word.value) if float(word.value).is_integer() else None
    return None


def _short_year(word: Word | None) -> int | None:
    """Return the year meant by two digits after a month that can be no day: "may 98"."""
    if word is not None and word.text == NUMBER and len(word.raw) == 2 and word.value >= 50:
        return 1900 + int(word.value)
    return None


def _day_of_month(word: Word | None) -> int | None:
    if word is not None and word.text in _ORDINALS:
        return _ORDINALS[word.text]
    if word is not None and word.text in (NUMBER, ORDINAL) and 1 <= word.value <= 31:
        return int(word.value) if float(word.value).is_integer() else None
    return None


def _dates(words: Sequence[Word]) -> list[Word]:
    """Join day, month and year, in whichever order they come, around each name of a month."""
    result: list[Word] = []
    position = 0
    while position < len(words):
        month = MONTHS.get(words[position].text) if words[position].kind == "word" else None
        if month is None:
            result.append(words[position])
            position += 1
            continue
        before: list[Word] = []
        if len(result) > 1 and _links(result[-1]) and _day_of_month(result[-2]):
            before = result[-2:]
        elif result and _day_of_month(result[-1]):
            before = result[-1:]
        day = _day_of_month(before[0]) if before else None
        tens = result[-len(before) - 1] if before and len(result) > len(before) else None
        if day and day < 10 and tens and tens.raw.casefold() in ("twenty", "thirty"):
            before, day = [tens, *before], day + int(tens.value)
        end = position + 1
        if day is None and _day_of_month(_at(words, end)) is not None:
            day = _day_of_month(_at(words, end))
            end += 1
        skip = 1 if _is(words, end, ",") or _is(words, end, "of") or _is(words, end, "de") else 0
        year = _year(_at(words, end + skip)) or _short_year(_at(words, end + skip))
        if year is not None:
            end += skip + 1
        elif not before and _year(result[-1] if result else None) is not None:
            before, year = result[-1:], _year(result[-1])
        if day is None and year is None:
            result.append(_lone_month(words, position, month))
            position += 1
            continue
        if before:
            del result[-len(before) :]
        covered = (*before, *words[position:end])
        result.append(_joined(DATE, covered, PartialDate(year, month, day)))
        position = end
    return result


def _links(word: Word) -> bool:
    """Tell whether a word stands between a day and its month: "8 de mayo", "8. August"."""
    return word.text in _OF or word.raw == "/" or (word.kind == "end" and word.raw == ".")


def _lone_month(words: Sequence[Word], position: int, month: int) -> Word:
    word = words[position]
    previous = words[position - 1].text if position else ""
    if word.text in _ALSO_ENGLISH_MONTHS and previous not in _BEFORE_A_MONTH:
        return word
    return _joined(MONTH, (word,), month)


def _at(words: Sequence[Word], position: int) -> Word | None:
    return words[position] if position < len(words) else None


def _is(words: Sequence[Word], position: int, text: str) -> bool:
    word = _at(words, position)
    return word is not None and word.text == text
