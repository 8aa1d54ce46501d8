"""What reading gives back: facts found in a text, and the reading of one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.reading.words.word import Word

Scalar = bool | int | str | None
JsonValue = Scalar | list[str] | list[dict[str, Scalar]]

UNKNOWN = "unknown"
NOT_SURE = "not_sure"


@dataclass(frozen=True)
class Fact:
    """One thing that the speaker said of themselves, and the characters that say it."""

    field: str
    value: JsonValue
    start: int
    end: int


def fact(field: str, value: JsonValue, words: Sequence[Word]) -> Fact:
    """Return the fact that `words` state."""
    return Fact(field, value, words[0].start, words[-1].end)


@dataclass(frozen=True)
class Reading:
    """How a reply was read.

    `value` is usable as it is, "unknown" when the person does not know. `problem` is a code of
    `PROBLEMS` when the reply was understood and cannot be used. Both are None when it says
    nothing on the question.
    """

    value: JsonValue = None
    problem: str | None = None


NOTHING = Reading()

PROBLEMS = frozenset(
    {
        "age_out_of_range",
        "age_is_months",
        "age_not_clear",
        "birth_date_incomplete",
        "ambiguous_date",
        "date_incomplete",
        "date_in_past",
        "date_in_future",
        "date_too_far",
        "date_not_recognised",
        "no_passport",
        "country_not_recognised",
        "country_is_a_region",
        "chinese_passport_ambiguous",
        "nationality_not_clear",
        "country_not_clear",
        "home_country_not_named",
        "not_yes_or_no",
        "not_a_student_yet",
        "participation_details_needed",
        "participation_elsewhere",
        "participation_year_out_of_range",
        "amount_needed",
        "amount_not_clear",
        "amount_out_of_range",
        "currency_not_cad",
        "teer_out_of_range",
        "teer_not_clear",
        "teer_from_noc_2016",
        "program_not_clear",
        "email_invalid",
        "name_not_usable",
        "reference_not_recognised",
    }
)
"""Every problem that a reading may name; each has words in the responses."""
