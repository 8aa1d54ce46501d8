"""What Rasa says during a turn, collected until all of it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.mailroom.reply import Bubble, Reply, bubbles, buttons_of
from bot.transcripts import Button


class BufferedReply(OutputChannel):
    """Collects what Rasa says during a turn, so that nothing is sent before all is saved."""

    def __init__(self, channel_name: str) -> None:
        self._channel_name = channel_name
        self._bubbles: list[Bubble] = []
        self._data: dict[str, Any] = {}

    def name(self) -> str:  # type: ignore[override]
        """Return the channel's name, by which Rasa picks channel-specific responses."""
        return self._channel_name

    @property
    def reply(self) -> Reply:
        """What was said so far."""
        return tuple(self._bubbles)

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the message's data for its own words, or for the next ones if it has none."""
        self._data |= message.pop("custom", None) or {}
        await super().send_response(recipient_id, message)

    async def send_text_message(self, _recipient: str, text: str, **_: Any) -> None:
        self._say(text)

    async def send_text_with_buttons(
        self, _recipient: str, text: str, buttons: list[dict[str, Any]], **_: Any
    ) -> None:
        self._say(text, buttons_of(buttons))

    def _say(self, text: str, buttons: Iterable[Button] = ()) -> None:
        self._bubbles.extend(bubbles(text, buttons, self._data))
        self._data = {}
