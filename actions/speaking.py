"""The base of every action: whatever fails, the visitor is told and nothing personal is logged."""

from __future__ import annotations

import logging
import traceback
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.conversation.words import Words

REQUESTED_SLOT = "requested_slot"

logger = logging.getLogger(__name__)


def report(action: str, error: Exception) -> None:
    """Log where `action` failed. An error's own text may hold personal data, so it stays out."""
    places = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s failed with %s\n%s", action, type(error).__name__, places)


class SafeAction(Action, ABC):
    """An action whose failure ends in a sentence, never in silence."""

    when_failed = "utter_unavailable"

    @abstractmethod
    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Do the action's work and return its events."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Do the work; when it fails say so and change nothing."""
        try:
            return await self.act(dispatcher, tracker, domain)
        except Exception as error:
            report(self.name(), error)
            dispatcher.messages.clear()
            dispatcher.utter_message(response=self.when_failed)
            return []


def words_of(domain: Mapping[str, Any]) -> Words:
    """Return the texts of the domain that Rasa sent along."""
    return Words(domain["responses"])


def close_forms() -> list[EventType]:
    """Return the events that end whatever form is open."""
    return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)]


def message_text(tracker: Tracker) -> str:
    """Return the visitor's latest words."""
    return str(tracker.latest_message.get("text") or "")


def message_intent(tracker: Tracker) -> str:
    """Return the intent of the visitor's latest words."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")
