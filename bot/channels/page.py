"""The widget's files, read once, and how a browser gets them: compressed, and only when new."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.wording import STRINGS

FOLDER = Path(__file__).parent / "widget"
JAVASCRIPT = "text/javascript; charset=utf-8"
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": JAVASCRIPT,
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class File:
    """Something to serve; `version` is its ETag, which changes with the content."""

    content: bytes
    content_type: str
    compressed: bytes
    version: str


def file_of(content: bytes, content_type: str) -> File:
    """Return `content` ready to be served."""
    version = f'W/"{hashlib.sha256(content).hexdigest()[:16]}"'
    return File(content, content_type, gzip.compress(content, mtime=0), version)


def serve(file: File, request: Request, **headers: str) -> HTTPResponse:
    """Return the response with `file`; 304 for a browser that has this version already.

    Browsers ask each time, so that files of two versions never meet.
    """
    headers = {"Cache-Control": "no-cache", "ETag": file.version, "Vary": "Accept-Encoding"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    if file.version in request.headers.get("If-None-Match", ""):
        return HTTPResponse(status=304, headers=headers)
    body = file.content
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = file.compressed, "gzip"
    return HTTPResponse(body, content_type=file.content_type, headers=headers)


def _strings(language: str) -> bytes:
    """Return the table of a language as a module of the widget."""
    table = {key: STRINGS[language][key] for key in ("name", "errors", "widget")}
    return f"export default {json.dumps(table, ensure_ascii=False)};\n".encode()


FILES = {
    path.name: file_of(path.read_bytes(), CONTENT_TYPES[path.suffix])
    for path in sorted(FOLDER.iterdir())
    if path.suffix in CONTENT_TYPES
} | {f"strings.{language}.js": file_of(_strings(language), JAVASCRIPT) for language in STRINGS}
"""The files by name; nothing else is ever served."""
