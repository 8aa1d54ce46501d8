"""What stands in credentials.yml for a messenger that no setting has switched on."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint


class SwitchedOff(InputChannel):
    """A channel without a route: nothing listens, so nothing can be forged."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def name(self) -> str:  # type: ignore[override]
        """Return the name of the channel that is off."""
        return self._channel

    def blueprint(self, _on_new_message: Any) -> Blueprint:
        """Return no routes."""
        return Blueprint(f"{self._channel}_switched_off")
