"""The tiny bot's actions, each for one thing that can happen."""

from __future__ import annotations

import threading
from typing import Any

from rasa_sdk import Action
from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import ActionExecutionRejection

BROKEN = threading.Event()


class Where(Action):
    def name(self) -> str:
        return "action_tiny_where"

    def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        main = threading.current_thread() is threading.main_thread()
        dispatcher.utter_message(text="in the event loop" if main else "in a thread")
        return []


class Boom(Action):
    def name(self) -> str:
        return "action_tiny_boom"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        if BROKEN.is_set():
            raise KeyError(tracker.latest_message["text"])
        dispatcher.utter_message(text="all is well")
        return []


class Refuse(Action):
    def name(self) -> str:
        return "action_tiny_refuse"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        raise ActionExecutionRejection(self.name())


class Young(Action):
    def name(self) -> str:
        return "action_tiny_young"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        dispatcher.utter_message(text="Come back at 18.")
        return [SlotSet("under_age", True)]


class Forget(Action):
    def name(self) -> str:
        return "action_tiny_forget"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        dispatcher.utter_message(text="Deleted.")
        return [SlotSet("forget_conversation", True)]


class Meddle(Action):
    def name(self) -> str:
        return "action_tiny_meddle"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        domain["responses"].clear()
        dispatcher.utter_message(text="Meddled.")
        return []
