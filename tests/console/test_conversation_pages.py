"""Conversations in the console: found, read, marked, made into tests."""

from __future__ import annotations

import re
from urllib.parse import urlparse

import pytest
import yaml

from bot.console.services import Services
from bot.staff import Role
from bot.transcripts.person_messages import add_person_message
from tests.console.browsing import Browser, words_of
from tests.console.talks import NASTY, fill
from tests.unit.waiting_list.samples import State, advance, join, submission


@pytest.fixture
def filled(services: Services) -> Services:
    fill(services)
    return services


def total(browser: Browser, address: str) -> int:
    found = re.search(r"([\d,]+) conversations?", words_of(browser.get(address)))
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 30),
        ("channel=telegram", 1),
        ("asked_person=yes", 1),
        ("thumbs_down=yes", 1),
        ("applied=yes", 1),
        ("outcome=needs_review&program=ro_working_holiday", 1),
        ("country=BR", 1),
        ("topic=faq%2Fparticipation_fee&channel=telegram", 1),
        ("stopped_at=decided", 4),
        ("since=2023-01-16", 2),
        ("tag=none", 0),
        ("unanswered=yes&reviewed=no", 16),
    ],
)
def test_the_list_shows_what_fits_the_filters(filled, reader: Browser, query, expected) -> None:
    assert total(reader, f"/conversations?{query}") == expected


@pytest.mark.parametrize("query", ["since=yesterday", "page=0", "page=x"])
def test_a_filter_that_cannot_be_read_is_refused(filled, reader: Browser, query) -> None:
    assert reader.get(f"/conversations?{query}").status_code == 400


def test_a_conversation_is_shown_turn_by_turn_with_its_lead(filled, reader: Browser) -> None:
    filled.waiting_list.set_pool("ro_working_holiday", "2023", "eva", quota=5)
    receipt = filled.waiting_list.submit(submission(conversation_id="web-applied1"), "k")
    page = reader.get("/conversations/web-applied1")
    words = words_of(page)
    for shown in (
        "Visitor",
        "What does it cost?",
        "faq/participation_fee · 90 % sure",
        "It costs CAD 172.",
        receipt.reference,
        "Seems to qualify",
    ):
        assert shown in words
    assert f'href="/leads/{receipt.reference}"' in page.text
    riddle = words_of(reader.get("/conversations/web-riddle00"))
    assert "not sure, likeliest faq/poe_letter · 31 % sure" in riddle
    assert "Buttons" not in riddle
    assert "What it costs" in riddle


def test_what_visitors_and_staff_typed_never_becomes_markup(filled, reviewer: Browser) -> None:
    here = "/conversations/web-riddle40"
    with filled.engine.begin() as connection:
        now = filled.clock()
        add_person_message(connection, "web-riddle40", "p", now, "staff", NASTY, NASTY)
    reviewer.post(f"{here}/notes", text=NASTY, key="k")
    for path in (here, "/conversations", "/inbox", "/handover/web-riddle40"):
        page = reviewer.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
    assert words_of(reviewer.get(here)).count("alert('x')") == 4


def test_marks_tags_and_notes_are_kept(filled, reviewer: Browser) -> None:
    here = "/conversations/web-applied1"
    for path, fields in (
        ("reviewed", {}),
        ("tags", {"tag": "Nice One"}),
        ("notes", {"text": "A good example.", "key": "k1"}),
        ("notes", {"text": "A good example.", "key": "k1"}),
    ):
        page = reviewer.follow(reviewer.post(f"{here}/{path}", **fields))
    words = words_of(page)
    assert "Read by rob" in words
    assert "#nice one" in words
    assert words.count("A good example.") == 1
    reviewer.post(f"{here}/tags/remove", tag="nice one")
    page = reviewer.follow(reviewer.post(f"{here}/reviewed", undo="yes"))
    assert "#nice one" not in page.text
    assert "Mark as read" in page.text
    refused = reviewer.follow(reviewer.post(f"{here}/tags", tag="<b>"))
    assert "A tag has" in words_of(refused)


