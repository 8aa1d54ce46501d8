"""The table of leads: what is filtered is what is shown and what is exported."""

from __future__ import annotations

import csv
import io
import re

import pytest

from bot.waiting_list import State
from tests.console.browsing import words_of


def names(page) -> list[str]:
    rows = re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', page.text)
    return [name.replace("&#39;", "'") for name in rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 16),
        ("program=ro_working_holiday", 16),
        ("program=international_coop", 0),
        ("season=2023", 16),
        ("season=2024", 0),
        ("state=contacted", 2),
        ("outcome=needs_review", 3),
        ("country=fr", 4),
        ("needs_review=yes", 3),
        ("since=2023-01-19", 4),
        ("until=2023-01-16", 3),
        ("since=2023-01-17&until=2023-01-17", 5),
        ("words=dupont", 1),
        ("words=DUPONT+marie", 1),
        ("words=marie.dupont@example.org", 1),
        ("words=siobhan", 1),
        ("words=nobody", 0),
        ("country=FR&state=waiting&outcome=qualified", 2),
    ],
)
def test_each_filter_shows_whom_it_should(reader, people, query, expected):
    page = reader.get(f"/leads?{query}")
    assert len(names(page)) == expected
    people = "1 person" if expected == 1 else f"{expected} people"
    assert people in words_of(page)


def test_a_reference_code_finds_its_person_however_it_is_typed(reader, people):
    code = people[3]
    for typed in (code, code.lower().replace("-", ""), f" {code[4:]} "):
        assert names(reader.get("/leads", words=typed)) == ["Jan Novák"]


@pytest.mark.parametrize(
    "query", ["state=gone", "since=yesterday", "until=0001-01-01", "page=x", "page=0", "sort=name"]
)
def test_a_filter_that_cannot_be_read_is_refused_instead_of_ignored(reader, query):
    assert reader.get(f"/leads?{query}").status_code == 400


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("position", "Marie Dupont", "Chloé Bernard"),
        ("since", "Marie Dupont", "Chloé Bernard"),
        ("country", "Oliver Brown", "Aroha Ngata"),
        ("deadline", "Siobhán O'Brien", "Chloé Bernard"),
    ],
)
def test_the_table_is_sorted_by_a_column(reader, people, sort, first, last):
    shown = names(reader.get(f"/leads?sort={sort}"))
    assert (shown[0], shown[-1]) == (first, last)


def test_who_has_no_deadline_comes_last_in_either_direction(reader, people):
    shown = names(reader.get("/leads?sort=deadline&order=down"))
    assert shown[:3] == ["Min-jun Kim", "Sofia Rossi", "Siobhán O'Brien"]


def rows_of(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "query", ["", "state=waiting&country=FR", "words=dupont", "sort=since&order=down"]
)
def test_the_export_holds_exactly_what_is_filtered_in_its_order(reviewer, people, query):
    shown = names(reviewer.get(f"/leads?{query}"))
    assert [row["name"] for row in rows_of(reviewer.get(f"/leads/export.csv?{query}"))] == shown


def test_an_export_is_in_the_audit_with_its_filter_but_not_the_name_searched(
    reviewer, people, services
):
    reviewer.get("/leads/export.csv?state=waiting&words=chlo%C3%A9")
    line = services.audit.lines()[0]
    assert (line.who, line.action) == ("rob", "leads.export")
    assert line.details == {"filter": "state=waiting", "searched": True, "people": 1}


def test_a_view_is_kept_for_oneself_without_the_words_searched(reader, reviewer, people):
    saved = reader.post(
        "/leads/views", name="New from France", query="country=FR&words=dupont&page=2", shared=""
    )
    assert saved.headers["location"] == "/leads?country=FR"
    assert "New from France" in words_of(reader.get("/leads"))
    assert "New from France" not in words_of(reviewer.get("/leads"))


def test_a_shared_view_is_seen_by_all_and_deleted_by_its_owner_only(reader, reviewer):
    reader.post("/leads/views", name="To review", query="needs_review=yes", shared="yes")
    page = reviewer.get("/leads")
    assert "To review" in words_of(page)
    assert "by rita" in words_of(page)
    reviewer.post("/leads/views/delete", id="1")
    assert "To review" in words_of(reader.get("/leads"))
    reader.post("/leads/views/delete", id="1")
    assert "To review" not in words_of(reader.get("/leads"))


def test_a_view_of_the_same_name_takes_the_place_of_the_former(reader):
    for state in State:
        reader.post("/leads/views", name="Mine", query=f"state={state.value}", shared="")
    assert reader.get("/leads").text.count(">Mine</a>") == 1
