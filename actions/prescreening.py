"""The pre-screening: start it, ask what matters, decide, explain why something is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, FollowupAction

from actions.answering import say_answer
from actions.asking_back import ask_back
from actions.questionnaire import Questionnaire
from actions.services import services
from actions.turn import REQUESTED_SLOT, SafeAction, Turn, close_forms, filled
from bot.conversation.answering import topic_for_countries
from bot.conversation.applying import wants_to_join
from bot.conversation.changing import changes_in
from bot.conversation.explaining import card, describe_facts, explain
from bot.conversation.hearing import Heard, with_the_birth_forgotten
from bot.conversation.prescreening import (
    FACTS,
    NOT_SURE,
    UNKNOWN,
    Answers,
    asks_to_be_checked,
    decisions,
    is_under_age,
    lacks_a_category,
    open_programs,
    open_questions,
    program_named_in,
    void_answers,
)
from bot.conversation.progress import progress
from bot.conversation.reading import is_question, read_facts, speaks_of_oneself
from bot.eligibility import Decision
from bot.keeping import Person

NEEDED = ("age", "nationalities")
FORGOTTEN_MINOR: Mapping[str, Any] = {**dict.fromkeys(FACTS), "under_age": True}
"""What is kept of a visitor under age: that fact and nothing else."""


class ValidatePrescreenForm(Questionnaire):
    """Keeps the answers of the pre-screening and asks only what still matters."""

    def name(self) -> str:
        return "validate_prescreen_form"

    def open_questions(self, answers: Answers) -> list[str]:
        if answers.get("under_age"):
            return []
        return open_questions(answers, services().today(), services().knowledge)

    def question_data(self, answers: Answers) -> Mapping[str, Any]:
        return {"progress": progress(answers, services().today(), services().knowledge)}

    def facts_in(self, text: str, question: str) -> Mapping[str, Any]:  # noqa: ARG002
        return facts_told(text)

    def usable(self, heard: Heard, answers: Answers) -> Heard:
        return usable_for_the_check(heard, answers)

    def consequences(self, answers: Answers) -> Mapping[str, Any]:
        return consequences_of_the_check(answers)


def usable_for_the_check(heard: Heard, answers: Answers) -> Heard:
    """Return `heard` with the answers that the check accepts, or a problem.

    Age and nationality decide everything: "I don't know" is no answer to them. An earlier
    participation without its category is asked about once more.
    """
    kept = dict(heard.answers)
    if kept.get("program") == UNKNOWN:
        kept["program"] = NOT_SURE
    if lacks_a_category(kept.get("previous_participations")) and not answers.get("attempt"):
        return Heard(problem="participation_details_needed")
    for name in NEEDED:
        if kept.get(name) == UNKNOWN:
            return Heard(problem=f"{name}_needed")
    return replace(heard, answers=kept)


def consequences_of_the_check(answers: Answers) -> dict[str, Any]:
    """Return what is forgotten after `answers`: all of a minor, and what means nothing any more."""
    return dict(FORGOTTEN_MINOR if is_under_age(answers) else dict.fromkeys(void_answers(answers)))


def facts_told(text: str) -> dict[str, Any]:
    """Return the facts that `text` states, and None for an answer that it wants changed."""
    today = services().today()
    changes = {name: value for name, value in changes_in(text, today).items() if name in FACTS}
    return {**changes, **read_facts(text, today)}


class ActionStartPrescreening(SafeAction):
    """Opens the pre-screening with the facts that the visitor has told already."""

    def name(self) -> str:
        return "action_start_prescreening"

    async def act(self, turn: Turn) -> list[EventType]:
        if turn.slot("under_age"):
            tell_minor(turn)
            return [*close_forms(), FollowupAction("action_listen")]
        decided = turn.slot("offer") == "waiting_list"
        if decided and wants_to_join(turn.text):
            return [FollowupAction("action_start_waiting_list")]
        if turn.tracker.active_loop.get("name") == "prescreen_form":
            return []
        named = program_named_in(turn.text, services().knowledge)
        facts = {**named, **read_facts(turn.text, services().today())}
        turn.say("utter_start_prescreening")
        if described := describe_facts(facts, turn.words):
            turn.say("utter_noted", facts=described)
        forgotten = dict.fromkeys((*FACTS, "offer")) if decided else {}
        return [
            *close_forms(),
            *filled(forgotten | facts),
            FollowupAction("prescreen_form"),
        ]


class ActionNoteFacts(SafeAction):
    """Keeps what visitors tell about themselves unasked, and offers to check where they stand.

    Whoever tells more in reply to that offer has taken it.
    """

    def name(self) -> str:
        return "action_note_facts"

    async def act(self, turn: Turn) -> list[EventType]:
        facts = facts_told(turn.text)
        if asks_to_be_checked(turn.text) or (takes_the_offer(turn) and not is_under_age(facts)):
            return [FollowupAction("action_start_prescreening")]
        if not facts and asks_something_else(turn):
            return ask_back(turn)
        return note_facts(turn, facts)


class ActionDecide(SafeAction):
    """Says where the visitor stands in each program in play, and offers the waiting list."""

    def name(self) -> str:
        return "action_decide"

    async def act(self, turn: Turn) -> list[EventType]:
        return tell_decisions(turn)


def takes_the_offer(turn: Turn) -> bool:
    """Tell whether the pre-screening is on offer; a country alone is a question, no reply to it."""
    about_countries = topic_for_countries(turn.text, turn.slot("country_topic"))
    return turn.slot("offer") == "prescreening" and about_countries is None


def asks_something_else(turn: Turn) -> bool:
    """Tell whether a question was taken for a statement: "and how much money"."""
    about_countries = topic_for_countries(turn.text, turn.slot("country_topic"))
    return is_question(turn.text) and about_countries is None


def tell_minor(turn: Turn) -> None:
    """Say that nothing is kept of people under 18, and erase what was applied for in this chat."""
    erasure = services().waiting_list.erase_conversation(turn.conversation_id)
    if erasure.references:
        services().eraser.erase(Person(references=frozenset(erasure.references)))
    turn.say("utter_under_age")


def tell_decisions(turn: Turn) -> list[EventType]:
    """Say where the visitor stands by the answers given, and what can follow."""
    if turn.slot("under_age"):
        tell_minor(turn)
        return filled({"offer": None})
    knowledge = services().knowledge
    made = decisions(turn.answers, services().today(), knowledge)
    *others, last = made.values()
    for decision in others:
        tell_decision(turn, decision)
    is_open = bool(open_programs(made))
    turn.show(
        "utter_offer_waiting_list" if is_open else "utter_no_program_open",
        {"decision": card(last, knowledge, turn.words)},
        decision=explain(last, knowledge, turn.words),
    )
    outcomes = {program: decision.outcome.value for program, decision in made.items()}
    return filled({"offer": "waiting_list" if is_open else None, "outcomes": outcomes})


def tell_decision(turn: Turn, decision: Decision) -> None:
    """Say what a decision found, criterion by criterion."""
    knowledge = services().knowledge
    turn.attach({"decision": card(decision, knowledge, turn.words)})
    turn.dispatcher.utter_message(text=explain(decision, knowledge, turn.words))


def attach_progress(turn: Turn) -> None:
    """Attach the progress to the question that an open pre-screening asks again by itself."""
    if turn.tracker.active_loop.get("name") == "prescreen_form":
        now = progress(turn.answers, services().today(), services().knowledge)
        turn.attach({"progress": now})


class ActionExplainQuestion(SafeAction):
    """Answers "why do you ask?" for the open question."""

    def name(self) -> str:
        return "action_explain_question"

    async def act(self, turn: Turn) -> list[EventType]:
        turn.say(f"utter_why_{turn.slot(REQUESTED_SLOT) or 'nothing_asked'}")
        attach_progress(turn)
        return []


def note_facts(turn: Turn, facts: Mapping[str, Any]) -> list[EventType]:
    """Say that `facts` are kept and offer the pre-screening; keep nothing of a minor.

    A country alone is a question about it, and is answered instead.
    """
    topic = topic_for_countries(turn.text, turn.slot("country_topic"))
    if topic and not turn.tracker.active_loop.get("name"):
        return say_answer(turn, topic) + filled(facts if speaks_of_oneself(turn.text) else {})
    if is_under_age(facts):
        tell_minor(turn)
        return filled(FORGOTTEN_MINOR)
    if described := describe_facts(facts, turn.words):
        turn.say("utter_noted", facts=described)
    turn.say("utter_offer_prescreening")
    return filled({**with_the_birth_forgotten(facts, turn.answers), "offer": "prescreening"})
