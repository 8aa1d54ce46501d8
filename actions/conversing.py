"""The course of the conversation: answer a question, clarify, hand over, stop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.speaking import SafeAction, close_forms, message_text
from bot.conversation.answering import answer
from bot.conversation.clarifying import likely_topics
from bot.conversation.reading import countries_mentioned, read_facts

GIVE_UP_AFTER = 2


class ActionAnswerFaq(SafeAction):
    """Answers a question from the dated facts, and names their season and source."""

    def name(self) -> str:
        return "action_answer_faq"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        return say_answer(dispatcher, tracker, topic_of(tracker.latest_message))


class ActionClarify(SafeAction):
    """Offers the likeliest topics, and a person when it happens again."""

    def name(self) -> str:
        return "action_clarify"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        times = (tracker.get_slot("misunderstandings") or 0) + 1
        topics = likely_topics(tracker.latest_message.get("label_ranking") or [])
        buttons = [{"title": topic.title, "payload": topic.question} for topic in topics]
        if times > GIVE_UP_AFTER:
            dispatcher.utter_message(response="utter_still_not_understood")
        elif buttons:
            dispatcher.utter_message(response="utter_did_you_mean", buttons=buttons)
        else:
            dispatcher.utter_message(response="utter_not_understood")
        return [SlotSet("misunderstandings", times)]


class ActionHandOver(SafeAction):
    """Says how to reach a person, and ends open questions."""

    def name(self) -> str:
        return "action_hand_over"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        dispatcher.utter_message(
            response="utter_handoff", team_email=services().settings.team_email
        )
        return close_forms()


class ActionStop(SafeAction):
    """Ends open questions and offers; answers given so far stay for a later start."""

    def name(self) -> str:
        return "action_stop"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        dispatcher.utter_message(response="utter_stopped")
        return [*close_forms(), SlotSet("offer", None), SlotSet("request_kind", None)]
