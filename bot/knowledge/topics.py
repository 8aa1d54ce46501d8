"""The topics visitors ask about: one entry each in `topics/<theme>.yaml`.

The examples and the answer of a topic are in `data/nlu/faq/<theme>.yml`. Here is what a bot needs
around them: the words of a button, the question it stands for, the sources, and what to read next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("topics")
PRESCREEN = "prescreen"
SEASONS = ("iec", "ro", "none")
LONGEST_TITLE = 20
FIELDS = {"title": str, "question": str, "season": str, "sources": list, "next": list}


class TopicError(ValueError):
    """An entry of a topics file cannot be used; the message names file, topic and field."""


@dataclass(frozen=True)
class Topic:
    """One topic of the FAQ.

    `season` says whose season its figures belong to: "iec", "ro", or "none" where the answer holds
    in every season. `next` names related topics, or `PRESCREEN` for the offer to check criteria.
    """

    name: str
    theme: str
    title: str
    question: str
    season: str
    sources: tuple[str, ...]
    next: tuple[str, ...]


@cache
def topics(folder: Path = FOLDER) -> Mapping[str, Topic]:
    """Return every topic of the YAML files in `folder` by its name, in the order of the files.

    Raises:
        TopicError: an entry lacks a field or has a value that cannot be used, a name stands
            twice, or `next` names a topic that does not exist.
    """
    found: dict[str, Topic] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, entry in _entries(path).items():
            if name in found:
                raise TopicError(f"{path.name}: {name}: stands already in {found[name].theme}.yaml")
            found[name] = _topic(path, name, entry)
    for topic in found.values():
        for name in topic.next:
            if name != PRESCREEN and name not in found:
                raise TopicError(f"{topic.theme}.yaml: {topic.name}: next: no topic {name!r}")
    return MappingProxyType(found)


def _entries(path: Path) -> Mapping[str, Any]:
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(entries, dict):
        raise TopicError(f"{path.name}: a table of topics is expected")
    return entries


def _topic(path: Path, name: str, entry: Any) -> Topic:
    where = f"{path.name}: {name}"
    if not isinstance(entry, dict):
        raise TopicError(f"{where}: the fields {', '.join(FIELDS)} are expected")
    for field, kind in FIELDS.items():
        if not entry.get(field):
            raise TopicError(f"{where}: {field}: is missing")
        if not isinstance(entry[field], kind):
            raise TopicError(f"{where}: {field}: a {kind.__name__} is expected")
    if unknown := sorted(entry.keys() - FIELDS.keys()):
        raise TopicError(f"{where}: {', '.join(unknown)}: no such field")
    if len(entry["title"]) > LONGEST_TITLE:
        raise TopicError(f"{where}: title: longer than the {LONGEST_TITLE} characters of a button")
    if entry["season"] not in SEASONS:
        raise TopicError(f"{where}: season: one of {', '.join(SEASONS)} is expected")
    return Topic(
        name=name,
        theme=path.stem,
        title=entry["title"],
        question=entry["question"],
        season=entry["season"],
        sources=tuple(entry["sources"]),
        next=tuple(entry["next"]),
    )
