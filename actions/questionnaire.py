"""One shape for every form: hear the message, keep what it says, ask what is still open."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import services
from actions.speaking import REQUESTED_SLOT, message_intent, message_text, report, words_of
from bot.conversation.hearing import NOT_UNDERSTOOD, Heard, hear
from bot.conversation.words import Words, and_list

LAST_ATTEMPT = 2


class Questionnaire(FormValidationAction, ABC):
    """Validates a form by reading the visitor's words, not by slot mappings.

    A message that is a digression changes nothing, so that Rasa rejects the form and a rule
    answers; the same question is asked again afterwards.
    """

    @abstractmethod
    def open_questions(self, answers: Mapping[str, Any]) -> list[str]:
        """Return the questions still to ask after `answers`, in order."""

    def facts_in(self, text: str) -> Mapping[str, Any]:
        """Return what `text` states beyond the question asked; nothing by default."""
        return {}

    def usable(self, heard: Heard, answers: Mapping[str, Any]) -> Heard:
        """Return `heard` with the answers that this form accepts; all of them by default."""
        return heard

    def after(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Return more slots that follow from `answers`; none by default."""
        return {}

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Return the slots that the latest message fills and the question to ask next."""
        try:
            return await asyncio.to_thread(self._turn, dispatcher, tracker, words_of(domain))
        except Exception as error:
            report(self.name(), error)
            dispatcher.messages.clear()
            dispatcher.utter_message(response="utter_unavailable")
            return [SlotSet(REQUESTED_SLOT, tracker.get_slot(REQUESTED_SLOT))]

    def _turn(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, words: Words
    ) -> list[EventType]:
        answers = dict(tracker.current_slot_values())
        question = answers.get(REQUESTED_SLOT)
        changes: dict[str, Any] = {}
        if question:
            heard = self.usable(self._heard(tracker, question, answers), answers)
            if heard.digression:
                return [SlotSet(REQUESTED_SLOT, question)]
            changes = self._keep(heard, answers, dispatcher, words)
            answers.update(changes)
        changes.update(self.after(answers))
        answers.update(changes)
        following = next(iter(self.open_questions(answers)), None)
        if following != question:
            changes |= {"previous_question": question, "attempt": None}
        changes[REQUESTED_SLOT] = following
        return [SlotSet(name, value) for name, value in changes.items()]

    def _heard(self, tracker: Tracker, question: str, answers: Mapping[str, Any]) -> Heard:
        return hear(
            message_text(tracker),
            message_intent(tracker),
            question=question,
            previous_question=answers.get("previous_question"),
            known=answers,
            facts_in=self.facts_in,
            today=services().today(),
        )

    def _keep(
        self,
        heard: Heard,
        answers: Mapping[str, Any],
        dispatcher: CollectingDispatcher,
        words: Words,
    ) -> dict[str, Any]:
        """Return the slots that `heard` fills, after saying what was changed or not usable."""
        if heard.corrected:
            what = and_list(words.say(f"utter_label_{name}") for name in heard.corrected)
            dispatcher.utter_message(response="utter_corrected", what=what)
        if heard.problem is None:
            return dict(heard.answers)
        if heard.problem != NOT_UNDERSTOOD:
            dispatcher.utter_message(response=f"utter_problem_{heard.problem}")
        return {"attempt": min((answers.get("attempt") or 0) + 1, LAST_ATTEMPT)}
