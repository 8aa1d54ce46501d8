"""What each country of the world and its people are called, from `country_names.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

TABLE = Path(__file__).with_name("country_names.yaml")


@dataclass(frozen=True)
class CountryNames:
    """The names of one country; `demonyms[0]` is the adjective that sentences use."""

    iso: str
    name: str
    demonyms: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    native: tuple[str, ...] = ()


@cache
def country_names() -> Mapping[str, CountryNames]:
    """Return every country by its ISO 3166-1 alpha-2 code, in the order of the codes."""
    rows = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            iso: CountryNames(
                iso=iso,
                name=row["name"],
                demonyms=tuple(row["demonyms"]),
                aliases=tuple(row.get("aliases", ())),
                native=tuple(row.get("native", ())),
            )
            for iso, row in rows.items()
        }
    )


def country_name(iso: str) -> str:
    """Return the English name of a country ("FR" -> "France").

    Raises `KeyError` for a code that the table does not hold.
    """
    return country_names()[iso].name


def demonym(iso: str) -> str:
    """Return the adjective for a country ("FR" -> "French"), fit for "a ... passport".

    Raises `KeyError` for a code that the table does not hold.
    """
    return country_names()[iso].demonyms[0]
