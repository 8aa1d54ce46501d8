"""What the person of a lead may ask for: everything kept about them, or that nothing is kept."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from bot.console.page import Page
from bot.console.permissions import Permission
from bot.console.visit import Visit
from bot.privacy.erasing import Eraser
from bot.privacy.exporting import export
from bot.privacy.people import identify
from bot.waiting_list.reference import normal_reference


def export_person(visit: Visit) -> Response:
    """Send everything that any room keeps about the person, as JSON."""
    reference = _reference(visit)
    with visit.services.engine.begin() as connection:
        kept = export(connection, identify(connection, reference))
    return JSONResponse(
        kept, headers={"Content-Disposition": f'attachment; filename="{reference}.json"'}
    )


def erase_page(visit: Visit) -> Response:
    """Say what would be erased, before it is."""
    return _erase_page(visit, _reference(visit))


def erase(visit: Visit) -> Response:
    """Erase the person everywhere, once the reference code was typed as a confirmation."""
    reference = _reference(visit)
    if normal_reference(visit.form["confirm"]) != reference:
        visit.details = {"result": "refused"}
        visit.say("That is not the reference code of this person. Nothing was erased.", "problem")
        return _erase_page(visit, reference, status=422)
    with visit.services.engine.begin() as connection:
        person = identify(connection, reference)
    account = _eraser(visit).erase(person)
    visit.details = {"result": "done", **account}
    visit.say(f"Erased: {sum(account.values())} rows and files, in every list and conversation.")
    return visit.redirect(f"/leads/{reference}")


def _erase_page(visit: Visit, reference: str, status: int = 200) -> Response:
    with visit.services.engine.begin() as connection:
        person = identify(connection, reference)
    return visit.render(
        "erase.html",
        status=status,
        reference=reference,
        references=sorted(person.references),
        account=sorted(_eraser(visit).preview(person).items()),
    )


def _eraser(visit: Visit) -> Eraser:
    return Eraser(visit.services.engine, visit.services.settings, visit.services.clock)


def _reference(visit: Visit) -> str:
    """Return the reference of the person, and name it to the audit.

    Raises:
        EntryNotFound: there is no such person.
    """
    visit.subject = visit.services.waiting_list.entry(visit.param("reference")).reference
    return visit.subject


LEAD = "/leads/{reference}"
PAGES = (
    Page("GET", f"{LEAD}/export.json", export_person, Permission.WORK, "privacy.export"),
    Page("GET", f"{LEAD}/erase", erase_page, Permission.ADMINISTER, "privacy.erase_preview"),
    Page("POST", f"{LEAD}/erase", erase, Permission.ADMINISTER, "privacy.erase"),
)
