"""Reading what people say: facts about themselves, and replies to one question.

Pure and total: no clock, no storage, and no text makes them raise.
"""

from __future__ import annotations

from bot.conversation.reading.answers import QUESTIONS, read_answer
from bot.conversation.reading.fact import NOT_SURE, PROBLEMS, UNKNOWN, Fact, JsonValue, Reading
from bot.conversation.reading.facts import find_facts, read_facts
from bot.conversation.reading.fields.nationality_answers import adds_a_nationality
from bot.conversation.reading.fields.yes_no import is_unknown, yes_or_no
from bot.conversation.reading.mentions import (
    countries_mentioned,
    is_about_oneself,
    names_countries_only,
    speaks_of_oneself,
)
from bot.conversation.reading.words.questions import is_question

__all__ = [
    "NOT_SURE",
    "PROBLEMS",
    "QUESTIONS",
    "UNKNOWN",
    "Fact",
    "JsonValue",
    "Reading",
    "adds_a_nationality",
    "countries_mentioned",
    "find_facts",
    "is_about_oneself",
    "is_question",
    "is_unknown",
    "names_countries_only",
    "read_answer",
    "read_facts",
    "speaks_of_oneself",
    "yes_or_no",
]
