"""The table of leads with nobody, with more than a page, and with people who mean harm."""

from __future__ import annotations

import csv
import io
import re
from itertools import product

import pytest

from bot.waiting_list.leads import PAGE_SIZE, Sort
from tests.console.browsing import words_of
from tests.console.people import PROGRAM
from tests.unit.waiting_list.samples import submission


def test_an_empty_list_says_so(reader):
    assert "Nobody is on a list yet" in words_of(reader.get("/leads"))


def test_the_pages_together_show_everybody_once_in_each_order(reader, services, clock):
    everybody = 2 * PAGE_SIZE + 7
    for number in range(everybody):
        services.waiting_list.submit(submission(f"p{number}@example.org"), f"key-{number}")
    services.waiting_list.contact_next(
        PROGRAM, "2023", 5, "eva", deadline=clock.now.replace(year=2024)
    )
    for sort, order in product(Sort, ("", "down")):
        seen: list[str] = []
        for page in range(1, 4):
            text = reader.get("/leads", sort=sort.value, order=order, page=page).text
            seen += re.findall(r'href="/leads/(IEC-[^"]+)"', text)
        assert len(seen) == len(set(seen)) == everybody, (sort, order)
    assert "page 3 of 3" in words_of(reader.get("/leads?page=99"))


def test_the_export_goes_on_after_the_first_page(reviewer, services):
    for number in range(PAGE_SIZE + 3):
        services.waiting_list.submit(submission(f"p{number}@example.org"), f"key-{number}")
    assert len(reviewer.get("/leads/export.csv").text.splitlines()) == 1 + PAGE_SIZE + 3


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", '=HYPERLINK("http://x","y")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_nothing_that_somebody_typed_is_a_formula_in_the_export(reviewer, services, formula):
    services.waiting_list.submit(
        submission(name=formula, answers={"note": formula, "=evil": "x"}), "key"
    )
    text = reviewer.get("/leads/export.csv").content.decode("utf-8-sig")
    (header, row) = csv.reader(io.StringIO(text))
    assert [cell for cell in (*header, *row) if cell.lstrip()[:1] in tuple("=+-@＝\t")] == []


def test_what_applicants_type_is_never_markup(reader, services):
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    services.waiting_list.submit(submission(name=evil), "key")
    for page in (reader.get("/leads"), reader.get("/leads", words=evil)):
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
