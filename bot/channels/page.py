"""The files of the widget, read once."""

from __future__ import annotations

import json
from pathlib import Path

from bot.channels.wording import STRINGS

FOLDER = Path(__file__).parent / "widget"
JAVASCRIPT = "text/javascript; charset=utf-8"
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": JAVASCRIPT,
    ".svg": "image/svg+xml",
}


def _strings(language: str) -> bytes:
    """Return the table of a language as a module of the widget."""
    table = {key: STRINGS[language][key] for key in ("name", "errors", "widget")}
    return f"export default {json.dumps(table, ensure_ascii=False)};\n".encode()


FILES = {
    path.name: (path.read_bytes(), CONTENT_TYPES[path.suffix])
    for path in sorted(FOLDER.iterdir())
    if path.suffix in CONTENT_TYPES
} | {f"strings.{language}.js": (_strings(language), JAVASCRIPT) for language in STRINGS}
"""Content and media type by file name; nothing else is ever served."""
