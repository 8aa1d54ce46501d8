"""The result of screening one applicant for one program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.knowledge.model import Source


class Status(str, Enum):
    """How one criterion stands."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Outcome(str, Enum):
    """How the whole decision stands: UNMET beats UNKNOWN beats MET."""

    QUALIFIED = "qualified"
    NEEDS_REVIEW = "needs_review"
    NOT_QUALIFIED = "not_qualified"


@dataclass(frozen=True)
class Finding:
    """How one criterion stands, and why.

    `reason` is a code whose words are the response `utter_reason_<code>`; `values` fill it.
    `question` names the answer that would settle an UNKNOWN; None when only a person can.
    """

    criterion: str
    status: Status
    reason: str
    source: Source
    values: Mapping[str, str | int] = field(default_factory=dict)
    question: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The shape that `iec assess` writes and a lead keeps."""
        return {
            "criterion": self.criterion,
            "finding": self.status.value,
            "reason": self.reason,
            "values": dict(self.values),
            "source": self.source.readable,
        }


@dataclass(frozen=True)
class Decision:
    """What the published criteria of one program say about one applicant.

    `max_stay_months` is None when no permit is in sight or its length cannot be told.
    `citizenship` is the passport that the decision rests on, where it is known.
    """

    program: str
    season: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    open_questions: tuple[str, ...]
    max_stay_months: int | None
    citizenship: str | None

    def having(self, status: Status) -> tuple[Finding, ...]:
        """The findings that stand at `status`."""
        return tuple(each for each in self.findings if each.status is status)

    def as_dict(self) -> dict[str, object]:
        """The shape that `iec assess` writes and a lead keeps."""
        return {
            "outcome": self.outcome.value,
            "season": self.season,
            "citizenship": self.citizenship,
            "max_stay_months": self.max_stay_months,
            "findings": [each.as_dict() for each in self.findings],
            "open_questions": list(self.open_questions),
        }
