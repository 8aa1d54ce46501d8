"""A visitor who talks to the trained bot, for tests that read like conversations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels import CollectingOutputChannel, UserMessage


@dataclass
class Visitor:
    """Says things and remembers what the bot answered."""

    agent: Agent
    conversation_id: str
    heard: list[dict[str, Any]] = field(default_factory=list)

    async def says(self, text: str) -> Visitor:
        """Send `text`; the bot's replies to it are then in `heard`."""
        channel = CollectingOutputChannel()
        await self.agent.handle_message(
            UserMessage(text, channel, sender_id=self.conversation_id, input_channel="web")
        )
        self.heard = channel.messages
        assert self.heard, f"silence after {text!r}"
        await self._check_that_a_rule_applied(text)
        return self

    async def says_all(self, *texts: str) -> Visitor:
        """Send one text after the other."""
        for text in texts:
            await self.says(text)
        return self

    @property
    def answer(self) -> str:
        """Everything the bot said to the last message."""
        return "\n".join(str(message.get("text", "")) for message in self.heard)

    @property
    def buttons(self) -> list[str]:
        """The titles of the buttons under the last replies."""
        return [
            button["title"] for message in self.heard for button in message.get("buttons") or []
        ]

    def sees(self, *fragments: str) -> Visitor:
        """Check that the last replies hold every fragment, whatever the case of letters."""
        for fragment in fragments:
            assert fragment.lower() in self.answer.lower(), f"{fragment!r} not in:\n{self.answer}"
        return self

    def does_not_see(self, *fragments: str) -> Visitor:
        """Check that the last replies hold none of the fragments."""
        for fragment in fragments:
            assert fragment.lower() not in self.answer.lower(), f"{fragment!r} in:\n{self.answer}"
        return self

    async def slot(self, name: str) -> Any:
        """Return what the bot remembers under `name`."""
        tracker = await self.agent.tracker_store.retrieve(self.conversation_id)
        assert tracker is not None
        return tracker.get_slot(name)

    async def _check_that_a_rule_applied(self, text: str) -> None:
        """Rasa's own fallback would wipe the turn from memory; no message may lead there."""
        tracker = await self.agent.tracker_store.retrieve(self.conversation_id)
        if tracker is not None:
            names = [getattr(event, "action_name", None) for event in list(tracker.events)[-8:]]
            assert "action_default_fallback" not in names, f"no rule after {text!r}: {names}"
