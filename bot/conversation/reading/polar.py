"""Facts that are true or false: patterns for either, and replies to their questions."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.reading.clauses import clauses
from bot.conversation.reading.cues import cued
from bot.conversation.reading.fact import NOTHING, UNKNOWN, Fact, Reading, fact
from bot.conversation.reading.fields.yes_no import (
    begins_plainly,
    is_hedged,
    is_no_with_a_but,
    is_unknown,
    is_yes_with_a_but,
    yes_or_no,
)
from bot.conversation.reading.words.patterns import Match, Patterns
from bot.conversation.reading.words.said import Said

_DENIALS = frozenset({"not", "no", "never", "without"})


def polar_facts(field: str, patterns: Patterns, said: Said) -> Iterator[Fact]:
    """Yield what the rules `yes` and `no` find.

    A longer match hides those inside it, and "no" hides an equally long "yes".

    A rule of any other name (`neither`) states nothing, and hides what it covers.
    """
    matches = patterns.find(said.doc)
    for match in matches:
        hidden = any(_hides(other, match) for other in matches)
        denied = match.rule == "yes" and said.words[match.start - 1].text in _DENIALS
        asked = said.is_asked(match.start) and "i" not in said.texts(match.start, match.end)
        if match.rule in ("yes", "no") and not (hidden or denied or asked):
            yield fact(field, match.rule == "yes", said.words[match.start : match.end])


def _hides(other: Match, match: Match) -> bool:
    if other.rule == match.rule:
        return False
    if other.rule == "neither":
        return other.start < match.end and match.start < other.end
    longer = other.end - other.start > match.end - match.start
    inside = other.start <= match.start and match.end <= other.end
    return inside and (longer or other.rule == "no")


def polar_reading(field: str, patterns: Patterns, said: Said, text: str) -> Reading:
    """Read the reply to a yes/no question on `field`: what it states, else yes, no or unknown."""
    values = {each.value for each in polar_facts(field, patterns, said)}
    if len(values) == 1:
        return Reading(values.pop())
    answer = yes_or_no(text)
    if values and (answer is None or not begins_plainly(text)):
        return Reading(problem="not_yes_or_no")
    if is_unknown(text):
        return Reading(UNKNOWN)
    if answer is not None:
        return Reading(answer)
    if is_no_with_a_but(text):
        return Reading(False)
    cued_values = {each.value for each in cued(field, clauses(said))}
    if len(cued_values) == 1:
        return Reading(cued_values.pop())
    unclear = is_hedged(text) or is_yes_with_a_but(text)
    return Reading(problem="not_yes_or_no") if unclear else NOTHING
