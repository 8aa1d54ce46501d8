"""How well facts are read from self-descriptions: sets of sentences with what they state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.conversation.reading import read_facts

WRITTEN_FOR = date(2026, 11, 22)
"""The day on which the sentences are said, for "turning 30 in May"."""

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Description:
    """One sentence, the facts it states, and facts that it may or may not be taken to state."""

    say: str
    facts: Facts
    maybe: Facts

    def missed(self, read: Facts) -> dict[str, Any]:
        """Return the stated facts that were not read at all."""
        return {name: value for name, value in self.facts.items() if name not in read}

    def mistaken(self, read: Facts) -> dict[str, Any]:
        """Return the stated facts of which another value was read."""
        return {name: value for name, value in self.wrong(read).items() if name in self.facts}

    def wrong(self, read: Facts) -> dict[str, Any]:
        """Return what was read that the sentence does not state."""
        allowed = {**self.maybe, **self.facts}
        return {
            name: value
            for name, value in read.items()
            if name not in allowed or comparable(value) != comparable(allowed[name])
        }


@dataclass(frozen=True)
class ReadingFigures:
    """What was measured on one set.

    `right` is the share of sentences of which every stated fact was read and nothing else, `wrong`
    the share of those with a wrong value; `facts` is the share of the stated facts that were read
    right; `faults` says what was missed or wrong, a line each.
    """

    name: str
    sentences: int
    right: float
    wrong: float
    facts: float
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Shares:
    """Percent of sentences that are entirely right, and with a wrong value."""

    right: float
    wrong: float


@dataclass(frozen=True)
class SetOfDescriptions:
    """A set of sentences: who wrote it, its first figures, and what it must never fall below."""

    name: str
    by: str
    first: Shares
    floor: Shares
    path: Path

    @property
    def unseen(self) -> bool:
        """Say whether its sentences are kept from whoever mends reading."""
        return self.name.startswith("unseen")


def read_sets(table: Path) -> list[SetOfDescriptions]:
    """Return the sets named in `table`, which stand in the folder of the same name beside it."""
    rows = yaml.safe_load(table.read_text(encoding="utf-8"))
    return [
        SetOfDescriptions(
            name=row["name"],
            by=row["by"],
            first=Shares(**row["first"]),
            floor=Shares(**row["floor"]),
            path=table.with_suffix("") / f"{row['name']}.yml",
        )
        for row in rows
    ]


def descriptions(path: Path) -> list[Description]:
    """Return the sentences of the set at `path`."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Description(row["say"], row["facts"], row.get("maybe", {})) for row in rows]


def measure_reading(path: Path) -> ReadingFigures:
    """Return how well the sentences of the set at `path` are read."""
    read = [(each, read_facts(each.say, WRITTEN_FOR)) for each in descriptions(path)]
    missed = {each.say: each.missed(facts) for each, facts in read if each.missed(facts)}
    wrong = {each.say: each.wrong(facts) for each, facts in read if each.wrong(facts)}
    stated = sum(len(each.facts) for each, _ in read)
    unread = sum(len({**each.missed(facts), **each.mistaken(facts)}) for each, facts in read)
    return ReadingFigures(
        name=path.stem,
        sentences=len(read),
        right=1 - len(missed.keys() | wrong.keys()) / len(read),
        wrong=len(wrong) / len(read),
        facts=1 - unread / stated,
        faults=(
            *(f"missed {facts} in {say!r}" for say, facts in missed.items()),
            *(f"wrong {facts} in {say!r}" for say, facts in wrong.items()),
        ),
    )


def comparable(value: Any) -> Any:
    """Return `value` without what is not known of a participation and the order of passports."""
    if not isinstance(value, list):
        return value
    if all(isinstance(each, str) for each in value):
        return sorted(value)
    return [{name: kept for name, kept in each.items() if kept is not None} for each in value]
