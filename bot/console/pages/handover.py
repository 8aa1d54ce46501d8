"""Conversations that asked for a person: the queue, and talking to a visitor."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from bot.console.changing import changed
from bot.console.page import NOTHING, Page
from bot.console.permissions import Permission
from bot.console.visit import NotFound, Visit
from bot.handover import ANSWERED_HERE
from bot.handover.desk import LONGEST_ANSWER
from bot.transcripts import read_conversation
from bot.transcripts.search import find_conversation


def queue_page(visit: Visit) -> Response:
    """Show who waits, the longest first, and who talks to whom."""
    requests = visit.services.handovers.queue()
    visit.details = {"requests": len(requests)}
    return visit.render("handover_queue.html", requests=requests, now=visit.services.clock())


def live_page(visit: Visit) -> Response:
    """Show the conversation and, to whoever has it, a field to answer."""
    conversation_id = _subject(visit)
    services = visit.services
    turns = read_conversation(services.engine, conversation_id).turns
    return visit.render(
        "handover_live.html",
        conversation_id=conversation_id,
        answered_here=ANSWERED_HERE,
        request=services.handovers.open_request(conversation_id),
        turns=turns,
        state=_state(visit, conversation_id),
        longest=LONGEST_ANSWER,
        hours=services.settings.handover_hours,
    )


def news(visit: Visit) -> Response:
    """Return a mark that changes when something was said or the conversation changed hands."""
    return JSONResponse({"state": _state(visit, visit.param("conversation_id"))})


def take(visit: Visit) -> Response:
    """Take the conversation, from the queue or from somebody else."""
    conversation_id = _subject(visit)

    def change() -> str:
        visit.services.handovers.take(conversation_id, visit.by)
        return "You have this conversation now. The assistant keeps quiet."

    return changed(visit, change, _address(conversation_id))


def answer(visit: Visit) -> Response:
    """Say something to the visitor."""
    conversation_id = _subject(visit)
    key = visit.form["key"] or visit.new_key()

    def change() -> str:
        visit.services.handovers.answer(conversation_id, visit.by, visit.form["text"], key)
        return ""

    return changed(visit, change, _address(conversation_id))


def hand_back(visit: Visit) -> Response:
    """Give the conversation back to the assistant."""
    conversation_id = _subject(visit)

    def change() -> str:
        visit.services.handovers.hand_back(conversation_id, visit.by)
        return "The assistant answers again."

    return changed(visit, change, _address(conversation_id))


def _subject(visit: Visit) -> str:
    conversation_id = visit.param("conversation_id")
    services = visit.services
    known = services.handovers.open_request(conversation_id) is not None
    if not known and find_conversation(services.engine, conversation_id) is None:
        raise NotFound("There is no such conversation, or it was deleted.")
    visit.subject = conversation_id
    return conversation_id


def _address(conversation_id: str) -> str:
    return f"/handover/{conversation_id}#answer"


def _state(visit: Visit, conversation_id: str) -> str:
    """Return a mark of how far the conversation is; it tells nothing of what was said."""
    services = visit.services
    request = services.handovers.open_request(conversation_id)
    turns = len(read_conversation(services.engine, conversation_id).turns)
    return f"{turns} {request.state.value if request else 'closed'}"


_ONE = "/handover/{conversation_id}"

PAGES = (
    Page("GET", "/handover", queue_page, Permission.READ, "handover.view", "Handover"),
    Page("GET", _ONE, live_page, Permission.READ, "conversation.view"),
    Page("GET", f"{_ONE}/news", news, Permission.READ, NOTHING),
    Page("POST", f"{_ONE}/take", take, Permission.WORK, "handover.take"),
    Page("POST", f"{_ONE}/answer", answer, Permission.WORK, "handover.answer"),
    Page("POST", f"{_ONE}/back", hand_back, Permission.WORK, "handover.back"),
)
