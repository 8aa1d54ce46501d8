"""Cues: the table is sound, and what words state together in one clause."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import bot.conversation.reading
from bot.conversation.reading.clauses import clauses
from bot.conversation.reading.cues import cued
from bot.conversation.reading.words.said import listen
from bot.conversation.reading.words.vocabulary import SYNONYMS

TABLES = [
    yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted(Path(bot.conversation.reading.__file__).parent.glob("cues*.yaml"))
]


def rows() -> list[tuple[str, str]]:
    return [
        (field, row)
        for tables in TABLES
        for field, table in tables.items()
        if field != "words"
        for rule in ("holds", "holds_anyway", "fails", "neither")
        for row in table.get(rule, ())
    ]


def test_every_word_of_a_cue_can_occur():
    """A word that is read as another one (vocabulary.py) would never be met."""
    named = [(name, words) for tables in TABLES for name, words in tables.get("words", {}).items()]
    words = {
        (field, each)
        for field, row in [*rows(), *named]
        for word in row.replace("| ", "|").split()
        for each in word.removeprefix("!").split("|")
    }
    assert {(field, each) for field, each in words if SYNONYMS.get(each, each) != each} == set()


def test_no_row_stands_twice():
    listed = rows()
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("insurance", "the insurance for both years is already paid", True),
        ("insurance", "the insurance is not paid", False),
        ("insurance", "I hope my insurance is paid", None),
        ("insurance", "my sister's insurance is paid", None),
        ("insurance", "insurance", None),
        ("job_offer", "a café near Banff offered me work", True),
        ("job_offer", "my contract is not signed", None),
        ("placement_required", "my school wants that we do an internship", True),
    ],
)
def test_a_clause_states_by_its_words(field: str, text: str, value: bool | None):
    found = [each.value for each in cued(field, clauses(listen(text)))]
    assert found == ([] if value is None else [value])
