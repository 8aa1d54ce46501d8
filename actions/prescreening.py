"""The pre-screening: start it, ask what matters, decide, explain why something is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.questionnaire import Questionnaire
from actions.services import services
from actions.speaking import (
    REQUESTED_SLOT,
    SafeAction,
    close_forms,
    message_text,
    words_of,
)
from bot.conversation.applying import wants_to_join
from bot.conversation.explaining import describe_facts, explain
from bot.conversation.hearing import Heard
from bot.conversation.prescreening import (
    FACTS,
    NOT_SURE,
    UNKNOWN,
    decisions,
    is_under_age,
    open_programs,
    open_questions,
)
from bot.conversation.reading import read_facts

NEEDED = frozenset({"age", "nationalities"})


class ValidatePrescreenForm(Questionnaire):
    """Keeps the answers of the pre-screening and asks only what still matters."""

    def name(self) -> str:
        return "validate_prescreen_form"

    def open_questions(self, answers: Mapping[str, Any]) -> list[str]:
        return open_questions(answers, services().today(), services().knowledge)

    def facts_in(self, text: str) -> Mapping[str, Any]:
        return read_facts(text, services().today())

    def usable(self, heard: Heard, answers: Mapping[str, Any]) -> Heard:
        """Age and nationality decide everything: "I don't know" is no answer to them."""
        kept = dict(heard.answers)
        if kept.get("program") == UNKNOWN:
            kept["program"] = NOT_SURE
        for name in NEEDED:
            if kept.get(name) == UNKNOWN:
                return replace(heard, answers={}, corrected=(), problem=f"{name}_needed")
        return replace(heard, answers=kept)

    def after(self, answers: dict[str, Any]) -> dict[str, Any]:
        return forgotten_minor() if is_under_age(answers) else {}


class ActionStartPrescreening(SafeAction):
    """Opens the pre-screening with the facts that the visitor has told already."""

    def name(self) -> str:
        return "action_start_prescreening"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        text = message_text(tracker)
        if tracker.get_slot("under_age"):
            dispatcher.utter_message(response="utter_under_age")
            return [*close_forms(), FollowupAction("action_listen")]
        if tracker.get_slot("offer") == "waiting_list" and wants_to_join(text):
            return [FollowupAction("action_start_waiting_list")]
        if tracker.active_loop.get("name") == "prescreen_form":
            return []
        events = close_forms()
        if tracker.get_slot("offer") == "waiting_list":
            events += [SlotSet(name, None) for name in FACTS]
        facts = read_facts(text, services().today())
        events += [SlotSet(name, value) for name, value in facts.items()]
        dispatcher.utter_message(response="utter_start_prescreening")
        if facts:
            noted = describe_facts(facts, words_of(domain))
            dispatcher.utter_message(response="utter_noted", facts=noted)
        return [*events, SlotSet("offer", None)]


class ActionNoteFacts(SafeAction):
    """Keeps what visitors tell about themselves unasked, and offers to check where they stand."""

    def name(self) -> str:
        return "action_note_facts"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        facts = read_facts(message_text(tracker), services().today())
        if is_under_age(facts):
            dispatcher.utter_message(response="utter_under_age")
            return [SlotSet(name, value) for name, value in forgotten_minor().items()]
        if facts:
            noted = describe_facts(facts, words_of(domain))
            dispatcher.utter_message(response="utter_noted", facts=noted)
        dispatcher.utter_message(response="utter_offer_prescreening")
        return [SlotSet(n, v) for n, v in facts.items()] + [SlotSet("offer", "prescreening")]


class ActionDecide(SafeAction):
    """Says where the visitor stands in each program in play, and offers the waiting list."""

    def name(self) -> str:
        return "action_decide"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        if tracker.get_slot("under_age"):
            dispatcher.utter_message(response="utter_under_age")
            return []
        answers, words = tracker.current_slot_values(), words_of(domain)
        knowledge = services().knowledge
        made = decisions(answers, services().today(), knowledge)
        texts = [explain(decision, knowledge, words) for decision in made.values()]
        for text in texts[:-1]:
            dispatcher.utter_message(text=text)
        offer = "waiting_list" if open_programs(made) else None
        closing = "utter_offer_waiting_list" if offer else "utter_no_program_open"
        dispatcher.utter_message(response=closing, decision=texts[-1])
        return [SlotSet("offer", offer)]


class ActionExplainQuestion(SafeAction):
    """Answers "why do you ask?" for the open question."""

    def name(self) -> str:
        return "action_explain_question"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        question = tracker.get_slot(REQUESTED_SLOT)
        response = f"utter_why_{question}" if question else "utter_why_nothing_asked"
        dispatcher.utter_message(response=response)
        return []


def forgotten_minor() -> dict[str, Any]:
    """Return the slots that keep nothing of a visitor under age but that fact itself."""
    return {**dict.fromkeys(FACTS), "under_age": True}
