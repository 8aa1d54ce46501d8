"""The main jobs of staff in a real Chromium: sign in, find, read, move, the board, export."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.console.app import create_app
from bot.console.services import open_services
from bot.settings import read_settings
from bot.staff import Role
from tests.console.browsing import PASSWORD, employ
from tests.console.people import PROGRAM, SEASON, fill
from tests.console.serving import serving
from tests.unit.waiting_list.samples import HandSetClock

BOARD = f"/list/{PROGRAM}/{SEASON}"
Open = Callable[..., Page]


class Office:
    """A running console with people on the list."""

    def __init__(self, address: str, references: list[str]) -> None:
        self.address = address
        self.references = references


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    clock = HandSetClock()
    folder = tmp_path_factory.mktemp("console")
    services = open_services(read_settings({"IEC_DATA_DIR": str(folder)}), clock)
    employ(services, "ada", Role.ADMINISTRATOR)
    employ(services, "rob", Role.REVIEWER)
    references = fill(services, clock)
    with serving(create_app(services)) as address:
        yield Office(address, references)
    services.engine.dispose()


@pytest.fixture
def open_page(browser: Browser, office: Office) -> Iterator[Open]:
    """Opens a browser of its own, signed in; what it logs against the page's policy fails."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_one(name: str = "ada", **options: object) -> Page:
        usual: dict[str, object] = {
            "base_url": office.address,
            "reduced_motion": "reduce",
            "viewport": {"width": 1280, "height": 900},
        }
        context = browser.new_context(**usual | options)
        contexts.append(context)
        context.set_default_timeout(8_000)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on(
            "console",
            lambda said: errors.append(said.text) if "Content Security" in said.text else None,
        )
        page = context.new_page()
        page.goto("/")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Leads")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []


def barriers(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]


def pages_of(office: Office) -> list[str]:
    first, *_, last = office.references
    lead = f"/leads/{first}"
    return [
        "/leads",
        f"/leads/{last}",
        lead,
        "/list",
        BOARD,
        "/accounts",
        "/password",
        f"{lead}/erase",
        "/nowhere",
        "/leads?words=nobody",
    ]


@pytest.mark.parametrize(("scheme", "most"), [("light", None), ("dark", 5)])
def test_no_page_has_a_barrier(
    open_page: Open, office: Office, scheme: str, most: int | None
) -> None:
    page = open_page(color_scheme=scheme)
    found = {}
    for path in pages_of(office)[:most]:
        page.goto(path)
        found[path] = barriers(page)
    page.context.clear_cookies()
    page.goto("/login")
    found["/login"] = barriers(page)
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_is_wider_than_the_screen(open_page: Open, office: Office, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    wide = {}
    for path in pages_of(office):
        page.goto(path)
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            wide[path] = found
    assert wide == {}


def test_a_lead_is_found_read_and_moved(open_page: Open, office: Office) -> None:
    page = open_page("rob")
    page.get_by_label("State").select_option("waiting")
    expect(page).to_have_url(re.compile("state=waiting"))
    page.get_by_label("Search").fill("emma")
    page.get_by_label("Search").press("Enter")
    expect(page.get_by_text("1 person")).to_be_visible()
    page.get_by_role("link", name="Emma Müller").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Emma Müller")
    page.get_by_role("button", name="Contact", exact=True).click()
    expect(page.get_by_role("status")).to_have_text(f"{office.references[6]} is contacted.")
    page.get_by_label("Add a note").fill("Prefers the phone.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("Prefers the phone.")).to_be_visible()


def test_people_are_moved_together_on_the_board(open_page: Open, office: Office) -> None:
    page = open_page("rob")
    page.get_by_role("link", name="The list", exact=True).click()
    page.get_by_role("link", name="RO Working Holiday 2023").click()
    column = page.get_by_role("region", name="Accepted")
    column.get_by_label("All shown").check()
    page.get_by_label("To").select_option("invoiced")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Invoiced: IEC-")
    expect(column.get_by_text("Nobody")).to_be_visible()


def test_the_next_in_line_are_contacted(open_page: Open, office: Office) -> None:
    page = open_page("rob")
    page.goto(BOARD)
    page.get_by_label("How many").fill("2")
    page.get_by_role("button", name="Contact", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Contacted: IEC-")


def test_what_is_filtered_is_what_is_downloaded(
    open_page: Open, office: Office, tmp_path: Path
) -> None:
    page = open_page("rob")
    page.get_by_label("Country").select_option("FR")
    expect(page.get_by_text("4 people")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export 4 as CSV").click()
    download.value.save_as(tmp_path / "leads.csv")
    with (tmp_path / "leads.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == [
        "Marie Dupont",
        "Lucas Martin",
        "Hanna Kovács",
        "Chloé Bernard",
    ]


def test_everything_works_by_keyboard_and_without_scripts(open_page: Open, office: Office) -> None:
    page = open_page("rob", java_script_enabled=False)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Search").focus()
    page.keyboard.type("sofia")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Sofia Rossi")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sofia Rossi")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()


def test_a_lead_prints_without_buttons(open_page: Open, office: Office) -> None:
    page = open_page("rob")
    page.goto(f"/leads/{office.references[-1]}")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Next")).to_be_hidden()
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("heading", name="Answers")).to_be_visible()


def test_two_of_staff_act_on_one_person_and_the_second_is_told(
    open_page: Open, office: Office
) -> None:
    first, second = open_page("rob"), open_page("ada")
    for page in (first, second):
        page.goto(f"/leads/{office.references[3]}")
    first.get_by_role("button", name="Accept").click()
    expect(first.get_by_role("status")).to_contain_text("is accepted.")
    second.get_by_role("button", name="Accept").click()
    expect(second.get_by_role("status")).to_contain_text("was moved to accepted by rob")
