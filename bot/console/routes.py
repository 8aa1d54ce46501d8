"""Every route of the console, with its permission and what it leaves in the audit."""

from __future__ import annotations

from bot.console.page import Page
from bot.console.pages import access, accounts, board, health, lead, leads

PAGES: tuple[Page, ...] = (
    *health.PAGES,
    *access.PAGES,
    *leads.PAGES,
    *lead.PAGES,
    *board.PAGES,
    *accounts.PAGES,
)
