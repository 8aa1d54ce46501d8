"""Guards the action server where it runs apart (`rasa run actions`): a secret, and a quiet log.

Rasa's SDK looks for a package of this name. Without it anybody who reaches the port runs actions on
a conversation of their own making, and an action that raises prints that conversation.
"""

from __future__ import annotations

import hmac
import logging
import os
import sys
import traceback

import pluggy
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.settings import SettingsError, settings

HEADER = "X-IEC-Actions"
OPEN = "/health"

logger = logging.getLogger(__name__)


def init_hooks(manager: pluggy.PluginManager) -> None:
    """Register this module with the SDK."""
    manager.register(sys.modules[__name__])


@pluggy.HookimplMarker("rasa_sdk")
def attach_sanic_app_extensions(app: Sanic) -> None:
    """Let in only who knows the secret, listen where the settings say, and log nothing personal.

    Raises:
        SystemExit: no secret is set.
    """
    try:
        guard(app, settings().actions_secret)
    except SettingsError as error:
        sys.exit(f"rasa run actions: {error}")
    os.environ.setdefault("SANIC_HOST", settings().host)


def guard(app: Sanic, secret: str | None) -> None:
    """Have `app` refuse every call but `/health` that does not bring `secret`.

    Raises:
        SettingsError: there is no secret.
    """
    if not secret:
        raise SettingsError(
            "IEC_ACTIONS_SECRET: set it, to the same value, for `rasa run actions` and for what "
            "calls it (`rasa shell`). `iec up` needs neither."
        )
    expected = f"secret={secret}".encode()

    async def check(request: Request) -> HTTPResponse | None:
        brought = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if request.path == OPEN or hmac.compare_digest(brought, expected):
            return None
        return json({"error": f"{HEADER} does not hold the secret"}, status=401)

    app.register_middleware(check, "request")
    app.error_handler.add(Exception, _explain)


async def _explain(request: Request, error: Exception) -> HTTPResponse:
    """Answer without the request, which holds the conversation, and log only where it happened."""
    if isinstance(error, SanicException):
        return json({"error": type(error).__name__}, status=error.status_code)
    places = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s failed with %s\n%s", request.path, type(error).__name__, places)
    return json({"error": type(error).__name__}, status=500)
