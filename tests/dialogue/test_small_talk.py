"""The first words, and words about nothing in particular."""

from __future__ import annotations

import pytest

from tests.dialogue.visitor import Visitor


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("hi", "IEC"),
        ("are you a robot?", "automated"),
        ("what can you do", "IEC"),
        ("thank you", ""),
        ("bye", ""),
        ("yes", ""),
        ("no", ""),
        ("tell me a joke about cats", "canada.ca"),
        ("How do I sponsor my wife for permanent residence?", "canada.ca"),
    ],
)
async def test_everything_gets_an_answer(visitor: Visitor, text: str, fragment: str):
    await visitor.says(text)
    visitor.sees(fragment)


async def test_facts_told_unasked_are_kept_and_a_check_is_offered(visitor: Visitor):
    await visitor.says("I am 24 and from Ireland")
    visitor.sees("24 years old", "Ireland")
    await visitor.says("yes")
    assert await visitor.slot("requested_slot") == "program"
    await visitor.says("RO Working Holiday")
    assert await visitor.slot("requested_slot") == "previous_participations"
