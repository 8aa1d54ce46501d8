"""A person on a waiting list: states, allowed moves, and what is kept. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from bot.waiting_list.errors import DeadlineRefused, MoveNotAllowed, ReasonNeeded

APPLICANT = "applicant"
SYSTEM = "system"
"""Who made a step, when it was not a member of staff."""

QUALIFIED = "qualified"
NEEDS_REVIEW = "needs_review"
LISTED_OUTCOMES = (QUALIFIED, NEEDS_REVIEW)
"""Outcomes of the pre-screening with which somebody may stand on the list."""


class State(str, Enum):
    """How far a person has come, in the order of the program's own description."""

    WAITING = "waiting"
    CONTACTED = "contacted"
    MEETING = "meeting"
    ACCEPTED = "accepted"
    INVOICED = "invoiced"
    REGISTERED = "registered"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    LAPSED = "lapsed"


LEAVING = (State.WITHDRAWN, State.DECLINED, State.LAPSED)

MOVES: Mapping[State, tuple[State, ...]] = {
    State.WAITING: (State.CONTACTED, State.WITHDRAWN, State.DECLINED),
    State.CONTACTED: (State.MEETING, *LEAVING),
    State.MEETING: (State.ACCEPTED, *LEAVING),
    State.ACCEPTED: (State.INVOICED, *LEAVING),
    State.INVOICED: (State.REGISTERED, *LEAVING),
    State.REGISTERED: (State.WITHDRAWN,),
    State.WITHDRAWN: (),
    State.DECLINED: (),
    State.LAPSED: (),
}
"""From each state, the states that may follow. Who has left may apply again, as a new entry."""

ACTIVE = tuple(state for state in State if MOVES[state])
IN_CONTACT = (State.CONTACTED, State.MEETING)
HOLDING_A_PLACE = (State.ACCEPTED, State.INVOICED, State.REGISTERED)
WITH_DEADLINE = (State.CONTACTED, State.INVOICED)
WITH_REASON = (State.DECLINED, State.LAPSED)


@dataclass(frozen=True)
class Consent:
    """The words a person agreed to, when, and on which channel."""

    version: str
    text: str
    given_at: datetime
    channel: str


@dataclass(frozen=True)
class Submission:
    """What a person sends to get on the list of one program and season."""

    program: str
    season: str
    name: str
    email: str
    outcome: str
    nationality: str | None
    answers: Mapping[str, Any]
    decision: Mapping[str, Any]
    conversation_id: str | None
    consent: Consent


@dataclass(frozen=True)
class Receipt:
    """What a person is told after a submission.

    `ahead` counts the people who wait before this one. `repeated` marks the answer to a redelivery:
    nothing was changed. `moved_down` says that an earlier submission lost its position.
    """

    reference: str
    position: int
    ahead: int
    program: str
    season: str
    state: State
    repeated: bool
    moved_down: bool

    @classmethod
    def from_json(cls, values: Mapping[str, Any], *, repeated: bool) -> Receipt:
        """Return the receipt that was remembered as `values`."""
        return cls(**{**values, "state": State(values["state"]), "repeated": repeated})


@dataclass(frozen=True)
class Entry:
    """One person on one list, with the latest submission. Personal fields are None once erased."""

    reference: str
    program: str
    season: str
    position: int
    state: State
    deadline: datetime | None
    reviewed: bool
    outcome: str
    entered_at: datetime
    changed_at: datetime
    erased_at: datetime | None
    name: str | None
    email: str | None
    nationality: str | None
    answers: Mapping[str, Any] | None
    decision: Mapping[str, Any] | None
    conversation_id: str | None
    consent: Consent

    @property
    def active(self) -> bool:
        """Whether the person still waits, is in contact, or has a place."""
        return self.state in ACTIVE

    @property
    def cleared(self) -> bool:
        """Whether nothing stands against contacting: qualified, or reviewed by staff."""
        return self.outcome == QUALIFIED or self.reviewed

    @property
    def version(self) -> str:
        """What every step changes: two equal versions of an entry are the same."""
        return version_of(self.state, self.changed_at)

    def as_dict(self) -> dict[str, Any]:
        """Return the entry as JSON values."""
        return json_values(asdict(self))


