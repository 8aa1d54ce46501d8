"""Dated facts about IEC and Recognized Organizations, typed and checked on load."""

from bot.knowledge.knowledge import FIGURE_IDS, NOT_PUBLISHED, Knowledge
from bot.knowledge.loading import known_seasons, load_knowledge, load_sources
from bot.knowledge.model import (
    CATEGORIES,
    CATEGORY_NAMES,
    AgeRange,
    Confidence,
    Country,
    CountryStatus,
    Figure,
    KnowledgeError,
    ParticipationRule,
    Pool,
    ResidenceRule,
    Season,
    Source,
    long_date,
)
from bot.knowledge.program import Program, Requirement, Statement

__all__ = [
    "CATEGORIES",
    "CATEGORY_NAMES",
    "FIGURE_IDS",
    "NOT_PUBLISHED",
    "AgeRange",
    "Confidence",
    "Country",
    "CountryStatus",
    "Figure",
    "Knowledge",
    "KnowledgeError",
    "ParticipationRule",
    "Pool",
    "Program",
    "Requirement",
    "ResidenceRule",
    "Season",
    "Source",
    "Statement",
    "known_seasons",
    "load_knowledge",
    "load_sources",
    "long_date",
]
