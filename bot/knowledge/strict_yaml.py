"""YAML read strictly: every value keeps its file and line, and only text is guessed from a scalar.

Nodes are composed but never constructed, so NO stays the two letters of Norway and 18-35 a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import NoReturn

import yaml

from bot.knowledge.model import KnowledgeError


@dataclass(frozen=True)
class Entry:
    """One value of a file. Its readers return the value or refuse it with file and line."""

    file: str
    node: yaml.Node
    name: str = ""

    def refuse(self, why: str) -> NoReturn:
        """Raise KnowledgeError with the place of this value."""
        line = self.node.start_mark.line + 1
        place = f"{self.name}: " if self.name else ""
        raise KnowledgeError(f"{self.file}, line {line}: {place}{why}")

    def members(self) -> dict[str, Entry]:
        """The values of a mapping by key; a key that stands twice is refused."""
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse("needs a mapping of names to values")
        found: dict[str, Entry] = {}
        for key, value in self.node.value:
            name = f"{self.name}.{key.value}" if self.name else str(key.value)
            if key.value in found:
                Entry(self.file, key, name).refuse("stands twice")
            found[str(key.value)] = Entry(self.file, value, name)
        return found

    def record(self, needed: Iterable[str], allowed: Iterable[str] = ()) -> dict[str, Entry]:
        """The values of a mapping that holds all `needed` keys and none beyond `allowed`."""
        needed, members = tuple(needed), self.members()
        for key in needed:
            if key not in members:
                self.refuse(f"has no {key!r}")
        for key in members.keys() - {*needed, *allowed}:
            members[key].refuse("is not a field that is known here")
        return members

    def items(self) -> list[Entry]:
        """The values of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse("needs a list")
        return [Entry(self.file, item, self.name) for item in self.node.value]

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            self.refuse("needs a text")
        return str(self.node.value)

    def one_of(self, choices: Iterable[str]) -> str:
        """A text that is one of `choices`."""
        text, choices = self.text(), tuple(choices)
        if text not in choices:
            self.refuse(f"{text!r} is none of {', '.join(choices)}")
        return text

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.items())

    def matching(self, pattern: str, example: str) -> re.Match[str]:
        """The match of a text that looks like `example`."""
        text = self.text()
        match = re.fullmatch(pattern, text)
        if match is None:
            self.refuse(f"{text!r} does not look like {example}")
        return match

    def number(self) -> int:
        """A whole number."""
        return int(self.matching(r"\d{1,6}", "a whole number").group())

    def flag(self) -> bool:
        """true or false."""
        return self.one_of(("true", "false")) == "true"

    def day(self) -> date:
        """A date."""
        text = self.matching(r"\d{4}-\d\d-\d\d", "2024-01-31").group()
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.refuse(f"{text!r} is no date of the calendar")

    def moment(self) -> datetime:
        """A moment in UTC."""
        text = self.matching(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "2022-11-29T18:00:00Z").group()
        try:
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        except ValueError:
            self.refuse(f"{text!r} is no moment of the calendar")


def read_yaml(path: Path, shown: str) -> Entry:
    """Return the one document of `path`; `shown` names the file in messages.

    Raises:
        KnowledgeError: the file is missing, empty or not YAML.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except OSError as error:
        raise KnowledgeError(f"{shown}: cannot be read: {error.strerror}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KnowledgeError(f"{shown}, line {line}: is not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{shown}: is not YAML: {error}") from error
    if node is None:
        raise KnowledgeError(f"{shown}, line 1: is empty")
    return Entry(shown, node)
