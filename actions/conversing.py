"""The course of the conversation: answer a question, clarify, hand over, stop."""

from __future__ import annotations

import asyncio

from rasa_sdk.events import EventType, FollowupAction

from actions.answering import say_answer
from actions.asking_back import ask_back
from actions.prescreening import attach_progress, note_facts
from actions.services import services
from actions.turn import SafeAction, Turn, close_forms, filled
from bot.conversation.answering import topic_for_countries
from bot.conversation.applying import wants_to_join
from bot.conversation.clarifying import topic_of
from bot.conversation.reading import read_facts, yes_or_no
from bot.handover import ANSWERED_HERE


class ActionAnswerFaq(SafeAction):
    """Answers a question from the dated facts, and names their season and source."""

    def name(self) -> str:
        return "action_answer_faq"

    async def act(self, turn: Turn) -> list[EventType]:
        topic = topic_for_countries(turn.text, turn.slot("country_topic"))
        events = say_answer(turn, topic or topic_of(turn.message))
        attach_progress(turn)
        return events


class ActionClarify(SafeAction):
    """Offers the likeliest topics, and a person when it happens again.

    An open offer is answered by the words themselves, and a message that tells facts is not lost:
    they are kept, and the pre-screening is offered.
    """

    def name(self) -> str:
        return "action_clarify"

    async def act(self, turn: Turn) -> list[EventType]:
        offer = turn.slot("offer")
        if offer is not None and yes_or_no(turn.text) is False:
            return stop(turn)
        if offer == "waiting_list" and wants_to_join(turn.text):
            return [FollowupAction("action_start_waiting_list")]
        if offer == "prescreening" and yes_or_no(turn.text):
            return [FollowupAction("action_start_prescreening")]
        facts = read_facts(turn.text, services().today())
        return note_facts(turn, facts) if facts else ask_back(turn)


class ActionHandOver(SafeAction):
    """Puts the conversation in the queue for a person, says how to reach one, ends open questions.

    Minors are given the address only: of them nothing is kept, not even that they wait.
    """

    def name(self) -> str:
        return "action_hand_over"

    async def act(self, turn: Turn) -> list[EventType]:
        waits_here = turn.channel in ANSWERED_HERE and not turn.slot("under_age")
        if waits_here:
            await asyncio.to_thread(services().handovers.ask, turn.conversation_id, turn.channel)
            turn.say("utter_person_told")
        turn.say("utter_handoff", team_email=services().settings.team_email)
        return close_forms()


class ActionStop(SafeAction):
    """Ends open questions and offers; answers given so far stay for a later start."""

    def name(self) -> str:
        return "action_stop"

    async def act(self, turn: Turn) -> list[EventType]:
        return stop(turn)


def stop(turn: Turn) -> list[EventType]:
    """Say that everything open ends, and end it."""
    turn.say("utter_stopped")
    return [*close_forms(), *filled({"offer": None, "request_kind": None})]
