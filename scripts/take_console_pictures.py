"""Takes the pictures docs/images/console-*.png.

    .venv/bin/python scripts/take_console_pictures.py

The console runs on databases of its own, filled with made-up people and conversations.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
# Our tests are a folder without `__init__.py`; a library that installs its own would come first.
sys.modules["tests"] = ModuleType("tests")
sys.modules["tests"].__path__ = [str(ROOT / "tests")]

from bot.console.app import create_app  # noqa: E402
from bot.console.services import Services, open_services  # noqa: E402
from bot.settings import read_settings  # noqa: E402
from bot.staff import Role  # noqa: E402
from tests.browser.chromium import launch  # noqa: E402
from tests.console import people, talks  # noqa: E402
from tests.console.browsing import PASSWORD, employ  # noqa: E402
from tests.console.serving import serving  # noqa: E402
from tests.unit.waiting_list.samples import HandSetClock, State, advance, join  # noqa: E402

IMAGES = ROOT / "docs" / "images"
DESKTOP = {"width": 1360, "height": 860}
OF_PEOPLE = {
    "leads": "/leads",
    "lead": "/leads/{first}",
    "board": "/list/ro_working_holiday/2023",
}
OF_TALKS = {
    "conversations": "/conversations",
    "conversation": "/conversations/web-applied1",
    "inbox": "/inbox",
    "handover": "/handover/web-person01",
    "dashboard": "/dashboard?range=30",
    "audit": "/audit",
}


def main() -> None:
    """Take every picture."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        with tempfile.TemporaryDirectory() as folder:
            clock = HandSetClock()
            services = open_services(read_settings({"IEC_DATA_DIR": folder}), clock)
            first = people.fill(services, clock)[0]
            take(
                browser, services, {name: at.format(first=first) for name, at in OF_PEOPLE.items()}
            )
        with tempfile.TemporaryDirectory() as folder:
            services = open_services(read_settings({"IEC_DATA_DIR": folder}))
            fill_with_talks(services)
            take(browser, services, OF_TALKS)
        browser.close()


def fill_with_talks(services: Services) -> None:
    """Fill the database: conversations, a list, a handover in progress."""
    talks.fill(services)
    services.waiting_list.set_pool("ro_working_holiday", "2023", "grace", quota=20)
    for number, reference in enumerate(join(services.waiting_list, *"abcdef")):
        advance(services.waiting_list, reference, (State.CONTACTED, State.ACCEPTED)[number % 2])
    desk = services.handovers
    desk.take("web-person01", "grace")
    desk.hear("web-person01", "m1", "My passport was renewed after I applied. What now?")
    desk.answer("web-person01", "grace", "Hello, this is the team. Was it the same name?", "k1")
    desk.hear("web-person01", "m2", "Yes, only the number changed.")


def take(browser: Browser, services: Services, pictures: Mapping[str, str]) -> None:
    """Take pictures of the pages, by name and address, as an administrator sees them."""
    employ(services, "grace", Role.ADMINISTRATOR)
    with serving(create_app(services)) as address:
        page = browser.new_context(base_url=address, viewport=DESKTOP).new_page()
        page.goto("/login")
        page.get_by_label("Name").fill("grace")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/leads")
        for name, path in pictures.items():
            page.goto(path)
            page.mouse.move(0, 0)
            page.screenshot(path=IMAGES / f"console-{name}.png")
            print(IMAGES / f"console-{name}.png")
        page.context.close()


if __name__ == "__main__":
    main()
