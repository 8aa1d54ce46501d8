"""One lead: what is known, and what staff may do next."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.waiting_list import State
from tests.console.browsing import words_of
from tests.console.people import CONSENT, person
from tests.unit.waiting_list.samples import submission

MARIE, SIOBHAN, YUKI, JAN, SOFIA, MINJUN, EMMA, LIAM = range(8)


def form_of(page, to: str) -> dict[str, str]:
    """Return the hidden fields of the form that moves the person to `to`."""
    for form in re.findall(r"<form.*?</form>", page.text, re.DOTALL):
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        if fields.get("to") == to:
            return fields
    raise AssertionError(f"no form moves anybody to {to}")


def buttons_of(page) -> set[str]:
    return set(re.findall(r'name="to" value="(\w+)"', page.text))


def test_everything_known_stands_on_the_page(reader, people):
    words = words_of(reader.get(f"/leads/{people[MARIE]}"))
    for expected in (
        "Marie Dupont",
        "marie.dupont@example.org",
        "24 years old",
        "Living in France",
        "You are 24, within the limits of 18 to 35 for France.",
        CONSENT,
        "version 4f2a91c03d7e",
        "Called on Monday. Speaks English and French.",
        "Waiting → Contacted",
        "confirmation: pending",
        "16 Jan 2023, 12:00 UTC",
    ):
        assert expected in words


def test_each_finding_links_to_its_source(reader, people):
    page = reader.get(f"/leads/{people[MARIE]}").text
    findings = page[page.index('class="findings"') :].split("</ul>")[0]
    links = re.findall(r'<a href="(https://[^"]+)" rel="noreferrer">([^<]+)</a>', findings)
    assert len(links) == findings.count("<li>") > 5
    assert all("read" in text for _, text in links)


def test_what_stands_in_the_way_comes_first(reader, people):
    words = words_of(reader.get(f"/leads/{people[LIAM]}"))
    assert words.index("open Admissibility") < words.index("met Citizenship")


def test_the_conversation_is_shown_as_it_happened(reader, people):
    page = words_of(reader.get(f"/leads/{people[MARIE]}"))
    talk = page[page.rindex("Conversation") :]
    for expected in (
        "I'm 24 and French. Can I work in Canada?",
        "start_prescreening · 93 % sure",
        "age 24",
        "Working Holiday through an RO",
        "faq/participation_fee · 58 % sure",
    ):
        assert expected in talk


@pytest.mark.parametrize(
    ("who", "moves"),
    [
        (MARIE, {"withdrawn"}),
        (SIOBHAN, {"registered", "withdrawn", "declined", "lapsed"}),
        (YUKI, {"invoiced", "withdrawn", "declined", "lapsed"}),
        (JAN, {"accepted", "withdrawn", "declined", "lapsed"}),
        (SOFIA, {"meeting", "withdrawn", "declined", "lapsed"}),
        (EMMA, {"contacted", "withdrawn", "declined"}),
    ],
)
def test_the_buttons_are_the_moves_that_may_follow(reviewer, people, who, moves):
    assert buttons_of(reviewer.get(f"/leads/{people[who]}")) == moves


def test_a_reader_sees_no_buttons(reader, people):
    page = reader.get(f"/leads/{people[EMMA]}")
    assert buttons_of(page) == set()
    assert "Add a note" not in words_of(page)


def test_a_move_is_made_in_the_name_of_who_signed_in(reviewer, people, waiting_list, clock):
    path = f"/leads/{people[EMMA]}"
    fields = form_of(reviewer.get(path), "contacted")
    moved = reviewer.post(f"{path}/move", **fields | {"deadline": "2023-02-01"})
    assert f"{people[EMMA]} is contacted." in words_of(reviewer.follow(moved))
    entry = waiting_list.entry(people[EMMA])
    assert entry.state is State.CONTACTED
    assert f"{entry.deadline}" == "2023-02-01 23:59:59+00:00"
    assert waiting_list.history(people[EMMA])[-1].by == "rob"


def test_a_form_sent_twice_moves_once(reviewer, people, waiting_list):
    path = f"/leads/{people[EMMA]}"
    fields = form_of(reviewer.get(path), "contacted")
    for _ in range(2):
        page = reviewer.follow(reviewer.post(f"{path}/move", **fields))
        assert 'class="notice done"' in page.text
    assert len(waiting_list.history(people[EMMA])) == 2


def test_the_second_of_two_is_told_who_was_first(reviewer, administrator, people, waiting_list):
    path = f"/leads/{people[EMMA]}"
    first = form_of(reviewer.get(path), "contacted")
    second = form_of(administrator.get(path), "declined")
    reviewer.post(f"{path}/move", **first)
    told = administrator.follow(
        administrator.post(f"{path}/move", **second | {"reason": "not serious"})
    )
    assert "was moved to contacted by rob at" in words_of(told)
    assert "meanwhile. Nothing was changed; look again." in words_of(told)
    assert waiting_list.entry(people[EMMA]).state is State.CONTACTED


@pytest.mark.parametrize(
    ("who", "to", "fields", "told"),
    [
        (EMMA, "declined", {}, "Say why"),
        (EMMA, "contacted", {"deadline": "2023-01-01"}, "is not in the future"),
        (LIAM + 1, "contacted", {}, "is qualified and waits before"),
    ],
)
def test_a_refused_move_says_why(reviewer, people, waiting_list, who, to, fields, told):
    path = f"/leads/{people[who]}"
    hidden = form_of(reviewer.get(path), to)
    page = reviewer.follow(reviewer.post(f"{path}/move", **hidden | fields))
    assert told in words_of(page)
    assert waiting_list.entry(people[who]).state is State.WAITING


@pytest.mark.parametrize(
    "fields",
    [
        {"to": "paid"},
        {},
        {"to": "contacted", "deadline": "soon"},
        {"to": "contacted", "deadline": "9999-12-31T23:59-14:00"},
    ],
)
def test_a_form_that_is_not_ours_is_refused(reviewer, people, fields):
    assert reviewer.post(f"/leads/{people[EMMA]}/move", **fields).status_code == 400


def test_a_review_clears_somebody(reviewer, people, waiting_list):
    path = f"/leads/{people[LIAM]}"
    version = waiting_list.entry(people[LIAM]).version
    reviewer.post(f"{path}/review", expected=version, reason="letter of the embassy seen")
    entry = waiting_list.entry(people[LIAM])
    assert entry.cleared
    line = waiting_list.history(people[LIAM])[-1]
    assert (line.by, line.reason) == ("rob", "letter of the embassy seen")
    assert "Clear for contact" not in words_of(reviewer.get(path))


def test_a_note_shows_who_wrote_it_and_when(reviewer, people):
    path = f"/leads/{people[EMMA]}"
    page = reviewer.follow(reviewer.post(f"{path}/notes", text="<b>Called</b>\ntwice", key="k"))
    assert "<b>Called</b> twice rob, 19 Jan 2023, 22:00 UTC" in words_of(page).replace("&lt;", "<")
    assert "<b>Called" not in page.text


def test_earlier_submissions_are_kept_in_sight(reader, services, people):
    again = person(services, "Noah Schmidt", "DE", age=30)
    services.waiting_list.submit(again, "again")
    words = words_of(reader.get(f"/leads/{people[14]}"))
    assert "30 years old" in words
    assert "Earlier submissions 19 Jan 2023, 11:31 UTC, position 15" in words


def test_who_was_erased_has_a_page_without_a_person(reviewer, people, waiting_list):
    waiting_list.erase(people[EMMA], "emma.müller@example.org")
    page = words_of(reviewer.get(f"/leads/{people[EMMA]}"))
    assert "Personal data were erased on" in page
    assert "Müller" not in page
    assert "Add a note" not in page


def test_each_view_and_change_is_in_the_audit(reviewer, people, services):
    path = f"/leads/{people[EMMA]}"
    reviewer.post(f"{path}/move", **form_of(reviewer.get(path), "declined"))
    lines = [(line.who, line.action, line.subject, line.details) for line in services.audit.lines()]
    assert lines[:2] == [
        ("rob", "lead.move", people[EMMA], {"to": "declined", "result": "refused"}),
        ("rob", "lead.view", people[EMMA], {}),
    ]


def test_an_unknown_reference_is_not_found(reviewer):
    assert reviewer.get("/leads/IEC-2222-2222").status_code == 404
    assert reviewer.post("/leads/IEC-2222-2222/notes", text="x").status_code == 404


EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def test_nothing_that_came_from_outside_is_markup(reviewer, services, clock):
    decision = {
        "outcome": "qualified",
        "findings": [
            {"criterion": EVIL, "finding": EVIL, "reason": EVIL, "source": f"{EVIL}: https://x"},
            {"criterion": "age", "finding": "met", "reason": "age_met", "source": "javascript:x"},
        ],
    }
    given = {"age": EVIL, "nationalities": [EVIL], "funds_cad": "unknown"}
    sent = submission(
        "evil@example.org", name=EVIL, answers=given, decision=decision, nationality="<b>"
    )
    reference = services.waiting_list.submit(sent, "evil").reference
    services.waiting_list.note(reference, EVIL, EVIL)
    page = reviewer.get(f"/leads/{reference}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert 'href="javascript' not in page.text


def test_the_deadline_offered_is_the_usual_one(reviewer, people, clock):
    page = reviewer.get(f"/leads/{people[EMMA]}").text
    assert f'value="{(clock.now + timedelta(days=7)).date()}"' in page
