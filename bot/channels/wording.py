"""Every string of the website: one table a language, in `strings/<language>.json`.

A table has what a channel says by itself (`errors`, and `messengers` for them alone), what the
widget says (`widget`) and what the page says (`page`). The assistant's answers are no part of it;
they are English.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

DEFAULT_LANGUAGE = "en"
STRINGS: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "strings").glob("*.json"))
}
"""The tables by language."""

WORDING = MappingProxyType(
    STRINGS[DEFAULT_LANGUAGE]["errors"] | STRINGS[DEFAULT_LANGUAGE]["messengers"]
)
"""What a channel says by itself, when no turn of the assistant answers."""


def preferred_language(accepted: str) -> str:
    """Return the language to speak to a browser that sent this `Accept-Language` header."""
    wishes = []
    for position, part in enumerate(accepted.split(",")):
        tag, _, parameters = part.partition(";")
        language = tag.strip().lower().split("-")[0]
        if language in STRINGS and (weight := _weight(parameters)) > 0:
            wishes.append((-weight, position, language))
    return min(wishes)[2] if wishes else DEFAULT_LANGUAGE


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
