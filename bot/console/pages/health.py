"""What needs nobody to be signed in: is it alive, is it ready, styles and scripts."""

from __future__ import annotations

from sqlalchemy import text
from starlette.responses import JSONResponse, Response

from bot.console.page import NOTHING, Page
from bot.console.permissions import Permission
from bot.console.rendering import STATIC
from bot.console.visit import NotFound, Visit

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FILES = {path.name: path for path in STATIC.iterdir() if path.suffix in TYPES}


def live(_visit: Visit) -> Response:
    """Say that the process answers."""
    return JSONResponse({"status": "live"})


def ready(visit: Visit) -> Response:
    """Say that the database is reached."""
    with visit.services.engine.begin() as connection:
        connection.execute(text("SELECT 1"))
    return JSONResponse({"status": "ready"})


def static_file(visit: Visit) -> Response:
    """Return a style sheet or a script; its address changes with its content."""
    path = FILES.get(visit.param("name"))
    if path is None:
        raise NotFound
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(path.read_bytes(), media_type=TYPES[path.suffix], headers=headers)


PAGES = (
    Page("GET", "/live", live, Permission.PUBLIC, NOTHING),
    Page("GET", "/ready", ready, Permission.PUBLIC, NOTHING),
    Page("GET", "/static/{name}", static_file, Permission.PUBLIC, NOTHING),
)
