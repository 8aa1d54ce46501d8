"""Requests about an application: its status, leaving the list, deleting everything."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.questionnaire import Questionnaire
from actions.services import services
from actions.speaking import SafeAction, close_forms, message_intent
from bot.conversation.requests import (
    NO_REFERENCE,
    REQUEST_QUESTIONS,
    RequestKind,
    open_request_questions,
)
from bot.conversation.words import and_list
from bot.waiting_list.entry import Entry


class ActionStartRequest(SafeAction):
    """Opens the questions that show whose application it is."""

    def name(self) -> str:
        return "action_start_request"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        kind = RequestKind(message_intent(tracker))
        if tracker.get_slot("request_kind") == kind.value:
            return []
        return [
            *close_forms(),
            SlotSet("request_kind", kind.value),
            SlotSet("email", None),
            SlotSet("confirm_request", None),
        ]


class ValidateRequestForm(Questionnaire):
    """Asks for the reference code and the e-mail address, and a yes before anything is undone."""

    def name(self) -> str:
        return "validate_request_form"

    def open_questions(self, answers: Mapping[str, Any]) -> list[str]:
        return open_request_questions(answers)


class ActionFulfilRequest(SafeAction):
    """Does what was asked, once reference and e-mail address are given."""

    def name(self) -> str:
        return "action_fulfil_request"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        done = [SlotSet(name, None) for name in (*REQUEST_QUESTIONS, "request_kind")]
        kind = RequestKind(tracker.get_slot("request_kind"))
        if kind.needs_confirmation and tracker.get_slot("confirm_request") is not True:
            dispatcher.utter_message(response="utter_nothing_changed")
            return done
        if kind is RequestKind.DELETE:
            return [*done, *await self._delete(dispatcher, tracker)]
        entry = await asyncio.to_thread(self._act_on_entry, kind, tracker)
        if entry is None:
            dispatcher.utter_message(response="utter_no_such_application")
            return done
        program = services().knowledge.program(entry.program)
        dispatcher.utter_message(
            response=f"utter_state_{entry.state.value}",
            reference=entry.reference,
            program=program.title,
            season=entry.season,
            position=services().waiting_list.ahead(entry) + 1,
        )
        return [*done, SlotSet("reference", entry.reference)]

    def _act_on_entry(self, kind: RequestKind, tracker: Tracker) -> Entry | None:
        reference, email = tracker.get_slot("reference"), tracker.get_slot("email")
        if kind is RequestKind.WITHDRAW:
            key = f"withdraw:{reference}"
            return services().waiting_list.withdraw(reference, email, key)
        return services().waiting_list.find(reference, email)

    async def _delete(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Erase the applications named or made here; the tracker store then forgets the rest."""
        reference, email = tracker.get_slot("reference"), tracker.get_slot("email")
        waiting_list = services().waiting_list
        erased = []
        if reference not in (None, NO_REFERENCE):
            named = await asyncio.to_thread(
                waiting_list.erase, reference, email, f"erase:{reference}"
            )
            if named is None:
                dispatcher.utter_message(response="utter_no_such_application")
                return []
            erased += named.references
        here = await asyncio.to_thread(
            waiting_list.erase_conversation, tracker.sender_id, f"erase:{tracker.sender_id}"
        )
        erased += [one for one in here.references if one not in erased]
        response = "utter_deleted_with_applications" if erased else "utter_deleted"
        dispatcher.utter_message(response=response, references=and_list(erased))
        return [SlotSet("forget_conversation", True)]
