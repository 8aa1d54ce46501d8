"""The files of the chat page, read once."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "widget"
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

FILES = {
    path.name: (path.read_bytes(), CONTENT_TYPES[path.suffix])
    for path in sorted(FOLDER.iterdir())
    if path.suffix in CONTENT_TYPES
}
"""Content and media type by file name; nothing else is ever served."""
