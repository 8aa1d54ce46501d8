"""Conversations, inbox, handover, dashboard and audit in a real browser, with keys and axe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from bot.audit import AuditLog
from bot.clock import system_clock
from bot.console.app import create_app
from bot.console.services import Services
from bot.staff import Role, open_office
from bot.staff.passwords import Passwords
from tests.browser.chromium import launch
from tests.console.browsing import PASSWORD, employ
from tests.console.serving import serving
from tests.console.talks import RIDDLES, fill

PAGES = (
    "/conversations",
    "/conversations/web-applied1",
    "/inbox",
    "/inbox/decided",
    "/handover",
    "/handover/web-person01",
    "/dashboard?range=90",
    "/audit",
)
IN_THE_DARK = ("/conversations/web-applied1", "/inbox", "/dashboard?range=90")


@pytest.fixture
def living(services: Services, passwords: Passwords) -> Services:
    """The console by the real clock: a browser's cookies know no other."""
    services = replace(
        services,
        clock=system_clock,
        office=open_office(services.engine, system_clock, passwords),
        audit=AuditLog(services.engine),
    )
    employ(services, "grace", Role.ADMINISTRATOR)
    fill(services)
    return services


@pytest.fixture
def page(living: Services) -> Iterator[Page]:
    """A browser in which an administrator is signed in; errors of our scripts fail the test."""
    errors: list[str] = []
    with serving(create_app(living)) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(8_000)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on(
            "console",
            lambda said: errors.append(said.text) if said.type in ("error", "warning") else None,
        )
        page = context.new_page()
        page.goto("/login")
        page.get_by_label("Name").fill("grace")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/leads")
        yield page
        browser.close()
    assert errors == []


def has_no_barriers(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    told = [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]
    assert not told, f"{page.url}\n" + "\n".join(told)


def test_no_page_has_barriers_also_on_a_phone_in_the_dark(page: Page) -> None:
    for path in PAGES:
        page.goto(path)
        has_no_barriers(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    for path in PAGES:
        page.goto(path)
        if path in IN_THE_DARK:
            has_no_barriers(page)
        wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path


def test_the_inbox_is_worked_with_one_key_a_message(page: Page, living: Services) -> None:
    page.goto("/inbox")
    expect(page.locator(".riddle").first).to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_role("status").first).to_contain_text("The guess is right")
    page.keyboard.press("j")
    page.keyboard.press("i")
    expect(page.get_by_role("status").first).to_contain_text("Ignored")
    page.keyboard.press("u")
    expect(page.get_by_role("status").first).to_contain_text("taken back")
    page.keyboard.press("t")
    page.keyboard.type("faq/max_stay")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Another topic: faq/max_stay")
    page.keyboard.press("o")
    expect(page.get_by_role("status").first).to_contain_text("Out of scope")
    page.keyboard.press("d")
    expect(page.get_by_role("status").first).to_contain_text("Deleted")
    labels = sorted(str(each.label) for each in living.teaching.decided())
    assert labels == sorted([RIDDLES[0][1], "faq/max_stay", "out_of_scope"])


def test_what_the_visitor_writes_appears_while_staff_type(page: Page, living: Services) -> None:
    page.goto("/handover")
    page.get_by_role("button", name="Take the conversation").click()
    field = page.get_by_label("Your answer")
    field.fill("I am writ")
    living.handovers.hear("web-person01", "m1", "Is anybody there?")
    expect(page.get_by_role("log")).to_contain_text("Is anybody there?")
    assert field.input_value() == "I am writ"
    field.fill("Yes, how can I help?")
    field.press("Control+Enter")
    expect(page.get_by_role("log").locator(".staff")).to_contain_text("grace")
    expect(page.get_by_label("Your answer")).to_have_value("")
    page.get_by_role("button", name="Hand back to the assistant").click()
    expect(page.get_by_role("status").first).to_contain_text("The assistant answers again.")
    assert not living.handovers.is_with_person("web-person01")
