"""The table of towns: what it may hold, and what it must not."""

from __future__ import annotations

import pytest

from bot.conversation.reading.words.geonames import (
    LONGEST,
    NO_COUNTRY,
    TABLE,
    country_of,
    is_town,
    town_ending,
)
from bot.conversation.reading.words.patterns import KNOWN_WORDS
from bot.conversation.reading.words.tokens import split
from bot.knowledge.country_names import country_names

ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
NAMES = [name for _, *names in ROWS for name in names]


def test_each_country_of_the_table_is_one_that_we_know():
    assert {iso for iso, *_ in ROWS} - {NO_COUNTRY} <= set(country_names())


def test_no_town_is_in_two_countries():
    assert len(NAMES) == len(set(NAMES))


def test_names_are_spelt_as_reading_spells_words():
    assert all(name == " ".join(token.text for token in split(name)) for name in NAMES)
    assert max(len(name.split()) for name in NAMES) <= LONGEST


def test_no_word_that_reading_knows_is_a_town():
    assert KNOWN_WORDS.isdisjoint(NAMES)


@pytest.mark.parametrize("word", "nice most young march work split mobile sofia martin".split())
def test_no_everyday_word_and_no_common_name_is_a_town(word):
    assert not is_town(word)


@pytest.mark.parametrize(
    ("name", "iso"),
    [("hengelo", "NL"), ("saint brieuc", "FR"), ("saintbrieuc", "FR"), ("barcelos", None)],
)
def test_a_town_tells_its_country_unless_towns_of_several_are_called_so(name, iso):
    assert is_town(name)
    assert country_of(name) == iso


def test_the_longest_name_counts():
    assert town_ending("in santiago del estero now".split(), 1) == 4
    assert town_ending("in a flat".split(), 1) == 1
