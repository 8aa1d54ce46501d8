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
from actions.turn import REQUESTED_SLOT, Turn, filled, report
from bot.conversation.hearing import NOT_UNDERSTOOD, Heard, hear
from bot.conversation.prescreening import Answers
from bot.conversation.questions import QUESTIONS
from bot.conversation.words import and_list

WORDINGS_AFTER_AN_ODD_ANSWER = 2


class Questionnaire(FormValidationAction, ABC):
    """Validates a form by reading the visitor's words, not by slot mappings.

    A message that is a digression changes nothing, so that Rasa rejects the form and a rule
    answers; the same question is asked again afterwards.
    """

    @abstractmethod
    def open_questions(self, answers: Answers) -> list[str]:
        """Return the questions still to ask after `answers`, in order."""

    def question_data(self, answers: Answers) -> Mapping[str, Any]:  # noqa: ARG002
        """Return what to attach to the question that follows on `answers`."""
        return {}

    @abstractmethod
    def facts_in(self, text: str, question: str) -> Mapping[str, Any]:
        """Return what `text`, said while `question` is open, states beyond an answer to it."""

    @abstractmethod
    def usable(self, heard: Heard, answers: Answers) -> Heard:
        """Return `heard` with the answers that this form accepts."""

    @abstractmethod
    def consequences(self, answers: Answers) -> Mapping[str, Any]:
        """Return the slots that follow from `answers`."""

    def remark(self, turn: Turn, before: Answers, after: Answers) -> None:
        """Say what follows from the answers `after` the message, now that the check is complete."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Return the slots that the latest message fills and the question to ask next."""
        turn = Turn(dispatcher, tracker, domain)
        try:
            return await asyncio.to_thread(self._ask_on, turn)
        except Exception as error:
            report(self.name(), error)
            turn.say_only("utter_unavailable")
            return [SlotSet(REQUESTED_SLOT, turn.slot(REQUESTED_SLOT))]

    def _ask_on(self, turn: Turn) -> list[EventType]:
        answers = turn.answers
        question = answers.get(REQUESTED_SLOT)
        changes: dict[str, Any] = {}
        to_ask_again: list[str] = []
        if question:
            heard = self.usable(self._heard(turn, question), answers)
            if heard.digression:
                return [SlotSet(REQUESTED_SLOT, question)]
            changes = self._keep(heard, turn)
            to_ask_again = [name for name in QUESTIONS if changes.get(name, ...) is None]
        changes |= self.consequences(answers | changes)
        open_questions = [*to_ask_again, *self.open_questions(answers | changes)]
        following = next(iter(open_questions), None)
        if following not in QUESTIONS:
            self.remark(turn, answers, answers | changes)
        if following != question:
            changes |= {"previous_question": question, "attempt": None}
        elif question:
            changes["attempt"] = self._next_wording(turn)
        if following and (data := self.question_data(answers | changes)):
            turn.attach(data)
        return filled(changes | {REQUESTED_SLOT: following})

    def _heard(self, turn: Turn, question: str) -> Heard:
        return hear(
            turn.text,
            turn.intent,
            question=question,
            previous_question=turn.slot("previous_question"),
            known=turn.answers,
            facts=self.facts_in(turn.text, question),
            today=services().today(),
        )

    def _keep(self, heard: Heard, turn: Turn) -> dict[str, Any]:
        """Return the slots that `heard` fills, after saying what was changed or not usable."""
        if heard.corrected:
            labels = (turn.words.say(f"utter_label_{name}") for name in heard.corrected)
            turn.say("utter_corrected", what=and_list(labels))
        if heard.problem is None:
            return dict(heard.answers)
        if heard.problem != NOT_UNDERSTOOD:
            turn.say(f"utter_problem_{heard.problem}")
        return {}

    def _next_wording(self, turn: Turn) -> int:
        """Return the wording for asking again: never the last one twice, and help after both."""
        before = turn.slot("attempt") or 0
        if before == WORDINGS_AFTER_AN_ODD_ANSWER:
            turn.say("utter_still_open")
        return int(before % WORDINGS_AFTER_AN_ODD_ANSWER + 1)
