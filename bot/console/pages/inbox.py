"""The inbox for the assistant: what it was unsure of, one decision each, one key each."""

from __future__ import annotations

from starlette.responses import Response

from bot.console.labels import known_labels
from bot.console.page import Page
from bot.console.permissions import Permission
from bot.console.visit import Visit
from bot.settings import PROJECT_ROOT
from bot.teaching import Decision, Riddle, TeachingError, gather
from bot.teaching.inbox import PER_PAGE
from bot.teaching.training_data import as_yaml, files_by_label, new_examples

TRAINING_DATA = PROJECT_ROOT / "data" / "nlu"
DONE = {
    Decision.RIGHT: "The guess is right",
    Decision.TOPIC: "Another topic",
    Decision.OUT_OF_SCOPE: "Out of scope",
    Decision.IGNORED: "Ignored",
    Decision.DELETED: "Deleted",
}


def inbox_page(visit: Visit) -> Response:
    """Show what waits for a decision, the most frequent first."""
    gather(visit.services.engine)
    inbox = visit.services.teaching
    riddles = inbox.open_riddles()
    visit.details = {"messages": len(riddles)}
    return visit.render(
        "inbox.html",
        riddles=riddles,
        waiting=inbox.count_open(),
        per_page=PER_PAGE,
        labels=known_labels(),
        undo=_undo(visit),
    )


def decided_page(visit: Visit) -> Response:
    """Show what was decided and can be exported, by topic."""
    riddles = visit.services.teaching.decided()
    visit.details = {"messages": len(riddles)}
    return visit.render("inbox_decided.html", riddles=riddles, labels=dict(known_labels()))


def decide(visit: Visit) -> Response:
    """Decide about one message."""
    decision = visit.form.choice("decision", Decision, "decisions")
    label = visit.form["label"] or None
    number = visit.form.number("id", 1, 2**31 - 1)
    visit.subject, visit.details = f"riddle/{number}", {"decision": decision.value}
    if decision is Decision.TOPIC and label not in dict(known_labels()):
        visit.say("Choose one of the topics of the list.", "problem")
        visit.details["result"] = "refused"
        return visit.redirect("/inbox")
    try:
        riddle = visit.services.teaching.decide(number, decision, visit.by, label)
    except TeachingError as refusal:
        visit.say(str(refusal), "problem")
        visit.details["result"] = "refused"
        return visit.redirect("/inbox")
    visit.say(_done(riddle, decision))
    return visit.redirect("/inbox" if decision is Decision.DELETED else f"/inbox?undo={number}")


def reopen(visit: Visit) -> Response:
    """Take a decision back."""
    number = visit.form.number("id", 1, 2**31 - 1)
    visit.subject = f"riddle/{number}"
    try:
        visit.services.teaching.reopen(number)
        visit.say("The decision is taken back.")
    except TeachingError as refusal:
        visit.say(str(refusal), "problem")
    return visit.redirect("/inbox/decided" if visit.form["decided"] else "/inbox")


def export(visit: Visit) -> Response:
    """Send the decided messages that are no examples yet, in Rasa's format, by topic."""
    decided = [(each.label or "", each.text) for each in visit.services.teaching.decided()]
    examples = new_examples(decided, TRAINING_DATA)
    visit.details = {"examples": sum(map(len, examples.values()))}
    head = (
        "# Decided in the console. Check it; then merge each topic into the file that is named\n"
        "# (`iec inbox export --merge` does it), or keep it as a test set in tests/nlu.\n"
    )
    return Response(
        head + as_yaml(examples, files_by_label(TRAINING_DATA), PROJECT_ROOT),
        media_type="application/yaml",
        headers={"Content-Disposition": 'attachment; filename="inbox.yml"'},
    )


def _done(riddle: Riddle, decision: Decision) -> str:
    return f"{DONE[decision]}{f': {riddle.label}' if riddle.label else ''}."


def _undo(visit: Visit) -> int | None:
    return visit.query.number("undo", 1, 2**31 - 1) if visit.query["undo"] else None


PAGES = (
    Page("GET", "/inbox", inbox_page, Permission.READ, "inbox.view", "Inbox"),
    Page("GET", "/inbox/decided", decided_page, Permission.READ, "inbox.decided_view"),
    Page("GET", "/inbox/export.yml", export, Permission.WORK, "inbox.export"),
    Page("POST", "/inbox/decide", decide, Permission.WORK, "inbox.decide"),
    Page("POST", "/inbox/reopen", reopen, Permission.WORK, "inbox.reopen"),
)
