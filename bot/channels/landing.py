"""The page at `/`: what the assistant is, the programs with their figures, and the widget.

Rendered once a language from the active seasons; jinja2 escapes every value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.page import FILES, File, file_of
from bot.channels.wording import STRINGS
from bot.knowledge import CATEGORY_NAMES, Figure, Knowledge, Program, Source

FOLDER = Path(__file__).parent / "templates"
SHOWN_FIGURES: Mapping[str, tuple[str, ...]] = {
    "working_holiday": ("ro_opening", "ro_upper_age", "working_holiday_total_fee", "minimum_funds"),
    "young_professionals": (
        "ro_opening",
        "ro_upper_age",
        "young_professionals_teer",
        "participation_fee",
        "employer_fee",
    ),
    "international_coop": (
        "coop_teer",
        "participation_fee",
        "employer_fee",
        "minimum_funds",
        "pools_closed",
    ),
}
"""The figures of the knowledge that stand on the card of a program of each category."""

MODULES = tuple(name for name in FILES if name.endswith(".js") and not name.startswith("strings."))
"""What the widget imports: the page has it fetched at once instead of one after the other."""

FRENCH_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()


@dataclass(frozen=True)
class Row:
    """One figure of a program's card: what it is, its value, and its season."""

    label: str
    value: str
    season: str


@dataclass(frozen=True)
class Card:
    """One program as the page shows it."""

    title: str
    season: str
    way: str
    about: str
    rows: tuple[Row, ...]
    sources: tuple[Mapping[str, str], ...]


def render_pages(knowledge: Knowledge, team_email: str) -> dict[str, File]:
    """Return the page in each language."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("landing.html")
    return {
        language: file_of(
            template.render(
                language=language,
                words=strings["page"],
                languages={code: table["name"] for code, table in STRINGS.items()},
                cards=[_card(one, knowledge, language) for one in knowledge.programs.values()],
                modules=MODULES,
                team_email=team_email,
            ).encode(),
            "text/html; charset=utf-8",
        )
        for language, strings in STRINGS.items()
    }


def _card(program: Program, knowledge: Knowledge, language: str) -> Card:
    words = STRINGS[language]["page"]
    ages = knowledge.iec.widest_ages(program.category)
    countries = len(knowledge.iec.open_countries(program.category))
    rows = [
        Row(words["figures"]["countries"], str(countries), knowledge.iec.id),
        Row(words["figures"]["ages"], words["ages"].format_map(vars(ages)), knowledge.iec.id),
    ]
    sources: list[Source] = [program.requirements[0].source]
    for name in SHOWN_FIGURES[program.category]:
        figure = knowledge.figure(name)
        value = words["not_published"] if figure is None else shown(figure, language)
        rows.append(Row(words["figures"][name], value, figure.season if figure else ""))
        sources += [figure.source] if figure else []
    return Card(
        title=program.title,
        season=words["season"].format(season=program.season),
        way=words["through_ro" if program.through_ro else "direct"],
        about=f"{CATEGORY_NAMES[program.category]}. {words['categories'][program.category]}",
        rows=tuple(rows),
        sources=tuple(_sources(sources, language)),
    )


def _sources(sources: Iterable[Source], language: str) -> list[Mapping[str, str]]:
    read_on = STRINGS[language]["page"]["read_on"]
    return [
        {
            "title": source.title,
            "url": source.url,
            "read": read_on.format(date=day_in_words(source.read, language)),
        }
        for source in {source.id: source for source in sources}.values()
    ]


def shown(figure: Figure, language: str) -> str:
    """Return the value of a figure as the page writes it in a language."""
    value: Any = figure.value
    if language == "fr":
        if isinstance(value, Decimal):
            return f"{value:,} $ CA".replace(",", "\N{NARROW NO-BREAK SPACE}")
        if isinstance(value, (date, datetime)):
            return day_in_words(value, language)
        return figure.text.replace(" or ", " ou ")
    if isinstance(value, datetime):
        return day_in_words(value, language)
    return figure.text


def day_in_words(day: date, language: str) -> str:
    """Return a day as people write it: 11 December 2023, 11 décembre 2023."""
    month = FRENCH_MONTHS[day.month - 1] if language == "fr" else f"{day:%B}"
    return f"{day.day} {month} {day.year}"
