"""What a program asks of applicants, and what its sources say besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.model import Source


@dataclass(frozen=True)
class Requirement:
    """One published requirement of a program, in our own sentence, and the criterion it feeds."""

    criterion: str
    text: str
    season: str
    source: Source


@dataclass(frozen=True)
class Statement:
    """Something that a program's source says and that applicants should know."""

    id: str
    text: str
    season: str
    source: Source


@dataclass(frozen=True)
class Program:
    """A program that the assistant screens for."""

    id: str
    title: str
    category: str
    through_ro: bool
    season: str
    requirements: tuple[Requirement, ...]
    statements: Mapping[str, Statement]

    @property
    def name(self) -> str:
        """The title with its season: RO Working Holiday 2023."""
        return f"{self.title} {self.season}"

    @cached_property
    def by_criterion(self) -> Mapping[str, Requirement]:
        """The requirements by the criterion that they feed."""
        return {each.criterion: each for each in self.requirements}
