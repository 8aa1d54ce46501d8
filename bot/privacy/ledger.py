"""The erase ledger: who was forgotten, as keyed hashes, so that a restore forgets them again.

It is a file beside the database, not a table in it, because a restored table would have lost the
very lines that matter. Lines are only added.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.encryption import keyed_hash
from bot.keeping import Person
from bot.privacy.errors import LedgerError
from bot.waiting_list.person import email_key

FILE = "erased.jsonl"


@dataclass(frozen=True)
class LedgerLine:
    """One erasure: its number, when it was asked for, and the hashes of who was erased."""

    line: str
    at: datetime
    hashes: frozenset[str]


class EraseLedger:
    """The ledger of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE

    def add(self, person: Person, at: datetime) -> str:
        """Add an erasure and return its number; it is on the disk when this returns.

        Raises:
            LedgerError: the file cannot be written.
        """
        line = secrets.token_hex(8)
        hashes = sorted(hashes_of(person))
        self._append({"line": line, "at": at.isoformat(), "hashes": hashes})
        return line

    def take_back(self, line: str) -> None:
        """Note that an erasure was not done after all."""
        self._append({"line": line, "taken_back": True})

    def lines(self) -> list[LedgerLine]:
        """Return all erasures, oldest first, without those taken back.

        Raises:
            LedgerError: the file cannot be read.
        """
        try:
            text = self._path.read_text(encoding="ascii")
            records = [json.loads(each) for each in text.splitlines()]
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            raise LedgerError(f"{self._path} cannot be read: {type(error).__name__}.") from None
        taken_back = {each["line"] for each in records if "taken_back" in each}
        return [
            LedgerLine(each["line"], datetime.fromisoformat(each["at"]), frozenset(each["hashes"]))
            for each in records
            if each["line"] not in taken_back
        ]

    def _append(self, record: dict[str, Any]) -> None:
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "a", encoding="ascii") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.write(json.dumps(record) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise LedgerError(f"{self._path} cannot be written: {error.strerror}.") from None


def hashes_of(person: Person) -> frozenset[str]:
    """Return the hashes by which the ledger knows `person`."""
    return frozenset(
        keyed_hash(f"erased {kind}", normal(value))
        for kind, normal, values in _parts(person)
        for value in values
    )


def known_in(line: LedgerLine, everybody: Person) -> Person:
    """Return the part of `everybody` that was erased with `line`."""
    emails, references, conversations = (
        frozenset(v for v in values if keyed_hash(f"erased {kind}", normal(v)) in line.hashes)
        for kind, normal, values in _parts(everybody)
    )
    return Person(emails, references, conversations)


def _parts(person: Person) -> tuple[tuple[str, Callable[[str], str], frozenset[str]], ...]:
    return (
        ("email", email_key, person.emails),
        ("reference", str, person.references),
        ("conversation", str, person.conversations),
    )
