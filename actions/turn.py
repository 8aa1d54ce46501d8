"""One turn of a conversation as an action sees it, and the base of every action.

Whatever fails, the visitor is told and nothing personal is logged.
"""

from __future__ import annotations

import logging
import traceback
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.conversation.words import Words

REQUESTED_SLOT = "requested_slot"
LAYS_OUT = frozenset({"web"})
"""Channels that show more than words: a decision as a card, progress, a code to copy."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """What the visitor said, what is remembered, and a voice to answer with."""

    dispatcher: CollectingDispatcher
    tracker: Tracker
    domain: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The visitor's latest words."""
        return str(self.message.get("text") or "")

    @property
    def intent(self) -> str:
        """The intent of the latest words."""
        return str((self.message.get("intent") or {}).get("name") or "")

    @property
    def message(self) -> Mapping[str, Any]:
        """Everything that was understood of the latest words."""
        message: Mapping[str, Any] = self.tracker.latest_message
        return message

    @property
    def message_id(self) -> str:
        """The id of the latest message, which stays the same when it is sent again."""
        return str(self.message.get("message_id") or "")

    @property
    def conversation_id(self) -> str:
        """The conversation that the turn belongs to."""
        return str(self.tracker.sender_id)

    @property
    def channel(self) -> str:
        """The channel that the visitor uses."""
        return str(self.tracker.get_latest_input_channel() or "shell")

    @property
    def answers(self) -> dict[str, Any]:
        """Every slot and what it holds now."""
        return dict(self.tracker.current_slot_values())

    @property
    def words(self) -> Words:
        """The texts of the domain that Rasa sent along."""
        return Words(self.domain["responses"])

    def slot(self, name: str) -> Any:
        """Return what slot `name` holds."""
        return self.tracker.get_slot(name)

    def say(self, response: str, **values: Any) -> None:
        """Utter `response` with `values`; `buttons` replaces or adds to its buttons."""
        self.dispatcher.utter_message(response=response, **values)

    def show(self, response: str, data: Mapping[str, Any], /, **values: Any) -> None:
        """Say `response` and attach `data`, the same in a form that the website lays out."""
        shown = dict(data) if self.channel in LAYS_OUT else None
        self.dispatcher.utter_message(response=response, json_message=shown, **values)

    def attach(self, data: Mapping[str, Any]) -> None:
        """Attach `data` to the words that are uttered next, by whatever action."""
        if self.channel in LAYS_OUT:
            self.dispatcher.utter_message(json_message=dict(data))

    def say_only(self, response: str) -> None:
        """Utter `response` in place of everything said so far in this action."""
        self.dispatcher.messages.clear()
        self.say(response)


class SafeAction(Action, ABC):
    """An action whose failure ends in a sentence, never in silence."""

    when_failed = "utter_unavailable"

    @abstractmethod
    async def act(self, turn: Turn) -> list[EventType]:
        """Do the action's work and return its events."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Do the work; when it fails say so and change nothing."""
        turn = Turn(dispatcher, tracker, domain)
        try:
            return await self.act(turn)
        except Exception as error:
            report(self.name(), error)
            turn.say_only(self.when_failed)
            return []


def report(action: str, error: Exception) -> None:
    """Log where `action` failed. An error's own text may hold personal data, so it stays out."""
    places = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s failed with %s\n%s", action, type(error).__name__, places)


def filled(slots: Mapping[str, Any]) -> list[EventType]:
    """Return the events that set `slots`."""
    return [SlotSet(name, value) for name, value in slots.items()]


def close_forms() -> list[EventType]:
    """Return the events that end whatever form is open."""
    return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)]
