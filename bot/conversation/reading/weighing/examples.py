"""Examples: what people say of themselves, each with the facts that it states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

EXAMPLES = Path(__file__).with_name("examples")
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


def descriptions(path: Path) -> list[Description]:
    """Return the sentences of the set at `path`."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Description(row["say"], row["facts"], row.get("maybe", {})) for row in rows]


def examples() -> Iterator[Description]:
    """Yield every sentence that is learnt from."""
    for path in sorted(EXAMPLES.glob("*.yml")):
        yield from descriptions(path)


def comparable(value: Any) -> Any:
    """Return `value` without what is not known of a participation and the order of passports."""
    if not isinstance(value, list):
        return value
    if all(isinstance(each, str) for each in value):
        return sorted(value)
    return [{name: kept for name, kept in each.items() if kept is not None} for each in value]
