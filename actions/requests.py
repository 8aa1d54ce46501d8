"""Requests about an application: its status, leaving the list, deleting everything."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType

from actions.questionnaire import Questionnaire
from actions.services import services
from actions.turn import SafeAction, Turn, close_forms, filled
from bot.conversation.hearing import Heard
from bot.conversation.prescreening import Answers
from bot.conversation.requests import (
    NO_REFERENCE,
    REQUEST_QUESTIONS,
    RequestKind,
    open_request_questions,
    says_there_is_no_reference,
)
from bot.conversation.words import and_list
from bot.keeping import Person
from bot.waiting_list.entry import Entry


class ActionStartRequest(SafeAction):
    """Opens the questions that show whose application it is."""

    def name(self) -> str:
        return "action_start_request"

    async def act(self, turn: Turn) -> list[EventType]:
        kind = RequestKind(turn.intent)
        return [
            *close_forms(),
            *filled({"request_kind": kind.value, "email": None, "confirm_request": None}),
        ]


class ValidateRequestForm(Questionnaire):
    """Asks for the reference code and the e-mail address, and a yes before anything is undone."""

    def name(self) -> str:
        return "validate_request_form"

    def open_questions(self, answers: Answers) -> list[str]:
        return open_request_questions(answers)

    def facts_in(self, text: str, question: str) -> Mapping[str, Any]:
        has_none = question == "reference" and says_there_is_no_reference(text)
        return {"reference": NO_REFERENCE} if has_none else {}

    def usable(self, heard: Heard, answers: Answers) -> Heard:  # noqa: ARG002
        return heard

    def consequences(self, answers: Answers) -> Mapping[str, Any]:  # noqa: ARG002
        return {}


class ActionFulfilRequest(SafeAction):
    """Does what was asked, once it is clear whose application it is."""

    def name(self) -> str:
        return "action_fulfil_request"

    async def act(self, turn: Turn) -> list[EventType]:
        kind = RequestKind(turn.slot("request_kind"))
        done = filled(dict.fromkeys((*REQUEST_QUESTIONS, "request_kind")))
        if kind.needs_confirmation and turn.slot("confirm_request") is False:
            turn.say("utter_nothing_changed")
            return done
        if kind is RequestKind.DELETE:
            return [*done, *await asyncio.to_thread(delete_everything, turn)]
        if turn.slot("reference") == NO_REFERENCE:
            turn.say("utter_reference_needed", team_email=services().settings.team_email)
            return done
        entry = await asyncio.to_thread(self._entry, kind, turn)
        if entry is None:
            turn.say("utter_no_such_application")
            return done
        turn.say(
            f"utter_state_{entry.state.value}",
            reference=entry.reference,
            program=services().knowledge.program(entry.program).title,
            season=entry.season,
            position=services().waiting_list.ahead(entry.reference) + 1,
        )
        return [*done, *filled({"reference": entry.reference})]

    def _entry(self, kind: RequestKind, turn: Turn) -> Entry | None:
        reference, email = turn.slot("reference"), turn.slot("email")
        if kind is RequestKind.WITHDRAW:
            return services().waiting_list.withdraw(reference, email, turn.message_id)
        return services().waiting_list.find(reference, email)


def delete_everything(turn: Turn) -> list[EventType]:
    """Erase the application named and those made in this conversation, with all conversations.

    The tracker store forgets this conversation once more when it sees `forget_conversation`.
    """
    waiting_list, eraser = services().waiting_list, services().eraser
    reference, references = turn.slot("reference"), set[str]()
    if reference != NO_REFERENCE:
        # Before the list forgets in which conversations the application was made.
        linked = waiting_list.conversations_of(reference, turn.slot("email"))
        if linked:
            eraser.erase(Person(conversations=linked))
        named = waiting_list.erase(reference, turn.slot("email"), f"named:{turn.message_id}")
        if named is None:
            turn.say("utter_no_such_application")
            return []
        references.update(named.references)
    here = waiting_list.erase_conversation(turn.conversation_id, f"here:{turn.message_id}")
    references.update(here.references)
    eraser.erase(Person(frozenset(), frozenset(references), frozenset({turn.conversation_id})))
    turn.say(
        "utter_deleted_with_applications" if references else "utter_deleted",
        references=and_list(sorted(references)),
    )
    return filled({"forget_conversation": True})
