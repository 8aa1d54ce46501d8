"""One lead: everything known about a person, and what staff may do next."""

from __future__ import annotations

from starlette.responses import Response

from bot.console.changing import changed
from bot.console.dossier import (
    answers_in_words,
    country_in_words,
    findings_in_words,
    moves_of,
    notes_in,
    step_in_words,
)
from bot.console.page import Page
from bot.console.permissions import Permission
from bot.console.visit import Visit
from bot.transcripts import read_conversation
from bot.waiting_list import State
from bot.waiting_list.entry import NEEDS_REVIEW


def lead_page(visit: Visit) -> Response:
    """Show a person's papers with the transcript beside them."""
    services = visit.services
    entry = services.waiting_list.entry(visit.param("reference"))
    visit.subject = entry.reference
    history = services.waiting_list.history(entry.reference)
    conversation = (
        read_conversation(services.engine, entry.conversation_id) if entry.conversation_id else None
    )
    earlier = services.waiting_list.earlier_submissions(entry.reference)
    return visit.render(
        "lead.html",
        entry=entry,
        ahead=services.waiting_list.ahead(entry.reference),
        country=country_in_words(entry.nationality),
        answers=answers_in_words(entry.answers, services.words),
        findings=findings_in_words(entry.decision, services.words),
        decision=entry.decision or {},
        moves=moves_of(entry, services.clock()),
        may_review=entry.state is State.WAITING and not entry.cleared,
        needs_review=entry.outcome == NEEDS_REVIEW,
        notes=notes_in(history),
        history=[(line, step_in_words(line)) for line in reversed(history)],
        messages=services.waiting_list.messages(entry.reference),
        earlier=[
            (each, answers_in_words(each.answers, services.words)) for each in reversed(earlier)
        ],
        turns=conversation.turns if conversation else (),
        now=services.clock(),
    )


def move(visit: Visit) -> Response:
    """Move the person, if nobody else was faster."""
    form, reference = visit.form, _subject(visit)
    to = form.choice("to", State, "moves")
    visit.details = {"to": to.value}

    def change() -> str:
        entry = visit.services.waiting_list.move(
            reference,
            to,
            visit.by,
            reason=form["reason"] or None,
            deadline=form.moment("deadline"),
            key=form["key"] or None,
            expected=form["expected"],
        )
        return f"{entry.reference} is {entry.state.value}."

    return changed(visit, change, f"/leads/{reference}")


def review(visit: Visit) -> Response:
    """Clear a person whose outcome needed a person to look at it."""
    form, reference = visit.form, _subject(visit)

    def change() -> str:
        entry = visit.services.waiting_list.review(
            reference, visit.by, form["reason"] or None, form["expected"]
        )
        return f"{entry.reference} may now be contacted in turn."

    return changed(visit, change, f"/leads/{reference}")


def note(visit: Visit) -> Response:
    """Keep a note about the person."""
    reference = _subject(visit)

    def change() -> str:
        text, key = visit.form["text"], visit.form["key"] or None
        visit.services.waiting_list.note(reference, text, visit.by, key)
        return "The note is kept."

    return changed(visit, change, f"/leads/{reference}")


def _subject(visit: Visit) -> str:
    """Return the reference of the person whose page this is, and name it to the audit.

    Raises:
        EntryNotFound: there is no such person.
    """
    visit.subject = visit.services.waiting_list.entry(visit.param("reference")).reference
    return visit.subject


PAGES = (
    Page("GET", "/leads/{reference}", lead_page, Permission.READ, "lead.view"),
    Page("POST", "/leads/{reference}/move", move, Permission.WORK, "lead.move"),
    Page("POST", "/leads/{reference}/review", review, Permission.WORK, "lead.review"),
    Page("POST", "/leads/{reference}/notes", note, Permission.WORK, "lead.note"),
)
