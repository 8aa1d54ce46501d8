"""The cookies of the console: unreadable for scripts, never sent by a link from another site."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import Response

SESSION_COOKIE = "iec_console"
SIGN_IN_COOKIE = "iec_console_sign_in"


def give(response: Response, request: Request, name: str, value: str) -> None:
    """Set a cookie that lasts until the browser is closed.

    It travels by TLS only, but for a browser on this very machine.
    """
    response.set_cookie(
        name,
        value,
        path="/",
        secure=not _is_this_machine(request),
        httponly=True,
        samesite="strict",
    )


def take_back(response: Response, request: Request, name: str) -> None:
    """Delete a cookie."""
    response.delete_cookie(
        name, path="/", secure=not _is_this_machine(request), httponly=True, samesite="strict"
    )


def _is_this_machine(request: Request) -> bool:
    host = request.url.hostname or ""
    try:
        return request.url.scheme == "http" and ip_address(host).is_loopback
    except ValueError:
        return request.url.scheme == "http" and host == "localhost"
