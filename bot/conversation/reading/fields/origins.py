"""Origins and languages that are named beside a nationality and are none."""

from __future__ import annotations

from bot.conversation.reading.words.said import Said

_SWITCHES = frozenset("ok okay so now in sorry well".split())


def without_origins(found: dict[int, str], said: Said) -> dict[int, str]:
    """Leave out the language switched to ("ok english: ...") and, beside another, origins."""
    found = {p: iso for p, iso in found.items() if not _is_the_language_switched_to(said, p)}
    kept = {
        position: iso
        for position, iso in found.items()
        if said.texts(position - 2, position) != ["originally", "from"]
        and said.words[position - 1].text != "originally"
    }
    return kept or found


def _is_the_language_switched_to(said: Said, position: int) -> bool:
    """Tell whether "english" only announces the language: "ok english: ...", "so in english!"."""
    word, after = said.words[position], said.words[position + 1]
    if word.raw.casefold() != "english":
        return False
    if said.texts(position - 1, position + 3) == ["^", "DEM", "$", "^"]:
        return True
    before = said.words[position - 1].raw.casefold()
    return after.raw == ":" or (after.text in ("$", ",") and before in _SWITCHES)
