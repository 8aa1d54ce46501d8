"""What became of a conversation, told by its events one after the other. Pure.

A course holds no words of the visitor: counts, the steps reached, and how messages were understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any

GREETED = "greeted"
DECIDED = "decided"
APPLIED = "applied"
STEP_OF_FORM: Mapping[str, str] = {
    "prescreen_form": "prescreening",
    "waiting_list_form": "application",
    "request_form": "request",
}
UNSURE_ZONES = ("between", "no_idea")
PERSON_ASKED_FOR = "action_hand_over"
SUBMITTED = "action_submit_application"
OUT_OF_SCOPE = "utter_out_of_scope"


@dataclass(frozen=True)
class Understood:
    """How one message of the visitor was understood. `question`: the one that was open then."""

    number: int
    at: datetime
    message_id: str | None
    label: str | None
    confidence: float | None
    zone: str | None
    question: str | None
    unanswered: bool = False

    @property
    def unsure(self) -> bool:
        """Whether the classifier itself doubted, and no open question explains the message."""
        return self.zone in UNSURE_ZONES and self.question is None


@dataclass(frozen=True)
class Course:
    """The state of a conversation after some of its events."""

    channel: str = ""
    started_at: datetime | None = None
    last_at: datetime | None = None
    turns: int = 0
    unanswered: int = 0
    unsure: int = 0
    lowest_confidence: float | None = None
    asked_person: bool = False
    applied: bool = False
    under_age: bool = False
    country: str | None = None
    form: str | None = None
    question: str | None = None
    outcomes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Progress:
    """A course, and what the latest events added: messages, and steps with their moments."""

    course: Course
    messages: tuple[Understood, ...] = ()
    steps: Mapping[str, datetime] = field(default_factory=dict)


def go_on(course: Course, events: Iterable[Mapping[str, Any]], channel: str = "") -> Progress:
    """Return `course` after `events`. `channel` counts where the events do not tell one."""
    fold = _Fold(replace(course, channel=course.channel or channel))
    for event in events:
        fold.take(event)
    return Progress(fold.course, tuple(fold.messages), fold.steps)


class _Fold:
    """The working state while events are read."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.messages: list[Understood] = []
        self.steps: dict[str, datetime] = {}
        self._action = ""

    def take(self, event: Mapping[str, Any]) -> None:
        kind, moment = event["event"], _moment(event)
        self._change(started_at=self.course.started_at or moment, last_at=moment)
        if kind == "user":
            self._heard(event, moment)
        elif kind == "action":
            self._done(str(event.get("name")), moment)
        elif kind == "slot":
            self._set(str(event.get("name")), event.get("value"), moment)
        elif kind == "session_started":
            self._change(form=None, question=None)
        elif kind == "active_loop":
            form = str(event.get("name") or "")
            self._change(form=form or None)
            if form in STEP_OF_FORM:
                self.steps.setdefault(STEP_OF_FORM[form], moment)

    def _heard(self, event: Mapping[str, Any], moment: datetime) -> None:
        text = event.get("text") or ""
        course = self.course
        if text.startswith("/session_start"):
            return
        self.steps.setdefault(GREETED, moment)
        parsed = event.get("parse_data") or {}
        label, confidence = _guess(parsed)
        understood = Understood(
            number=course.turns + 1,
            at=moment,
            message_id=event.get("message_id"),
            label=label,
            confidence=None if text.startswith("/") else confidence,
            zone=None if text.startswith("/") else _zone(parsed),
            question=course.question,
        )
        self.messages.append(understood)
        doubts = [course.lowest_confidence, understood.confidence]
        if understood.question is not None:
            doubts.pop()
        self._change(
            turns=course.turns + 1,
            channel=event.get("input_channel") or course.channel,
            unsure=course.unsure + understood.unsure,
            lowest_confidence=min((doubt for doubt in doubts if doubt is not None), default=None),
        )

    def _done(self, action: str, moment: datetime) -> None:
        self._action = action
        if action == OUT_OF_SCOPE:
            self._not_answered()
        elif action == PERSON_ASKED_FOR:
            self._change(asked_person=True)
        elif action == "action_decide" and not self.course.under_age:
            self.steps.setdefault(DECIDED, moment)

    def _set(self, name: str, value: Any, moment: datetime) -> None:
        if self._action == "action_session_start":
            return  # carried over from before
        if name == "requested_slot":
            self._change(question=value)
            if value and (form := STEP_OF_FORM.get(self.course.form or "")):
                self.steps.setdefault(f"{form}.{value}", moment)
        elif name == "misunderstandings" and value:
            self._not_answered()
        elif name == "outcomes" and isinstance(value, dict):
            self._change(outcomes=value)
        elif name == "nationalities" and isinstance(value, list) and value:
            self._change(country=str(value[0]))
        elif name == "under_age" and value is True:
            self._change(under_age=True)
        elif name == "submission_key" and value is None and self._action == SUBMITTED:
            self._change(applied=True)
            self.steps.setdefault(APPLIED, moment)

    def _not_answered(self) -> None:
        self._change(unanswered=self.course.unanswered + 1)
        if self.messages:
            self.messages[-1] = replace(self.messages[-1], unanswered=True)

    def _change(self, **values: Any) -> None:
        self.course = replace(self.course, **values)


def _guess(parsed: Mapping[str, Any]) -> tuple[str | None, float | None]:
    """Return the likeliest label and its probability, even where it was not trusted."""
    ranking = parsed.get("label_ranking") or ()
    if ranking:
        return str(ranking[0]["name"]), float(ranking[0]["confidence"])
    intent = parsed.get("intent") or {}
    label = intent.get("full_retrieval_intent_name") or intent.get("name")
    return label, intent.get("confidence")


def _zone(parsed: Mapping[str, Any]) -> str | None:
    zone = (parsed.get("understanding") or {}).get("zone")
    return str(zone) if zone else None


def _moment(event: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(event.get("timestamp") or 0, tz=timezone.utc)
