"""Debian's Chromium, started so that it talks to nobody but us."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def launch(playwright: Playwright) -> Browser:
    """Return a browser with an empty profile; `CHROMIUM` may name another executable."""
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert executable, "no Chromium: run `make browser`"
    return playwright.chromium.launch(executable_path=executable, args=FLAGS)