def test_a_conversation_becomes_a_test_without_personal_answers(filled, reviewer: Browser) -> None:
    answer = reviewer.get("/conversations/web-applied1/test.yml")
    assert "test_web_applied1.yml" in answer.headers["content-disposition"]
    assert "Zoé" not in answer.text
    (story,) = yaml.safe_load(answer.text)["stories"]
    steps = story["steps"]
    assert steps[0] == {"user": "What does it cost?\n", "intent": "faq/participation_fee"}
    assert {"active_loop": "waiting_list_form"} in steps
    assert {"user": "Marie Dupont\n", "intent": "nlu_fallback"} in steps
    assert {"action": "action_listen"} not in steps


def test_a_made_test_is_a_story_that_rasa_reads(filled, reviewer: Browser, tmp_path) -> None:
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader

    path = tmp_path / "test_it.yml"
    path.write_text(reviewer.get("/conversations/web-applied1/test.yml").text, encoding="utf-8")
    assert YAMLStoryReader.is_stories_file(path)
    domain = Domain.load("domain.yml")
    assert YAMLStoryReader(domain).read_from_file(path)


def test_every_view_of_a_conversation_is_in_the_audit(filled, reviewer: Browser) -> None:
    reviewer.get("/conversations/web-applied1")
    reviewer.get("/conversations/web-applied1/test.yml")
    lines = [(line.who, line.action, line.subject) for line in filled.audit.lines(per_page=2)]
    assert lines == [
        ("rob", "conversation.export_test", "web-applied1"),
        ("rob", "conversation.view", "web-applied1"),
    ]


def test_a_conversation_that_is_gone_is_not_found(filled, reviewer: Browser) -> None:
    assert reviewer.get("/conversations/web-nobody").status_code == 404
    assert reviewer.post("/conversations/web-nobody/tags", tag="x").status_code == 404


def test_each_bar_of_the_dashboard_opens_as_many_as_it_counts(filled, reader: Browser) -> None:
    page = reader.get("/dashboard?range=90").text
    rows = re.findall(
        r'<th scope="row"><a href="(/conversations[^"]+)">.*?<td class="number">(\d+)', page
    )
    tiles = re.findall(r'<dd><a href="(/conversations[^"]*)">([\d,]+)</a>', page)
    columns = re.findall(r'<a href="(/conversations[^"]+)" aria-label="[^:]+: (\d+)"', page)
    stopped = re.findall(r'<small><a href="([^"]+)">(\d+) stopped', page)
    rows = [row for row in rows if row[1] != "0"]
    assert min(len(rows), len(tiles), len(columns), len(stopped)) >= 2
    for href, number in {*rows, *tiles, *columns[:5], *stopped}:
        address = urlparse(href.replace("&amp;", "&")).geturl()
        assert total(reader, address) == int(number), address


def test_the_dashboard_of_an_empty_database_says_so(reader: Browser) -> None:
    words = words_of(reader.get("/dashboard"))
    assert "Nobody wrote in these days." in words
    assert "Visitors 0" in words


def test_the_dashboard_shows_lists_and_how_long_people_stay(filled, signed_in, clock) -> None:
    filled.waiting_list.set_pool("ro_working_holiday", "2023", "eva", quota=4)
    for name in ("a", "b", "c"):
        (reference,) = join(filled.waiting_list, name)
        clock.forward(days=2)
        advance(filled.waiting_list, reference, State.ACCEPTED)
    page = signed_in(Role.READER).get("/dashboard", since="2023-01-01", until="2023-02-01")
    words = words_of(page)
    assert "3 of 4" in words
    assert "Waiting 3 people left it 2.0 days" in words


def test_the_audit_page_filters_pages_checks_and_exports(filled, administrator: Browser) -> None:
    administrator.get("/conversations/web-applied1")
    page = administrator.get("/audit", action="conversation.view")
    assert "1 line" in words_of(page)
    assert "web-applied1" in page.text
    checked = administrator.follow(administrator.post("/audit/verify"))
    assert "lines are as they were written" in words_of(checked)
    lines = administrator.get("/audit/export.jsonl").text.splitlines()
    assert '"action": "conversation.view"' in "".join(lines)
