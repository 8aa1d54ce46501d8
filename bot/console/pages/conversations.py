"""All conversations, also those without a lead; one conversation; marks; a test made of it."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from starlette.responses import Response

from bot.console.conversation_query import MARKS, read_conversation_query
from bot.console.lead_links import references_of
from bot.console.page import Page
from bot.console.permissions import Permission
from bot.console.visit import NotFound, Visit
from bot.handover import ANSWERED_HERE, Request
from bot.knowledge.country_names import country_name
from bot.privacy.masking import mask_contacts, mask_numbers
from bot.transcripts import read_conversation
from bot.transcripts.marks import (
    MarkError,
    add_note,
    add_tag,
    mark_reviewed,
    notes_of,
    remove_tag,
)
from bot.transcripts.search import (
    PER_PAGE,
    channels_and_tags,
    find_conversation,
    find_conversations,
)
from bot.transcripts.story import file_name, read_story
from bot.waiting_list.entry import LISTED_OUTCOMES

MARK_WORDS = {
    "asked_person": "Asked for a person",
    "unanswered": "Not answered",
    "thumbs_down": "Thumb down",
    "low_confidence": "Unsure",
}


def conversations_page(visit: Visit) -> Response:
    """Show a page of the conversations that fit the filters."""
    query = read_conversation_query(visit.query)
    engine = visit.services.engine
    found = find_conversations(engine, query.filters, query.number)
    channels, tags = channels_and_tags(engine)
    visit.details = {"filter": query.text()[:200].replace("@", ""), "conversations": found.total}
    return visit.render(
        "conversations.html",
        query=query,
        found=found,
        pages=max(1, ceil(found.total / PER_PAGE)),
        leads=references_of(engine, [row.conversation_id for row in found.rows]),
        channels=channels,
        tags=tags,
        outcomes=LISTED_OUTCOMES,
        programs=sorted(visit.services.knowledge.programs),
        marks={name: MARK_WORDS[name] for name in MARKS},
        country_name=country_name,
    )


def conversation_page(visit: Visit) -> Response:
    """Show one conversation turn by turn."""
    conversation_id = _subject(visit)
    services = visit.services
    summary = find_conversation(services.engine, conversation_id)
    request: Request | None = services.handovers.open_request(conversation_id)
    return visit.render(
        "conversation.html",
        conversation_id=conversation_id,
        answered_here=ANSWERED_HERE,
        summary=summary,
        turns=read_conversation(services.engine, conversation_id).turns,
        references=references_of(services.engine, [conversation_id]).get(conversation_id, []),
        notes=notes_of(services.engine, conversation_id),
        request=request,
        file_name=file_name(conversation_id),
        country_name=country_name,
    )


def review(visit: Visit) -> Response:
    """Put the mark that somebody has read it, or take it off."""
    at = None if visit.form["undo"] else visit.services.clock()

    def change(conversation_id: str) -> str:
        mark_reviewed(visit.services.engine, conversation_id, visit.by, at)
        return "Marked as read." if at else "The mark is taken off."

    return _changed(visit, change)


def tag(visit: Visit) -> Response:
    """Put a tag on the conversation."""

    def change(conversation_id: str) -> str:
        add_tag(visit.services.engine, conversation_id, visit.form["tag"])
        return "The tag is kept."

    return _changed(visit, change)


def untag(visit: Visit) -> Response:
    """Take a tag off the conversation."""

    def change(conversation_id: str) -> str:
        remove_tag(visit.services.engine, conversation_id, visit.form["tag"])
        return "The tag is taken off."

    return _changed(visit, change)


def note(visit: Visit) -> Response:
    """Keep a note about the conversation."""
    key = visit.form["key"] or visit.new_key()

    def change(conversation_id: str) -> str:
        now = visit.services.clock()
        add_note(visit.services.engine, conversation_id, visit.by, now, visit.form["text"], key)
        return "The note is kept."

    return _changed(visit, change)


def make_test(visit: Visit) -> Response:
    """Send the conversation as a story for Rasa's tests, without personal answers."""
    conversation_id = _subject(visit)
    story = read_story(
        visit.services.engine,
        conversation_id,
        lambda text: mask_contacts(mask_numbers(text)),
    )
    if story is None:
        raise NotFound("Nothing of this conversation is stored.")
    path = file_name(conversation_id)
    name = path.rsplit("/", 1)[-1]
    return Response(
        f"# Check it, then put it into {path}\n{story}",
        media_type="application/yaml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _subject(visit: Visit) -> str:
    """Return the conversation that the address names, and name it to the audit.

    Raises:
        NotFound: nothing of it is stored.
    """
    conversation_id = visit.param("conversation_id")
    if find_conversation(visit.services.engine, conversation_id) is None:
        raise NotFound("There is no such conversation, or it was deleted.")
    visit.subject = conversation_id
    return conversation_id


def _changed(visit: Visit, change: Callable[[str], str]) -> Response:
    conversation_id = _subject(visit)
    try:
        visit.say(change(conversation_id))
    except MarkError as refusal:
        visit.details["result"] = "refused"
        visit.say(str(refusal), "problem")
    return visit.redirect(f"/conversations/{conversation_id}")


_ONE = "/conversations/{conversation_id}"

PAGES = (
    Page(
        "GET",
        "/conversations",
        conversations_page,
        Permission.READ,
        "conversations.view",
        "Conversations",
    ),
    Page("GET", _ONE, conversation_page, Permission.READ, "conversation.view"),
    Page("GET", f"{_ONE}/test.yml", make_test, Permission.WORK, "conversation.export_test"),
    Page("POST", f"{_ONE}/reviewed", review, Permission.WORK, "conversation.reviewed"),
    Page("POST", f"{_ONE}/tags", tag, Permission.WORK, "conversation.tag"),
    Page("POST", f"{_ONE}/tags/remove", untag, Permission.WORK, "conversation.untag"),
    Page("POST", f"{_ONE}/notes", note, Permission.WORK, "conversation.note"),
)
