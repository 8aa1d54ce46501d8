"""The list: a board for each pool, moves of several people, places, and two at once."""

from __future__ import annotations

import re
import threading
from dataclasses import replace

import pytest

from bot.console.app import create_app
from bot.console.services import open_services
from bot.staff import Role, open_office
from bot.waiting_list import State
from tests.conftest_postgres import postgres_database
from tests.console.browsing import Browser, employ, words_of
from tests.console.people import PROGRAM, SEASON
from tests.unit.waiting_list.samples import HandSetClock, advance
from tests.unit.waiting_list.samples import join as put_on_list

BOARD = f"/list/{PROGRAM}/{SEASON}"


def column(page, state: str) -> list[str]:
    """Return the references in a column, from top to bottom."""
    part = page.text[page.text.index(f'id="column-{state}"') :].split("</section>")[0]
    return re.findall(r"<code>(IEC-[^<]+)</code>", part)


def contact_form(page, **changes: str) -> dict[str, str]:
    part = page.text[page.text.index(f'action="{BOARD}/contact"') :].split("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', part))
    return {**hidden, "count": "1", "deadline": "2023-02-01", **changes}


def test_every_pool_shows_its_places(reader, people):
    words = words_of(reader.get("/list"))
    assert "RO Working Holiday 2023 3 of 8 places in use, 3 in contact, 5 left" in words
    assert "International Co-op 2024 0 of 50 places in use" in words


def test_everybody_stands_in_the_column_of_their_state(reader, people):
    page = reader.get(BOARD)
    shown = {state: column(page, state) for state in ("waiting", "meeting", "registered")}
    assert shown == {"waiting": people[6:], "meeting": [people[3]], "registered": [people[0]]}


def test_in_columns_with_deadlines_the_next_to_run_out_comes_first(
    reader, people, waiting_list, clock
):
    first, second = people[4:6]
    advance(waiting_list, people[6], State.CONTACTED, deadline=clock.now.replace(hour=23))
    assert column(reader.get(BOARD), "contacted") == [people[6], first, second]


def test_a_pool_that_does_not_exist_is_not_found(reader):
    assert reader.get("/list/ro_working_holiday/1999").status_code == 404


def test_a_reader_sees_the_board_without_forms(reader, people):
    page = reader.get(BOARD)
    assert f'action="{BOARD}' not in page.text
    assert 'name="people"' not in page.text


def test_contacting_the_next_leaves_out_who_needs_a_review(reviewer, people, waiting_list):
    form = contact_form(reviewer.get(BOARD), count="2")
    page = reviewer.follow(reviewer.post(f"{BOARD}/contact", **form))
    assert f"Contacted: {people[6]}, {people[8]}." in words_of(page)
    assert waiting_list.entry(people[7]).state is State.WAITING
    assert waiting_list.history(people[6])[-1].by == "rob"


def test_the_second_to_contact_the_next_is_told(reviewer, administrator, people, waiting_list):
    forms = [contact_form(browser.get(BOARD)) for browser in (reviewer, administrator)]
    reviewer.post(f"{BOARD}/contact", **forms[0])
    page = administrator.follow(administrator.post(f"{BOARD}/contact", **forms[1]))
    assert f"{people[6]} was moved to contacted by rob" in words_of(page)
    assert waiting_list.entry(people[8]).state is State.WAITING


def test_a_repeated_click_contacts_nobody_more(reviewer, people, waiting_list):
    form = contact_form(reviewer.get(BOARD))
    for _ in range(3):
        reviewer.post(f"{BOARD}/contact", **form)
    assert waiting_list.entry(people[8]).state is State.WAITING


@pytest.mark.parametrize("count", ["0", "-1", "201", "many", "", "1" * 30, "٣"])
def test_a_number_that_makes_no_sense_is_refused(reviewer, people, count):
    form = contact_form(reviewer.get(BOARD), count=count)
    assert reviewer.post(f"{BOARD}/contact", **form).status_code == 400


def test_several_are_moved_and_each_refusal_is_told(reviewer, people, waiting_list):
    page = reviewer.get(BOARD)
    boxes = {
        value.partition("|")[0]: value
        for value in re.findall(r'name="people" value="([^"]+)"', page.text)
    }
    waiting_list.move(people[5], State.DECLINED, "ada", reason="no answer")
    chosen = [boxes[people[number]] for number in (4, 5, 3)]
    sent = reviewer.client.post(
        f"{BOARD}/move",
        data={"csrf": reviewer.csrf, "key": "k", "to": "meeting", "people": chosen},
    )
    told = words_of(reviewer.follow(sent))
    assert f"Meeting: {people[4]}." in told
    assert f"{people[5]} was moved to declined by ada" in told
    assert f"{people[3]} is meeting and cannot become meeting" in told


def test_the_audit_names_everybody_who_was_moved_together(reviewer, people, services):
    versions = [services.waiting_list.entry(one).version for one in people[4:6]]
    reviewer.client.post(
        f"{BOARD}/move",
        data={
            "csrf": reviewer.csrf,
            "key": "k",
            "to": "declined",
            "reason": "no reply",
            "people": [
                f"{one}|{version}" for one, version in zip(people[4:6], versions, strict=True)
            ],
        },
    )
    line = services.audit.lines()[0]
    assert (line.action, line.subject) == ("list.move", f"pool:{PROGRAM}/{SEASON}")
    assert line.details == {
        "to": "declined",
        "moved": 2,
        "refused": 0,
        "people_1": " ".join(people[4:6]),
    }


@pytest.mark.parametrize("fields", [{"to": "meeting"}, {"to": "", "people": "IEC-2222-2222|x"}])
def test_nobody_chosen_or_no_move_chosen_is_refused(reviewer, fields):
    assert reviewer.post(f"{BOARD}/move", **fields).status_code == 400


def test_an_administrator_sets_the_places(administrator, people, waiting_list):
    fields = {"seen_quota": "8", "seen_opens_at": "2022-11-29T18:00+00:00"}
    page = administrator.follow(
        administrator.post(f"{BOARD}/pool", quota="4", reason="fewer hosts", **fields)
    )
    assert "4 places now." in words_of(page)
    again = administrator.follow(administrator.post(f"{BOARD}/pool", quota="9", **fields))
    assert "The quota was set to 4 meanwhile" in words_of(again)
    fields["seen_quota"] = "4"
    low = administrator.follow(administrator.post(f"{BOARD}/pool", quota="2", **fields))
    assert "A quota of 2 is less than the 3 places in use" in words_of(low)
    line = waiting_list.pool_history(PROGRAM, SEASON)[-1]
    assert (line.by, line.reason) == ("ada", "quota 4, was 8: fewer hosts")


def test_a_deadline_that_passed_lapses_and_frees_the_line_for_the_next(
    reviewer, people, waiting_list, clock
):
    clock.forward(days=5, minutes=-1)
    reviewer.sign_in("rob")
    page = reviewer.get(BOARD)
    assert "(over)" in words_of(page)
    waiting_list.settle()
    assert waiting_list.entry(people[4]).state is State.LAPSED
    assert people[4] not in column(reviewer.get(BOARD), "contacted")


def test_staff_who_accept_at_the_same_time_never_sell_a_place_twice(tmp_path, furnished, passwords):
    """Six browsers, two places, a real PostgreSQL: two get in, four are told."""
    with postgres_database() as engine:
        values = replace(
            furnished,
            data_dir=tmp_path,
            database_url=engine.url.render_as_string(hide_password=False),
        )
        services = open_services(values, HandSetClock())
        services = replace(services, office=open_office(engine, services.clock, passwords))
        services.waiting_list.set_pool(PROGRAM, SEASON, "ada", quota=2)
        references = put_on_list(services.waiting_list, *"abcdef")
        for reference in references:
            advance(services.waiting_list, reference, State.MEETING)
        app = create_app(services)
        told: list[str] = []

        def accept(number: int) -> None:
            browser = Browser(app, f"10.0.0.{number}")
            browser.sign_in(f"staff{number}")
            reference = references[number]
            fields = {"to": "accepted", "key": "k"}
            fields["expected"] = services.waiting_list.entry(reference).version
            sent = browser.post(f"/leads/{reference}/move", **fields)
            told.append(words_of(browser.follow(sent)))

        for number in range(len(references)):
            employ(services, f"staff{number}", Role.REVIEWER)
        threads = [threading.Thread(target=accept, args=(each,)) for each in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum("is accepted." in text for text in told) == 2
        assert sum("All 2 places" in text for text in told) == 4
        (pool,) = (one for one in services.waiting_list.pools() if one.program == PROGRAM)
        assert pool.in_use == 2
        services.engine.dispose()
