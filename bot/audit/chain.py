"""The chain: each line is hashed together with the hash of the line before.

Whoever changes, removes or inserts a line must write every later line anew; the head (the number
and the hash of the last line), noted somewhere else, then still tells. Pure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

NOTHING = "0" * 64
"""The hash before the first line."""


@dataclass(frozen=True)
class Head:
    """The last line of a log, by which one can tell later that none was cut off."""

    number: int = 0
    hash: str = NOTHING

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Head:
        """Return the head that `str` wrote.

        Raises:
            ValueError: `text` is not of the form `12:<64 hexadecimal digits>`.
        """
        number, _, digest = text.strip().partition(":")
        if not number.isdecimal() or len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            raise ValueError(f"{text!r} is not a head such as 12:{NOTHING[:6]}...")
        return cls(int(number), digest)


@dataclass(frozen=True)
class Line:
    """One line of the log: who did what to which person's data, and when."""

    number: int
    at: datetime
    who: str
    action: str
    subject: str
    details: Mapping[str, Any]
    previous_hash: str
    hash: str

    def as_dict(self) -> dict[str, Any]:
        """Return the line as JSON values."""
        return vars(self) | {"at": written(self.at), "details": dict(self.details)}


@dataclass(frozen=True)
class Verdict:
    """What a check of the log found. `problem` is None when every line is as it was written."""

    head: Head
    problem: str | None = None
    first_broken: int | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing was changed."""
        return self.problem is None


def chained(
    head: Head, at: datetime, who: str, action: str, subject: str, details: Mapping[str, Any]
) -> Line:
    """Return the line that follows `head`."""
    number = head.number + 1
    digest = _hash(number, at, who, action, subject, details, head.hash)
    return Line(number, at, who, action, subject, details, head.hash, digest)


def check(lines: Iterable[Line]) -> Verdict:
    """Return whether `lines`, a log from its first line on, form one unbroken chain."""
    head = Head()
    for line in lines:
        expected = chained(head, line.at, line.who, line.action, line.subject, line.details)
        if line.number != expected.number:
            return Verdict(head, f"line {expected.number} is missing", expected.number)
        if line.previous_hash != head.hash:
            return Verdict(head, f"line {line.number} does not follow the one before", line.number)
        if line.hash != expected.hash:
            return Verdict(head, f"line {line.number} was changed", line.number)
        head = Head(line.number, line.hash)
    return Verdict(head)


def written(at: datetime) -> str:
    """Return a moment as the log keeps it: UTC, to the microsecond, sorted as it reads."""
    return at.astimezone(timezone.utc).isoformat(timespec="microseconds")


def _hash(
    number: int,
    at: datetime,
    who: str,
    action: str,
    subject: str,
    details: Mapping[str, Any],
    previous_hash: str,
) -> str:
    canonical = json.dumps(
        [previous_hash, number, written(at), who, action, subject, dict(details)],
        ensure_ascii=True,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
