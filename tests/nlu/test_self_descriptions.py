"""What is read from people's own words about themselves, with floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation.reading import read_facts

TODAY = date(2026, 11, 22)

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Description:
    """One sentence, the facts it states, and facts that it may or may not be taken to state."""

    say: str
    facts: Facts
    maybe: Facts

    def misses(self, read: Facts) -> dict[str, Any]:
        """Return the stated facts that were not read at all."""
        return {name: value for name, value in self.facts.items() if name not in read}

    def wrong(self, read: Facts) -> dict[str, Any]:
        """Return what was read that the sentence does not state."""
        allowed = {**self.maybe, **self.facts}
        return {
            name: value
            for name, value in read.items()
            if name not in allowed or _comparable(value) != _comparable(allowed[name])
        }


@dataclass(frozen=True)
class Floors:
    """The least part that must be entirely right, and the most that may be wrong."""

    right: float
    wrong: float


# The first set's misses were mended by classes of wording, so it guards what was mended. The later
# one was not seen by whoever mended reading: it measures, and its floors stand below the goal of
# 97 % right and 1 % wrong that reading has not reached on words it has never met.
SETS = {
    "self_descriptions.yml": Floors(right=0.97, wrong=0.01),
    "self_descriptions_later.yml": Floors(right=0.70, wrong=0.035),
}


def descriptions(name: str) -> list[Description]:
    """Return the sentences of one set."""
    rows = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return [Description(row["say"], row["facts"], row.get("maybe", {})) for row in rows]


def test_there_are_200_different_sentences():
    assert len({each.say for name in SETS for each in descriptions(name)}) >= 200


@pytest.mark.parametrize("name", SETS)
def test_nearly_every_sentence_is_read_entirely_right_and_hardly_any_wrongly(name: str):
    read = [(each, read_facts(each.say, TODAY)) for each in descriptions(name)]
    missed = [(each.say, each.misses(facts)) for each, facts in read if each.misses(facts)]
    wrong = [(each.say, each.wrong(facts)) for each, facts in read if each.wrong(facts)]
    faulty = {say for say, _ in missed + wrong}
    right = 1 - len(faulty) / len(read)
    report = "\n".join(
        [f"{right:.1%} entirely right, {len(wrong) / len(read):.1%} with a wrong value"]
        + [f"missed {facts} in {say!r}" for say, facts in missed]
        + [f"wrong  {facts} in {say!r}" for say, facts in wrong]
    )
    assert right >= SETS[name].right, report
    assert len(wrong) / len(read) <= SETS[name].wrong, report


def _comparable(value: Any) -> Any:
    """Leave out what is not known of a participation, and the order of passports."""
    if not isinstance(value, list):
        return value
    if all(isinstance(each, str) for each in value):
        return sorted(value)
    return [{name: kept for name, kept in each.items() if kept is not None} for each in value]
