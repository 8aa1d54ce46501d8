"""The application to a waiting list: consent, name, e-mail, summary, confirmation, the lead."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, FollowupAction

from actions.prescreening import (
    FORGOTTEN_MINOR,
    consequences_of_the_check,
    facts_told,
    tell_decision,
    tell_decisions,
    usable_for_the_check,
)
from actions.questionnaire import Questionnaire
from actions.services import services
from actions.turn import REQUESTED_SLOT, SafeAction, Turn, close_forms, filled
from bot.conversation.applying import (
    open_application_questions,
    standing,
    stands_as_before,
    submission_from,
    summary_card,
    summary_of,
    tells_something_else,
    told_at_the_summary,
)
from bot.conversation.changing import changes_in
from bot.conversation.hearing import Heard
from bot.conversation.prescreening import (
    Answers,
    decisions,
    is_under_age,
    open_programs,
)
from bot.conversation.questions import APPLICATION_QUESTIONS, QUESTIONS
from bot.waiting_list.entry import Receipt, State

CONSENT = "utter_ask_waiting_list_form_consent"
BESIDE_THE_ANSWERS = ("consent_given_at", "submission_key")


class ActionStartWaitingList(SafeAction):
    """Opens the application for the programs that the decision left open."""

    def name(self) -> str:
        return "action_start_waiting_list"

    async def act(self, turn: Turn) -> list[EventType]:
        programs = programs_open_to(turn.answers)
        if not programs:
            turn.say("utter_offer_prescreening")
            return [*filled({"offer": "prescreening"}), FollowupAction("action_listen")]
        chosen = programs[0] if len(programs) == 1 else turn.slot("program_choice")
        return [
            *close_forms(),
            *filled({"program_choice": chosen if chosen in programs else None, "confirm": None}),
            FollowupAction("waiting_list_form"),
        ]


class ValidateWaitingListForm(Questionnaire):
    """Asks for consent before a name or an e-mail address, and for a last confirmation."""

    def name(self) -> str:
        return "validate_waiting_list_form"

    def open_questions(self, answers: Answers) -> list[str]:
        return open_application_questions(answers, services().today(), services().knowledge)

    def facts_in(self, text: str, question: str) -> Mapping[str, Any]:
        if question == "confirm":
            return told_at_the_summary(text, services().today())
        if question in QUESTIONS:
            return facts_told(text)
        return changes_in(text, services().today())

    def usable(self, heard: Heard, answers: Answers) -> Heard:
        """A reply that changes something confirms nothing; another program opens the choice."""
        choice = heard.answers.get("program_choice")
        if choice is not None and choice not in programs_open_to(answers):
            return Heard(problem="program_not_open")
        changes = {name: value for name, value in heard.answers.items() if name != "confirm"}
        if answers.get(REQUESTED_SLOT) == "applicant_name" and len(changes) > 1:
            del changes["applicant_name"]  # "change my age" reads like a name
        if "program" in changes:
            changes["program_choice"] = None
        if changes:
            return usable_for_the_check(replace(heard, answers=changes), answers)
        if heard.answers.get("confirm") is False:
            return Heard(problem="what_to_change")
        return heard

    def consequences(self, answers: Answers) -> Mapping[str, Any]:
        if is_under_age(answers):
            return {
                **FORGOTTEN_MINOR,
                **dict.fromkeys((*APPLICATION_QUESTIONS, *BESIDE_THE_ANSWERS)),
            }
        follows = consequences_of_the_check(answers)
        after = {**answers, **follows}
        follows |= standing(after, services().today(), services().knowledge)
        if answers.get("consent") is True and not answers.get("consent_given_at"):
            follows["consent_given_at"] = services().clock().isoformat()
        if answers.get("email") and not answers.get("submission_key"):
            follows["submission_key"] = str(uuid.uuid4())
        return follows

    def remark(self, turn: Turn, before: Answers, after: Answers) -> None:
        """After a changed answer say how the check stands now, if there is a list to join."""
        knowledge, today = services().knowledge, services().today()
        if after.get("under_age") or not tells_something_else(before, after):
            return
        if stands_as_before(before, after):
            turn.say("utter_checked_again")
            return
        made, chosen = decisions(after, today, knowledge), after.get("program_choice")
        if not open_programs(made):
            return  # the application ends, and its end tells why
        is_same = before.get("program") == after.get("program")
        turn.say("utter_outcome_changed" if is_same else "utter_program_checked")
        for decision in [made[chosen]] if chosen else made.values():
            tell_decision(turn, decision)


class ActionAskProgramChoice(SafeAction):
    """Asks which of the open programs' waiting lists to join."""

    def name(self) -> str:
        return "action_ask_waiting_list_form_program_choice"

    async def act(self, turn: Turn) -> list[EventType]:
        titles = [services().knowledge.program(p).title for p in programs_open_to(turn.answers)]
        buttons = [{"title": title, "payload": title} for title in titles]
        turn.say("utter_ask_program_choice", buttons=buttons)
        return []


