"""The table of leads: find, sort, keep a view, export exactly what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.responses import Response, StreamingResponse

from bot.console.dossier import country_in_words
from bot.console.forms import FormRefused, parse_form
from bot.console.lead_query import LeadQuery, read_query
from bot.console.page import Page
from bot.console.permissions import Permission
from bot.console.saved_views import SavedViews, ViewRefused
from bot.console.visit import Visit
from bot.waiting_list import State
from bot.waiting_list.entry import LISTED_OUTCOMES
from bot.waiting_list.export import answers_of, csv_lines
from bot.waiting_list.leads import Leads, Sort

BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets take UTF-8 for something older."""


def leads_page(visit: Visit) -> Response:
    """Show a page of the table."""
    query = read_query(visit.query)
    leads = Leads(visit.services.engine)
    page = leads.page(query.wanted, query.sort, descending=query.descending, number=query.number)
    visit.details = _told(query) | {"page": page.number, "people": page.total}
    return visit.render(
        "leads.html",
        page=page,
        query=query,
        filtered=bool(query.text()),
        Sort=Sort,
        states=list(State),
        outcomes=LISTED_OUTCOMES,
        pools=visit.services.waiting_list.pools(),
        countries=[(code, country_in_words(code)) for code in leads.countries()],
        country=country_in_words,
        views=_views(visit).of(visit.by),
        now=visit.services.clock(),
    )


def export(visit: Visit) -> Response:
    """Send everybody who fits the filter, in the order of the table, one a line."""
    query = read_query(visit.query)
    leads = Leads(visit.services.engine)
    ids = leads.ids(query.wanted, query.sort, descending=query.descending)
    visit.details = _told(query) | {"people": len(ids)}

    def lines() -> Iterator[str]:
        answers = answers_of(leads.entries(ids))
        yield BYTE_ORDER_MARK
        yield from csv_lines(leads.entries(ids), answers)

    day = visit.services.clock().date()
    return StreamingResponse(
        lines(),
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="leads-{day}.csv"'},
    )


def save_view(visit: Visit) -> Response:
    """Keep the filter and order under a name; the words searched for are left out."""
    query = read_query(parse_form(visit.form["query"]))
    kept = LeadQuery(query.wanted, query.sort, query.descending).text(with_words=False)
    shared = bool(visit.form["shared"])
    visit.details = {"shared": shared}
    try:
        _views(visit).save(visit.by, visit.form["name"], kept, shared=shared)
    except ViewRefused as refusal:
        raise FormRefused(str(refusal)) from None
    visit.say(f"The view “{visit.form['name']}” is kept.")
    return visit.redirect(f"/leads?{kept}" if kept else "/leads")


def delete_view(visit: Visit) -> Response:
    """Delete a view of one's own."""
    if _views(visit).delete(visit.by, visit.form.number("id", 1, 2**31 - 1)):
        visit.say("The view is deleted.")
    else:
        visit.say("That view is not yours, or is gone.", "problem")
    return visit.redirect("/leads")


def _views(visit: Visit) -> SavedViews:
    return SavedViews(visit.services.engine, visit.services.clock)


def _told(query: LeadQuery) -> dict[str, Any]:
    """Return what the audit keeps of a query: not the words, which may be a name."""
    kept = query.text(with_words=False)
    return {"filter": kept[:200].replace("@", ""), "searched": bool(query.wanted.words)}


PAGES = (
    Page("GET", "/leads", leads_page, Permission.READ, "leads.view", "Leads"),
    Page("GET", "/leads/export.csv", export, Permission.WORK, "leads.export"),
    Page("POST", "/leads/views", save_view, Permission.READ, "leads.view_saved"),
    Page("POST", "/leads/views/delete", delete_view, Permission.READ, "leads.view_deleted"),
)
