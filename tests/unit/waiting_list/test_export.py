"""CSV for spreadsheets."""

from __future__ import annotations

import csv
import io

import pytest

from bot.waiting_list import WaitingList
from bot.waiting_list.export import as_csv
from tests.unit.waiting_list.samples import join, submission


def rows(waiting_list: WaitingList) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(waiting_list.entries()))))


def test_each_person_is_a_line_and_each_answer_a_column(waiting_list: WaitingList) -> None:
    receipt = waiting_list.submit(submission(), "1")
    join(waiting_list, "b", answers={"student": True}, nationality=None)
    first, second = rows(waiting_list)
    assert first["reference"] == receipt.reference
    assert (first["name"], first["position"], first["deadline"]) == ("Zoé O'Hara", "1", "")
    assert (first["answers.age"], first["answers.nationalities"]) == ("24", '["FR"]')
    assert (second["answers.student"], second["answers.age"]) == ("true", "")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1+1", "＝1"])
def test_what_people_typed_is_never_a_formula(waiting_list: WaitingList, name: str) -> None:
    waiting_list.submit(submission(name=name, answers={"age": name}), "1")
    (row,) = rows(waiting_list)
    assert row["name"] == f"'{name.strip()}"
    assert row["answers.age"] == f"'{name}"


def test_an_erased_person_is_an_empty_line(waiting_list: WaitingList) -> None:
    (reference,) = join(waiting_list, "a")
    waiting_list.erase(reference, "a@example.org", "e")
    (row,) = rows(waiting_list)
    assert (row["reference"], row["name"], row["email"]) == (reference, "", "")