class ActionAskConfirm(SafeAction):
    """Shows the summary, warns when applying again would move the visitor down, and asks."""

    def name(self) -> str:
        return "action_ask_waiting_list_form_confirm"

    async def act(self, turn: Turn) -> list[EventType]:
        program = services().knowledge.program(turn.slot("program_choice"))
        earlier = await asyncio.to_thread(
            services().waiting_list.active_entry, program.id, program.season, turn.slot("email")
        )
        if earlier is not None:
            turn.say("utter_moves_you_down")
        summary = summary_of(turn.answers, services().knowledge, turn.words)
        card = summary_card(turn.answers, services().knowledge, turn.words)
        turn.show("utter_ask_confirm", {"summary": card}, summary=summary)
        return []


class ActionSubmitApplication(SafeAction):
    """Writes the confirmed application to the waiting list and says what happens next.

    After a failure the answers and the submission's key stay, so that another "yes" writes the
    same application once. The code of an application made elsewhere is not shown: whoever types
    somebody's e-mail address must not learn it. It stands in the mails to that address.
    """

    when_failed = "utter_not_saved"

    def name(self) -> str:
        return "action_submit_application"

    async def act(self, turn: Turn) -> list[EventType]:
        if turn.slot("confirm") is not True:
            return end_without_application(turn)
        receipt = await asyncio.to_thread(submit, turn)
        done = dict.fromkeys((*APPLICATION_QUESTIONS, *BESIDE_THE_ANSWERS, "offer"))
        if receipt.state is not State.WAITING:
            turn.say("utter_already_in_contact")
            return filled(done)
        place = {
            "position": receipt.ahead + 1,
            "program": services().knowledge.program(receipt.program).title,
            "season": receipt.season,
        }
        if receipt.moved_down and turn.slot("reference") != receipt.reference:
            turn.say("utter_submitted_again", **place)
            turn.say("utter_submitted_truths")
            return filled(done)
        reference = receipt.reference
        turn.show("utter_submitted", {"reference": reference}, reference=reference, **place)
        turn.say("utter_submitted_truths")
        return filled(done | {"reference": reference})


def end_without_application(turn: Turn) -> list[EventType]:
    """Say why the application ends: no consent, or answers that leave no list to join."""
    if turn.slot("consent") is False:
        turn.say("utter_no_consent")
        return filled({"consent": None, "offer": "waiting_list"})
    if not turn.slot("under_age"):
        turn.say("utter_outcome_changed")
    return tell_decisions(turn)


def submit(turn: Turn) -> Receipt:
    """Write the application of `turn` to the waiting list; the same one again changes nothing."""
    submission = submission_from(
        turn.answers,
        conversation_id=turn.conversation_id,
        channel=turn.channel,
        consent_text=turn.words.say(CONSENT),
        on=services().today(),
        knowledge=services().knowledge,
    )
    return services().waiting_list.submit(submission, turn.slot("submission_key"))


def programs_open_to(answers: Answers) -> list[str]:
    """Return the programs whose list the visitor may join by the answers given."""
    return open_programs(decisions(answers, services().today(), services().knowledge))
