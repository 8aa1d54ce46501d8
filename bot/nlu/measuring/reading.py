"""How well facts are read from self-descriptions: sets of sentences with what they state."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.conversation.reading import read_facts
from bot.conversation.reading.weighing.examples import EXAMPLES, WRITTEN_FOR, descriptions


@dataclass(frozen=True)
class ReadingFigures:
    """What was measured on one set.

    `right` is the share of sentences of which every stated fact was read and nothing else, `wrong`
    the share of those with a wrong value; `facts` is the share of the stated facts that were read
    right, `false` the share of the values read that are wrong; `faults` says what was missed or
    wrong, a line each.
    """

    name: str
    sentences: int
    right: float
    wrong: float
    facts: float
    false: float
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Shares:
    """Percent of sentences that are entirely right, and with a wrong value."""

    right: float
    wrong: float


@dataclass(frozen=True)
class SetOfDescriptions:
    """A set of sentences: who wrote it, its first figures, and what it must never fall below.

    One `kept_apart` is never learnt from, and nobody who mends reading looks at its sentences.
    """

    name: str
    by: str
    first: Shares
    floor: Shares
    path: Path
    kept_apart: bool


def read_sets(table: Path) -> list[SetOfDescriptions]:
    """Return the sets named in `table`; those kept apart stand in the folder beside it."""
    groups = yaml.safe_load(table.read_text(encoding="utf-8"))
    folders = {"learnt_from": EXAMPLES, "kept_apart": table.with_suffix("")}
    return [
        SetOfDescriptions(
            name=row["name"],
            by=row["by"],
            first=Shares(**row["first"]),
            floor=Shares(**row["floor"]),
            path=folder / f"{row['name']}.yml",
            kept_apart=group == "kept_apart",
        )
        for group, folder in folders.items()
        for row in groups[group]
    ]


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
        false=sum(map(len, wrong.values())) / max(1, sum(len(facts) for _, facts in read)),
        faults=(
            *(f"missed {facts} in {say!r}" for say, facts in missed.items()),
            *(f"wrong {facts} in {say!r}" for say, facts in wrong.items()),
        ),
    )
