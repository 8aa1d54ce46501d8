"""Reads the knowledge files, once a pair of seasons.

`sources.yaml` names every text, `seasons/<season>.yaml` holds countries and figures,
`programs/<program>.yaml` holds requirements and statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bot.knowledge.knowledge import Knowledge
from bot.knowledge.model import CATEGORIES, KnowledgeError, Season, Source
from bot.knowledge.program_file import read_program
from bot.knowledge.season_file import read_season
from bot.knowledge.strict_yaml import read_yaml

FOLDER = Path(__file__).parent
PROGRAMS = ("ro_working_holiday", "ro_young_professional", "international_coop")


@cache
def load_knowledge(iec_season: str, ro_season: str, folder: Path = FOLDER) -> Knowledge:
    """Return the knowledge of the two active seasons.

    Raises:
        KnowledgeError: a season is unknown, or a file holds a figure that cannot be trusted
            (without source, season or date; the message names file and line).
    """
    sources = load_sources(folder)
    iec, ro = _season(iec_season, folder), _season(ro_season, folder)
    programs = {
        name: read_program(name, folder / "programs", sources, {True: ro.id, False: iec.id})
        for name in PROGRAMS
    }
    return Knowledge(iec, ro, MappingProxyType(programs), sources)


@cache
def load_sources(folder: Path = FOLDER) -> Mapping[str, Source]:
    """Return every source of the knowledge files, by id.

    Raises:
        KnowledgeError: a source lacks title, address, season or the day on which it was read.
    """
    found = {}
    for name, entry in read_yaml(folder / "sources.yaml", "sources.yaml").members().items():
        fields = entry.record(("title", "url", "season", "read"))
        found[name] = Source(
            id=name,
            title=fields["title"].text(),
            url=fields["url"].matching(r"https?://\S+", "https://www.canada.ca/").group(),
            season=fields["season"].matching(r"20\d\d|all", "2024 or all").group(),
            read=fields["read"].day(),
        )
    return MappingProxyType(found)


def known_seasons(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the seasons that have a file, oldest first."""
    return tuple(sorted(path.stem for path in (folder / "seasons").glob("*.yaml")))


@cache
def _season(season: str, folder: Path) -> Season:
    seasons = known_seasons(folder)
    if season not in seasons:
        raise KnowledgeError(
            f"Nothing is known about season {season!r}. Known seasons: {', '.join(seasons)}."
        )
    shown = f"seasons/{season}.yaml"
    file = read_yaml(folder / "seasons" / f"{season}.yaml", shown)
    read = read_season(file, season, load_sources(folder))
    for category in CATEGORIES:
        if not read.open_countries(category):
            raise KnowledgeError(f"{shown}: no country has a pool of {category}")
    return read
