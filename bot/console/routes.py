"""Every route of the console, with its permission and what it leaves in the audit."""

from __future__ import annotations

from bot.console.page import Page
from bot.console.pages import (
    access,
    accounts,
    audit,
    board,
    conversations,
    dashboard,
    handover,
    health,
    inbox,
    lead,
    leads,
    personal_data,
)

PAGES: tuple[Page, ...] = (
    *health.PAGES,
    *access.PAGES,
    *leads.PAGES,
    *lead.PAGES,
    *personal_data.PAGES,
    *board.PAGES,
    *conversations.PAGES,
    *inbox.PAGES,
    *handover.PAGES,
    *dashboard.PAGES,
    *accounts.PAGES,
    *audit.PAGES,
)
