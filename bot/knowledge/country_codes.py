"""Which two letters name a country or territory (ISO 3166-1)."""

from __future__ import annotations

from bot.knowledge.country_names import country_names

_TERRITORIES_WITHOUT_NAMES = frozenset(
    {"AI", "AQ", "AS", "AW", "AX", "BL", "BQ", "BV", "CC", "CK", "CW", "CX", "EH", "FK"}
    | {"GF", "GP", "GS", "GU", "HM", "IO", "KY", "MF", "MP", "MQ", "MS", "NC", "NF"}
    | {"NU", "PF", "PM", "PN", "RE", "SH", "SJ", "SX", "TC", "TF", "TK", "UM", "VG", "VI"}
    | {"WF", "YT"}
)
"""Codes of territories that issue no passport of their own name and have no row of names."""


def is_country_code(iso: str) -> bool:
    """Tell whether `iso` (upper case) is the code of a country or territory."""
    return iso in country_names() or iso in _TERRITORIES_WITHOUT_NAMES
