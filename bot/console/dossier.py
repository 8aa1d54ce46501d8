"""One person's papers in words: answers, findings with their sources, steps, possible moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.console.rendering import NOTHING, STATE_WORDS
from bot.conversation.explaining import list_facts
from bot.conversation.words import Words
from bot.knowledge.country_names import country_name
from bot.waiting_list import Entry, Event, HistoryLine, State
from bot.waiting_list.desk import Rules
from bot.waiting_list.entry import LEAVING, MOVES, WITH_DEADLINE, WITH_REASON

UNKNOWN = "unknown"
_ORDER = ("unmet", "unknown", "met")

MOVE_WORDS: Mapping[State, str] = {
    State.CONTACTED: "Contact",
    State.MEETING: "Arrange a meeting",
    State.ACCEPTED: "Accept",
    State.INVOICED: "Send the invoice",
    State.REGISTERED: "Register: the invoice is paid",
    State.DECLINED: "Decline",
    State.LAPSED: "Let lapse",
    State.WITHDRAWN: "Withdraw for them",
}
_USUAL_TIME: Mapping[State, timedelta] = {
    State.CONTACTED: Rules.reply_within,
    State.INVOICED: Rules.payment_within,
}


@dataclass(frozen=True)
class FindingText:
    """A finding as staff read it; `url` is empty where the source names none."""

    label: str
    status: str
    reason: str
    source: str
    url: str


@dataclass(frozen=True)
class Move:
    """A step that staff may make now, and what its form asks for."""

    to: State
    title: str
    forward: bool
    needs_reason: bool
    reason_hint: str
    deadline: datetime | None


def answers_in_words(answers: Mapping[str, Any] | None, words: Words) -> list[str]:
    """Return what the person said, and at the end what they did not know."""
    given = answers or {}
    told = [text for name, value in given.items() for text in _fact(name, value, words)]
    unknown = [name.replace("_", " ") for name, value in given.items() if value == UNKNOWN]
    return told + ([f"Not known: {', '.join(unknown)}"] if unknown else [])


def findings_in_words(decision: Mapping[str, Any] | None, words: Words) -> list[FindingText]:
    """Return the findings of a decision, those that stand in the way first."""
    findings = [_finding(each, words) for each in (decision or {}).get("findings", ())]
    return sorted(findings, key=lambda each: _ORDER.index(each.status))


def moves_of(entry: Entry, now: datetime) -> list[Move]:
    """Return the moves that may follow now, with the usual deadline where there is one."""
    return [
        Move(
            to=to,
            title=MOVE_WORDS[to],
            forward=to not in LEAVING,
            needs_reason=to in WITH_REASON,
            reason_hint=(
                "Needed if somebody who is cleared waits before." if to is State.CONTACTED else ""
            ),
            deadline=now + _USUAL_TIME[to] if to in WITH_DEADLINE else None,
        )
        for to in MOVES[entry.state]
    ]


def step_in_words(line: HistoryLine) -> str:
    """Return what a line of the history tells, without who, when and why."""
    if line.event is Event.MOVED and line.to_state is not None:
        before = STATE_WORDS[line.from_state.value] if line.from_state else "New"
        return f"{before} → {STATE_WORDS[line.to_state.value]}"
    return {
        Event.APPLIED: "Joined the list",
        Event.APPLIED_AGAIN: "Applied again: a new position at the end",
        Event.UPDATED: "Sent the details again",
        Event.REVIEWED: "Reviewed: may be contacted in turn",
        Event.ERASED: "Personal data erased",
        Event.NOTED: "Note",
    }.get(line.event, line.event.value)


def notes_in(history: Sequence[HistoryLine]) -> list[HistoryLine]:
    """Return the notes of staff, the newest first."""
    return [line for line in reversed(history) if line.event is Event.NOTED]


def country_in_words(code: str | None) -> str:
    """Return the name of a country, or what is kept in its place."""
    if not code:
        return NOTHING
    try:
        return country_name(code)
    except KeyError:
        return code


def _fact(name: str, value: Any, words: Words) -> list[str]:
    """Return an answer as the applicant saw it, or as it is kept if no words fit any more."""
    try:
        told = list_facts({name: value}, words)
    except (KeyError, ValueError, TypeError, AttributeError):
        told = [f"{name.replace('_', ' ')}: {value}"]
    return [text[:1].upper() + text[1:] for text in told]


def _finding(kept: Mapping[str, Any], words: Words) -> FindingText:
    source, url = str(kept.get("source", "")), ""
    if ": http" in source:
        source, _, rest = source.partition(": http")
        url = f"http{rest}"
    criterion, reason = str(kept.get("criterion", "")), str(kept.get("reason", ""))
    status = str(kept.get("finding", ""))
    return FindingText(
        label=_said(words, f"utter_criterion_{criterion}", criterion),
        status=status if status in _ORDER else "unknown",
        reason=_said(words, f"utter_reason_{reason}", reason, kept.get("values") or {}),
        source=source,
        url=url,
    )


def _said(words: Words, name: str, otherwise: str, values: Mapping[str, Any] = {}) -> str:
    """Return the assistant's words, or the bare code: a lead may be older than the words."""
    try:
        return words.say(name, **values)
    except KeyError:
        return otherwise.replace("_", " ")
