"""Towns of the world by their names, from the table that `scripts/draw_towns.py` draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("geonames.txt")
"""A line for each country: its code and the names of its towns, between tabs."""
NO_COUNTRY = "-"
"""The code of names that tell no country, listed so that they are not taken for misspelt."""
LONGEST = 5
_LONG = 7
"""Letters of a name of several words that is also known without the spaces: "lehavre"."""


def town_ending(words: Sequence[str], start: int) -> int:
    """Return where the longest name of a town that begins at `start` ends; `start` if none does."""
    towns = _countries()
    for end in range(min(start + LONGEST, len(words)), start, -1):
        if " ".join(words[start:end]) in towns:
            return end
    return start


def is_town(name: str) -> bool:
    """Tell whether a name in plain lower case is one of a town, wherever that is."""
    return name in _countries()


def country_of(town: str) -> str | None:
    """Return the country of a town by its name in plain lower case; None if there is no telling."""
    iso = _countries().get(town)
    return None if iso == NO_COUNTRY else iso


@cache
def _countries() -> Mapping[str, str]:
    countries: dict[str, str] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        iso, *names = line.split("\t")
        countries.update(dict.fromkeys(names, iso))
    joined = ((name.replace(" ", ""), iso) for name, iso in countries.items() if " " in name)
    return {name: iso for name, iso in joined if len(name) >= _LONG} | countries
