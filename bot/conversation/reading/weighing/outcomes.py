"""Outcomes: the names under which values are weighed."""

from __future__ import annotations

from bot.conversation.reading.fact import JsonValue

NEITHER = "neither"
"""Nothing of the kind is stated."""
NEXT_BIRTHDAY = "next birthday"
"""A number that is one more than the age: "turning 30 in May"."""
HAD = "had"
"""An earlier permit, whose category and year the weights cannot tell."""
_VALUES: dict[str, JsonValue] = {"true": True, "false": False, "never": []}


def outcome_of(value: JsonValue) -> str:
    """Return the name of the outcome that a field has the `value`."""
    if isinstance(value, list):
        return HAD if value else "never"
    return str(value).lower()


def value_of(outcome: str) -> JsonValue:
    """Return the value that an outcome other than `NEITHER` and `HAD` states."""
    return _VALUES.get(outcome, outcome)
