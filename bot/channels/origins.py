"""Which other sites' pages may use the widget: an exact list, and no cookies ever (CORS)."""

from __future__ import annotations

from collections.abc import Set

from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, empty

SHARED = ("/chat/", "/widget/")
PREFLIGHT_SECONDS = 600


def preflight(request: Request) -> HTTPResponse | None:
    """Return the answer to a browser that asks whether it may call; None if it may not be asked.

    Whether it may is said by `allow_origin`, which sees every response.
    """
    if (
        not request.path.startswith(SHARED)
        or "Access-Control-Request-Method" not in request.headers
    ):
        return None
    return empty(204)


def allow_origin(request: Request, response: BaseHTTPResponse, allowed: Set[str]) -> None:
    """Let the page that asks read the response if its origin is allowed; drop any other leave."""
    for name in [name for name in response.headers if name.lower().startswith("access-control-")]:
        del response.headers[name]
    if not allowed or not request.path.startswith(SHARED):
        return
    varies = response.headers.get("Vary")
    response.headers["Vary"] = f"Origin, {varies}" if varies else "Origin"
    origin = request.headers.get("Origin")
    if origin not in allowed:
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = "authorization, content-type"
        response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
