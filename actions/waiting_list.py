"""The application to a waiting list: consent, name, e-mail, summary, confirmation, the lead."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.questionnaire import Questionnaire
from actions.services import services
from actions.speaking import SafeAction, close_forms, words_of
from bot.conversation.applying import (
    APPLICATION_QUESTIONS,
    changes_in,
    open_application_questions,
    submission_from,
    summary_of,
)
from bot.conversation.hearing import Heard
from bot.conversation.prescreening import decisions, open_programs
from bot.conversation.words import Words
from bot.waiting_list.entry import Receipt


class ActionStartWaitingList(SafeAction):
    """Opens the application for the programs that the decision left open."""

    def name(self) -> str:
        return "action_start_waiting_list"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        programs = _open_programs(tracker.current_slot_values())
        if not programs:
            dispatcher.utter_message(response="utter_offer_prescreening")
            return [SlotSet("offer", "prescreening"), FollowupAction("action_listen")]
        only = programs[0] if len(programs) == 1 else tracker.get_slot("program_choice")
        return [
            *close_forms(),
            SlotSet("program_choice", only if only in programs else None),
            SlotSet("confirm", None),
            FollowupAction("waiting_list_form"),
        ]


class ValidateWaitingListForm(Questionnaire):
    """Asks for consent before a name or an e-mail address, and for a last confirmation."""

    def name(self) -> str:
        return "validate_waiting_list_form"

    def open_questions(self, answers: Mapping[str, Any]) -> list[str]:
        return open_application_questions(answers)

    def facts_in(self, text: str) -> Mapping[str, Any]:
        return changes_in(text, services().today())

    def usable(self, heard: Heard, answers: Mapping[str, Any]) -> Heard:
        choice = heard.answers.get("program_choice")
        if choice is not None and choice not in _open_programs(answers):
            return replace(heard, answers={}, corrected=(), problem="program_not_open")
        if heard.answers.get("confirm") is False:
            return replace(heard, answers={}, corrected=(), problem="what_to_change")
        return heard

    def after(self, answers: dict[str, Any]) -> dict[str, Any]:
        follows: dict[str, Any] = {}
        if answers.get("consent") and not answers.get("consent_given_at"):
            follows["consent_given_at"] = services().clock().isoformat()
        if answers.get("email") and not answers.get("submission_key"):
            follows["submission_key"] = str(uuid.uuid4())
        return follows


class ActionAskProgramChoice(SafeAction):
    """Asks which of the open programs' waiting lists to join."""

    def name(self) -> str:
        return "action_ask_waiting_list_form_program_choice"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        knowledge = services().knowledge
        names = [knowledge.program(p).title for p in _open_programs(tracker.current_slot_values())]
        dispatcher.utter_message(
            response="utter_ask_program_choice",
            buttons=[{"title": name, "payload": name} for name in names],
        )
        return []


class ActionAskConfirm(SafeAction):
    """Shows the summary, warns when applying again would move the visitor down, and asks."""

    def name(self) -> str:
        return "action_ask_waiting_list_form_confirm"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        answers = tracker.current_slot_values()
        program = services().knowledge.program(answers["program_choice"])
        earlier = await asyncio.to_thread(
            services().waiting_list.active_entry, program.id, program.season, answers["email"]
        )
        if earlier is not None:
            dispatcher.utter_message(
                response="utter_moves_you_down",
                reference=earlier.reference,
                program=program.title,
                season=program.season,
            )
        summary = summary_of(answers, services().knowledge, words_of(domain))
        dispatcher.utter_message(response="utter_ask_confirm", summary=summary)
        return []


class ActionSubmitApplication(SafeAction):
    """Writes the confirmed application to the waiting list and says what happens next.

    After a failure the answers and the submission's key stay, so that another "yes" writes the
    same application once.
    """

    when_failed = "utter_not_saved"

    def name(self) -> str:
        return "action_submit_application"

    async def act(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        answers, words = tracker.current_slot_values(), words_of(domain)
        if answers.get("confirm") is not True:
            dispatcher.utter_message(response="utter_no_consent")
            return [SlotSet("consent", None), SlotSet("offer", "waiting_list")]
        receipt = await asyncio.to_thread(
            _submit, tracker.sender_id, tracker.get_latest_input_channel() or "shell", answers, words
        )
        program = services().knowledge.program(receipt.program)
        dispatcher.utter_message(
            response="utter_submitted",
            reference=receipt.reference,
            position=receipt.ahead + 1,
            program=program.title,
            season=receipt.season,
        )
        dispatcher.utter_message(response="utter_submitted_truths")
        return _application_done(receipt.reference)


def _submit(
    conversation_id: str, channel: str, answers: Mapping[str, Any], words: Words
) -> Receipt:
    submission = submission_from(
        answers,
        conversation_id=conversation_id,
        channel=channel,
        consent_text=words.say("utter_ask_waiting_list_form_consent"),
        on=services().today(),
        knowledge=services().knowledge,
    )
    return services().waiting_list.submit(submission, key=answers["submission_key"])


def _application_done(reference: str) -> list[EventType]:
    cleared = [*APPLICATION_QUESTIONS, "consent_given_at", "submission_key", "offer"]
    return [SlotSet(name, None) for name in cleared] + [SlotSet("reference", reference)]


def _open_programs(answers: Mapping[str, Any]) -> list[str]:
    return open_programs(decisions(answers, services().today(), services().knowledge))
