"""Reads one program's file: who can apply, and what else its sources say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bot.knowledge.model import CATEGORIES, Source
from bot.knowledge.program import Program, Requirement, Statement
from bot.knowledge.season_file import sources_of
from bot.knowledge.strict_yaml import Entry, read_yaml

HEAD = ("program", "title", "category", "through_ro", "season", "requirements", "statements")


def read_program(
    name: str, folder: Path, sources: Mapping[str, Source], active: Mapping[bool, str]
) -> Program:
    """Return the program that `<folder>/<name>.yaml` describes.

    `active` holds the season of programs through a Recognized Organization (True) and of others.

    Raises:
        KnowledgeError: a value is missing, unknown or without source, with file and line.
    """
    file = read_yaml(folder / f"{name}.yaml", f"programs/{name}.yaml")
    fields = file.record(HEAD, ("shared",))
    if fields["program"].text() != name:
        fields["program"].refuse(f"the file is named after {name}")
    requirements, statements = _contents(fields, sources)
    if "shared" in fields:
        shared = fields["shared"].text()
        parts = read_yaml(folder / f"{shared}.yaml", f"programs/{shared}.yaml").record(
            ("season", "requirements", "statements")
        )
        more_requirements, more_statements = _contents(parts, sources)
        requirements, statements = more_requirements + requirements, more_statements | statements
    through_ro = fields["through_ro"].flag()
    return Program(
        id=name,
        title=fields["title"].text(),
        category=fields["category"].one_of(CATEGORIES),
        through_ro=through_ro,
        season=active[through_ro],
        requirements=requirements,
        statements=MappingProxyType(statements),
    )


def _contents(
    fields: Mapping[str, Entry], sources: Mapping[str, Source]
) -> tuple[tuple[Requirement, ...], dict[str, Statement]]:
    season = _season(fields["season"])
    requirements = []
    for entry in fields["requirements"].items():
        row = entry.record(("criterion", "text", "sources"), ("season",))
        requirements.append(
            Requirement(
                criterion=row["criterion"].text(),
                text=row["text"].text(),
                season=_season(row["season"]) if "season" in row else season,
                source=sources_of(row["sources"], sources)[0],
            )
        )
    statements = {}
    for name, entry in fields["statements"].members().items():
        row = entry.record(("text", "sources"), ("season",))
        statements[name] = Statement(
            id=name,
            text=row["text"].text(),
            season=_season(row["season"]) if "season" in row else season,
            source=sources_of(row["sources"], sources)[0],
        )
    return tuple(requirements), statements


def _season(entry: Entry) -> str:
    return entry.matching(r"20\d\d|all", "2024 or all").group()
