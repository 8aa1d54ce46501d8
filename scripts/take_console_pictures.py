"""Takes the pictures docs/images/console-*.png of conversations, inbox, handover and dashboard.

    .venv/bin/python scripts/take_console_pictures.py

The console runs on a database of its own that is filled with made-up conversations.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from types import ModuleType

from playwright.sync_api import sync_playwright

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
from tests.console.browsing import PASSWORD, employ  # noqa: E402
from tests.console.serving import serving  # noqa: E402
from tests.console.talks import fill  # noqa: E402
from tests.unit.waiting_list.samples import State, advance, join  # noqa: E402

IMAGES = ROOT / "docs" / "images"
DESKTOP = {"width": 1360, "height": 860}
PICTURES = {
    "conversations": "/conversations",
    "conversation": "/conversations/web-applied1",
    "inbox": "/inbox",
    "handover": "/handover/web-person01",
    "dashboard": "/dashboard?range=30",
    "audit": "/audit",
}


def furnish(services: Services) -> None:
    """Fill the database: conversations, a list, a handover in progress, an account."""
    employ(services, "grace", Role.ADMINISTRATOR)
    fill(services)
    services.waiting_list.set_pool("ro_working_holiday", "2023", "grace", quota=20)
    for number, reference in enumerate(join(services.waiting_list, *"abcdef")):
        advance(services.waiting_list, reference, (State.CONTACTED, State.ACCEPTED)[number % 2])
    desk = services.handovers
    desk.take("web-person01", "grace")
    desk.hear("web-person01", "m1", "My passport was renewed after I applied. What now?")
    desk.answer("web-person01", "grace", "Hello, this is the team. Was it the same name?", "k1")
    desk.hear("web-person01", "m2", "Yes, only the number changed.")


def main() -> None:
    """Take every picture, or those named."""
    names = sys.argv[1:] or list(PICTURES)
    with tempfile.TemporaryDirectory() as folder:
        services = open_services(read_settings({"IEC_DATA_DIR": folder}))
        furnish(services)
        with serving(create_app(services)) as address, sync_playwright() as playwright:
            browser = launch(playwright)
            page = browser.new_context(base_url=address, viewport=DESKTOP).new_page()
            page.goto("/login")
            page.get_by_label("Name").fill("grace")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/leads")
            for name in names:
                page.goto(PICTURES[name])
                page.mouse.move(0, 0)
                page.screenshot(path=IMAGES / f"console-{name}.png")
                print(IMAGES / f"console-{name}.png")
            browser.close()


if __name__ == "__main__":
    main()
