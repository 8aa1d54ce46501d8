"""Replies to "How old are you?" and "When were you born?"."""

from __future__ import annotations

from datetime import date

from bot.conversation.reading.fact import NOTHING, Reading
from bot.conversation.reading.fields.ages import OLDEST, VAGUE, YOUNGEST, certain_age, find
from bot.conversation.reading.words.dates import PartialDate, age_on
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

_UNITS = frozenset({"month", "week", "day", "days", "hour", "hours", "minutes", "min"})
_LONGEST_REPLY = 8
_LIKELIER_A_BIRTH_YEAR = 70


def answer_age(said: Said, today: date) -> Reading:
    """Read the reply to "How old are you?": an age, or a date of birth that settles it."""
    stated = [each.value for each in find(said, today) if each.field == "age"]
    if stated:
        return Reading(stated[-1])
    dates = [word for word in said.words if word.text == "DATE"]
    if dates:
        return _age_from_date(dates[0], today)
    texts = said.texts()
    numbers = [
        i
        for i, word in enumerate(said.words)
        if word.text == "NUM" and texts[i - 1] not in ("not", "said", "than")
    ]
    if not numbers or (len(texts) - 2 > _LONGEST_REPLY and "year" not in texts) or "^Q" in texts:
        return NOTHING
    if len(numbers) > 1 or VAGUE & set(texts) or "ORD" in texts:
        return Reading(problem="age_not_clear")
    return _bare_age(said, numbers[0], today)


def _bare_age(said: Said, position: int, today: date) -> Reading:
    number = float(said.words[position].value)
    after = said.texts()[position + 1]
    if after in _UNITS:
        return Reading(problem="age_is_months")
    if after in ("in", "on", "at", "this", "next"):
        return Reading(problem="age_not_clear")
    if 1920 <= number <= today.year:
        birth = PartialDate(int(number), None, None)
        age = certain_age(birth, today)
        return Reading(age) if age is not None else Reading(problem="birth_date_incomplete")
    if number >= _LIKELIER_A_BIRTH_YEAR and number <= OLDEST and after != "year":
        return Reading(problem="birth_date_incomplete")
    if not YOUNGEST <= number < OLDEST + 1:
        return Reading(problem="age_out_of_range")
    return Reading(int(number))


def _age_from_date(word: Word, today: date) -> Reading:
    birth = word.value
    if birth.ambiguous:
        age = certain_age(birth, today)
        return Reading(age) if age is not None else Reading(problem="ambiguous_date")
    age = certain_age(birth, today)
    if age is not None:
        return Reading(age)
    if birth.exact() is not None:
        return Reading(problem="age_out_of_range")
    return Reading(problem="birth_date_incomplete")


def answer_date_of_birth(said: Said, today: date) -> Reading:
    """Read the reply to "When were you born?": a full date in a believable past."""
    dates = [word.value for word in said.words if word.text == "DATE"]
    if not dates:
        vague = any(word.text in ("NUM", "MONTH") for word in said.words)
        return (
            Reading(problem="birth_date_incomplete")
            if vague and "^Q" not in said.texts()
            else NOTHING
        )
    birth = dates[-1]
    if birth.ambiguous:
        return Reading(problem="ambiguous_date")
    exact = birth.exact()
    if exact is None:
        whole = birth.year is not None and birth.month is not None and birth.day is not None
        return Reading(problem="date_not_recognised" if whole else "birth_date_incomplete")
    if exact > today:
        return Reading(problem="date_in_future")
    if not YOUNGEST <= age_on(exact, today) <= OLDEST:
        return Reading(problem="age_out_of_range")
    return Reading(exact.isoformat())
