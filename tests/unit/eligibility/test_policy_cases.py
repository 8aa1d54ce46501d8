"""Every hand-written policy case of `tests/cases`."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.unit.eligibility.cases import FIELDS, FOLDER, TABLES, Case, read_cases, read_table

CASES = read_cases()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_decision_is_as_the_case_says(case: Case):
    assert case.faults() == []


def test_there_are_at_least_120_cases_each_with_a_name_of_its_own():
    rows = [row for table in TABLES for row in read_table(table)["cases"]]
    assert len(CASES) == len(rows) >= 120
    assert [name for name, count in Counter(row["name"] for row in rows).items() if count > 1] == []


def test_a_case_names_only_fields_that_are_read():
    assert {field for case in CASES.values() for field in case.row} <= FIELDS


def test_no_table_is_left_out():
    tables = {path.stem for path in FOLDER.glob("*.yml")}
    assert tables == {*TABLES, "applicant", "limits", "agreements"}
