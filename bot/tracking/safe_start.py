"""What must be true of Rasa's server before it answers anybody. Whatever is not, is refused.

Rasa accepts an open HTTP API, channels that believe every sender and models from anywhere, and goes
on without a model or a database, with a warning at most. The tracker store asks for these checks:
Rasa makes it before it loads the model, whatever the channels are.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from rasa import telemetry
from rasa.core.agent import Agent
from rasa.core.run import load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from rasa.exceptions import ModelNotFound
from rasa.model import get_local_model
from rasa.shared.exceptions import RasaException
from sanic import Sanic
from sqlalchemy.engine import Engine

from bot.encryption import EncryptionError, check_keys
from bot.model_signature import UntrustedModel, verify
from bot.settings import Settings

OURS = "bot.channels."
SHELL = "cmdline"
FOREIGN_ENDPOINTS = {
    "nlg": ("nlg", "answers would come from another server"),
    "nlu": ("nlu", "what visitors write would go to another server"),
    "model": ("models", "the model would come from another server, unsigned"),
    "event_broker": ("event_broker", "what visitors write would go to another server"),
}
"""Parts of endpoints.yml: Rasa's name, the file's, and why they have no place there."""


class UnsafeStart(RasaException):
    """The server would not be safe to use; a line for each reason, with what to do.

    A kind of Rasa's own errors, which its command shows without a traceback, with exit code 1.
    """

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(["refused to start.", *(f"- {reason}" for reason in reasons)]))


def refuse_unsafe_start(values: Settings) -> None:
    """Return if every server that is about to load its model in this process may do so.

    `rasa shell` is a server too; it talks to its own terminal and is let through.

    Raises:
        UnsafeStart: something about the command or the files must change first.
    """
    reasons: list[str] = []
    for app in Sanic._app_registry.values():
        for load in _loading(app):
            if not all(channel.name() == SHELL for channel in app.ctx.input_channels):
                reasons += _server_reasons(app, values)
                reasons += _loading_reasons(values.secret_key, *load.args)
    _refuse(reasons)


def refuse_other_keys(engine: Engine) -> None:
    """Return if the keys of this process are those of the database.

    Raises:
        UnsafeStart: they are not, and what is stored could not be read.
    """
    try:
        with engine.begin() as connection:
            check_keys(connection)
    except EncryptionError as error:
        raise UnsafeStart([str(error)]) from None


def refuse_unfit_agent(agent: Agent, store: type) -> None:
    """Return if `agent` has a model and keeps its conversations in a `store`.

    Raises:
        UnsafeStart: it has not, and would answer with silence or forget.
    """
    reasons = []
    if not isinstance(getattr(agent.tracker_store, "_tracker_store", None), store):
        reasons.append(
            f"endpoints.yml: tracker_store.type must be {store.__module__}.{store.__name__}."
        )
    if agent.processor is None:
        reasons.append("The model could not be loaded. Train it again: iec train --force")
    _refuse(reasons)


def _refuse(reasons: list[str]) -> None:
    if reasons:
        logging.getLogger("sanic.error").setLevel(logging.CRITICAL)  # else: a traceback first
        raise UnsafeStart(reasons)


def _loading(app: Sanic) -> list[partial[Any]]:
    """Return the calls by which Rasa has asked `app` to load a model before it listens."""
    listeners = [
        signal.handler.keywords.get("listener")
        for signal in app.signal_router.routes
        if isinstance(signal.handler, partial)
    ]
    return [
        listener
        for listener in listeners
        if isinstance(listener, partial) and listener.func is load_agent_on_start
    ]


def _server_reasons(app: Sanic, values: Settings) -> Iterator[str]:
    for channel in app.ctx.input_channels:
        if not type(channel).__module__.startswith(OURS):
            yield (
                f"credentials.yml: the channel {channel.name()!r} is not one of ours ({OURS}*) "
                "and trusts whatever it is sent. Remove it."
            )
    if any(route.path.startswith("conversations/") for route in app.router.routes):
        yield "Rasa's HTTP API reads and changes all conversations. Leave out --enable-api."
    if _cors_origins(app):
        yield "Rasa's --cors opens every address. Leave it out and set IEC_ALLOWED_ORIGINS."
    if app.state.host and app.state.host != values.host:
        yield (
            f"Rasa would listen on {app.state.host}, IEC_HOST says {values.host}. "
            f"Add --interface {values.host}"
        )
    if telemetry.is_telemetry_enabled():
        yield "Rasa's telemetry is on. Set RASA_TELEMETRY_ENABLED=false"


def _cors_origins(app: Sanic) -> Any:
    cors = getattr(app.ctx, "sanic_cors", None)
    resources = cors._options.get("resources", {}) if cors else {}
    return [options["origins"] for options in resources.values() if options.get("origins")]


def _loading_reasons(
    secret_key: str,
    model_path: str,
    endpoints: AvailableEndpoints | None,
    remote_storage: str | None,
) -> Iterator[str]:
    for name, (called, reason) in FOREIGN_ENDPOINTS.items():
        if getattr(endpoints, name, None) is not None:
            yield f"endpoints.yml: remove {called} ({reason})."
    lock_store = getattr(endpoints, "lock_store", None)
    if lock_store is not None and lock_store.type != "in_memory":
        yield "endpoints.yml: remove lock_store (conversations are kept in order in this process)."
    if remote_storage:
        yield "A model from --remote-storage is not signed. Leave it out."
        return
    try:
        verify(Path(get_local_model(model_path)), secret_key)
    except (ModelNotFound, UntrustedModel) as error:
        yield str(error)
