from __future__ import annotations

import pytest

from bot.conversation.reading import is_about_oneself, names_countries_only, speaks_of_oneself


@pytest.mark.parametrize(
    "text",
    [
        "nigeria",
        "France?",
        "what about japan?",
        "and for Germany",
        "South Koreans?",
        "new zealand or hong kong pls",
        "ok and what if i'm from peru",
        "german passport",
        "I'm German",
        "the UK",
    ],
)
def test_countries_alone_are_recognised(text: str) -> None:
    assert names_countries_only(text)


@pytest.mark.parametrize(
    "text",
    ["", "canada", "how old", "max age japan", "i live in spain", "can brits apply", "us", "24"],
)
def test_anything_more_than_countries_is_not(text: str) -> None:
    assert not names_countries_only(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm German", True),
        ("my passport is Irish", True),
        ("Germany", False),
        ("am I German", False),
    ],
)
def test_a_statement_about_oneself_is_told_from_a_question(text: str, expected: bool) -> None:
    assert speaks_of_oneself(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how long can I stay", True),
        ("whats my age limit", True),
        ("I'm German", True),
        ("and how long?", False),
        ("how long can they stay", False),
        ("can brits apply", False),
    ],
)
def test_a_question_is_about_its_speaker_when_it_has_them_in_it(text: str, expected: bool):
    assert is_about_oneself(text) is expected