@dataclass(frozen=True)
class EarlierSubmission:
    """A submission that a later one of the same person replaced."""

    position: int
    submitted_at: datetime
    name: str | None
    email: str | None
    nationality: str | None
    outcome: str
    answers: Mapping[str, Any] | None
    decision: Mapping[str, Any] | None
    conversation_id: str | None
    consent: Consent

    def as_dict(self) -> dict[str, Any]:
        """Return the submission as JSON values."""
        return json_values(asdict(self))


@dataclass(frozen=True)
class Erasure:
    """What was deleted: for each reference the named fields, and how many copies elsewhere."""

    references: tuple[str, ...]
    fields: tuple[str, ...]
    earlier_submissions: int
    messages: int
    messages_cancelled: int
    mail_files: int = 0

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Erasure:
        """Return the erasure that was remembered as `values`."""
        lists = {name: tuple(values[name]) for name in ("references", "fields")}
        return cls(**{**values, **lists})

    @classmethod
    def sum(cls, erasures: Iterable[Erasure]) -> Erasure:
        """Return one account of several erasures; of none, an empty one."""
        parts = list(erasures)
        return cls(
            references=tuple(reference for part in parts for reference in part.references),
            fields=tuple(dict.fromkeys(name for part in parts for name in part.fields)),
            earlier_submissions=sum(part.earlier_submissions for part in parts),
            messages=sum(part.messages for part in parts),
            messages_cancelled=sum(part.messages_cancelled for part in parts),
            mail_files=sum(part.mail_files for part in parts),
        )


def version_of(state: State, changed_at: datetime) -> str:
    """Return the version of an entry that is in `state` since its last change."""
    return f"{state.value} {changed_at.isoformat()}"


PERSONAL_FIELDS = ("name", "email", "nationality", "answers", "decision", "conversation_id")
"""What an erasure empties. Position, states, times and the consent's version remain."""


def check_move(entry: Entry, to: State, reason: str | None) -> None:
    """Do nothing if staff may move `entry` to `to` with this reason.

    Raises:
        MoveNotAllowed: `to` does not follow the entry's state.
        ReasonNeeded: `to` is only reached with a reason.
    """
    if to not in MOVES[entry.state]:
        allowed = ", ".join(MOVES[entry.state]) or "nothing; the person may apply again"
        raise MoveNotAllowed(
            f"{entry.reference} is {entry.state.value} and cannot become {to.value}. "
            f"Allowed: {allowed}."
        )
    if to in WITH_REASON and not reason:
        raise ReasonNeeded(f"Say why {entry.reference} becomes {to.value}.")


def check_deadline(to: State, deadline: datetime | None, now: datetime) -> None:
    """Do nothing if state `to` may begin at `now` with this deadline.

    Raises:
        DeadlineRefused: `to` has no deadline, or the deadline is naive or not in the future.
    """
    if deadline is None:
        return
    if to not in WITH_DEADLINE:
        raise DeadlineRefused(f"There is no deadline for the state {to.value}.")
    if deadline.tzinfo is None:
        raise DeadlineRefused("A deadline needs a time zone.")
    if deadline <= now:
        raise DeadlineRefused(f"The deadline {deadline:%Y-%m-%d %H:%M} is not in the future.")


def moved(entry: Entry, to: State, deadline: datetime | None, now: datetime) -> Entry:
    """Return `entry` in state `to`; the deadline of the former state is gone."""
    return replace(entry, state=to, deadline=deadline, changed_at=now)


def json_values(value: Any) -> Any:
    """Return `value` with datetimes, enums, tuples and mappings turned into JSON values."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: json_values(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_values(item) for item in value]
    return value
