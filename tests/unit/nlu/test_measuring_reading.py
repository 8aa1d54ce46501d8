"""The figures of reading, on a set of three sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.reading_report import tables
from bot.nlu.measuring.reading import measure_reading, read_sets

ROWS = """
learnt_from:
  - {name: few, by: strangers, first: {right: 40, wrong: 10}, floor: {right: 30, wrong: 40}}
kept_apart:
  - {name: others, by: strangers, first: {right: 20, wrong: 5}, floor: {right: 30, wrong: 40}}
"""
# Read right, read with one fact missed (a year of birth alone states none), and read wrongly.
SENTENCES = """
- say: I'm 24 and Irish
  facts: {age: 24, nationalities: [IE]}
- say: I am French, born in 1998
  facts: {age: 28, nationalities: [FR]}
- say: I am German
  facts: {nationalities: [AT]}
"""


@pytest.fixture
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    table = tmp_path / "sets.yml"
    table.write_text(ROWS, encoding="utf-8")
    for path in (tmp_path / "examples" / "few.yml", tmp_path / "sets" / "others.yml"):
        path.parent.mkdir()
        path.write_text(SENTENCES, encoding="utf-8")
    monkeypatch.setattr("bot.nlu.measuring.reading.EXAMPLES", tmp_path / "examples")
    return read_sets(table)


def test_right_wrong_and_facts_are_shares_of_what_is_stated(sets):
    figures = measure_reading(sets[0].path)
    assert (figures.sentences, figures.right, figures.wrong, figures.facts, figures.false) == (
        3,
        pytest.approx(1 / 3),
        pytest.approx(1 / 3),
        pytest.approx(3 / 5),
        pytest.approx(1 / 4),
    )
    assert [fault.split(" in ")[0] for fault in figures.faults] == [
        "missed {'age': 28}",
        "wrong {'nationalities': ['DE']}",
    ]


def test_the_tables_tell_sets_kept_apart_from_those_learnt_from_and_new_figures_from_old(sets):
    written = tables([(one, measure_reading(one.path)) for one in sets])
    assert [one.kept_apart for one in sets] == [False, True]
    assert "| never looked at | 3 | 33.3% | 33.3% | 60.0% | 25.0% |" in written
    assert "| few | 3 | 40.0 % | 10.0 % | 33.3% | 33.3% | 60.0% | 25.0% |" in written
