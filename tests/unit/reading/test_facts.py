"""What people say about themselves, table by table (`facts.yaml`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation.reading import find_facts, read_facts
from bot.privacy.masking import EMAIL_HIDDEN, NUMBER_HIDDEN, PHONE_HIDDEN

TODAY = date(2026, 11, 22)
TABLES: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("facts.yaml").read_text(encoding="utf-8")
)
ROWS = [
    pytest.param(text, facts, id=f"{table}: {text}")
    for table, rows in TABLES.items()
    for text, facts in rows.items()
]


@pytest.mark.parametrize(("text", "facts"), ROWS)
def test_a_text_states_exactly_these_facts(text: str, facts: dict[str, Any]) -> None:
    assert read_facts(text, TODAY) == facts


@pytest.mark.parametrize("marker", [NUMBER_HIDDEN, EMAIL_HIDDEN, PHONE_HIDDEN])
@pytest.mark.parametrize("said", ["{}", "my card is {}", "my passport number is {}"])
def test_the_mark_of_something_hidden_states_nothing(said: str, marker: str) -> None:
    assert read_facts(said.format(marker), TODAY) == {}


def test_a_fact_tells_which_words_state_it() -> None:
    text = "Hello, I'm 24 and live in Madrid."
    spans = {each.field: text[each.start : each.end] for each in find_facts(text, TODAY)}
    assert spans == {"age": "24", "residence": "Madrid"}


def test_a_birth_year_settles_the_age_on_the_last_day_of_the_year_only() -> None:
    assert read_facts("I was born in 1998", date(2026, 12, 31)) == {"age": 28}
    assert read_facts("I was born in 1998", date(2026, 12, 30)) == {}


@pytest.mark.parametrize(
    ("today", "age"), [(date(2026, 5, 11), 27), (date(2026, 5, 12), 28), (date(2026, 5, 13), 28)]
)
def test_a_date_of_birth_gives_the_age_of_the_day(today: date, age: int) -> None:
    assert read_facts("I was born on 12 May 1998", today)["age"] == age
