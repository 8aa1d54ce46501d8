"""One applicant's conversation with the trained bot, and everything that went wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversation.clarifying import topic_of
from bot.conversation.prescreening import FACTS, UNKNOWN, is_under_age, open_questions
from bot.conversation.prescreening import programs_in_play as programs_for
from bot.conversation.reading.weighing.examples import comparable
from bot.eligibility import Applicant, Decision, Outcome, decide_all
from bot.knowledge import Knowledge
from bot.waiting_list.service import WaitingList
from tests.dialogue.visitor import Visitor
from tests.simulation.applicants import Profile
from tests.simulation.phrasing import Speaker

MOST_TURNS = 60
MOST_REPLIES = 4
"""How often an applicant answers the same question before giving up."""
HEADLINES = {
    Outcome.QUALIFIED: "you seem to meet the published criteria",
    Outcome.NOT_QUALIFIED: "a published criterion seems not to be met",
    Outcome.NEEDS_REVIEW: "this needs a person",
}
STAY = re.compile(r"Longest stay: (\d+) months")
Slots = Mapping[str, Any]


class GaveUp(Exception):
    """The applicant gets no further; the text says where."""


@dataclass
class Run:
    """What happened: the words, and what was counted."""

    profile: Profile
    transcript: list[str] = field(default_factory=list)
    completed: bool = False
    asked_back: list[tuple[str, bool]] = field(default_factory=list)
    corrected: list[tuple[str, bool]] = field(default_factory=list)
    odd: int = 0
    replies: int = 0
    not_understood: list[str] = field(default_factory=list)
    wrong_values: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    wrong_decisions: list[str] = field(default_factory=list)
    wrong_leads: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    has_lead: bool = False
    outcomes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        headline = f"--- applicant {self.profile.number} {dict(self.profile.truth)}"
        return "\n".join([headline, *self.transcript])


class Conversation:
    """Leads one applicant through the pre-screening and the waiting list."""

    def __init__(
        self,
        profile: Profile,
        agent: Agent,
        waiting_list: WaitingList,
        knowledge: Knowledge,
        today: date,
    ) -> None:
        self.run = Run(profile)
        self.profile = profile
        self.visitor = Visitor(agent, f"simulated-{profile.number}")
        self.speaker = Speaker(profile)
        self.waiting_list = waiting_list
        self.knowledge = knowledge
        self.today = today
        self.slots: Slots = {}
        self.to_correct: tuple[str, Any] | None = None
        self.slip_done = self.profile.slip is None
        self.asks_at = set(profile.asks_at)
        self.odd_at = dict(profile.odd_at)
        self.decided_in = ""
        self.answered_a_question = False

    async def lead(self) -> Run:
        """Have the whole conversation and return what happened."""
        try:
            await self._start()
            await self._answer_all()
            self.decided_in = self.visitor.answer
            await self._check_the_end()
            if self.slots.get("offer") == "waiting_list":
                await self._reply_to_the_offer()
                await self._answer_all()
                self._check_the_lead()
            self.run.completed = True
        except (GaveUp, AssertionError) as stuck:
            self.run.broken.append(f"{type(stuck).__name__}: {stuck}")
            self.run.transcript.append(f"!!! {stuck}")
        return self.run

    async def _start(self) -> None:
        """Open the pre-screening; in plainer words when the first are not understood."""
        opening = self.speaker.start()
        for words in (opening, "check if I qualify", "/start_prescreening"):
            await self._say(words)
            if self.slots.get("requested_slot") or self.slots.get("under_age"):
                return
            self.run.not_understood.append(f"start: {words!r}")
        raise GaveUp("the pre-screening does not start")

    async def _answer_all(self) -> None:
        """Answer whatever is open until nothing is."""
        replies: dict[str, int] = {}
        for _ in range(MOST_TURNS):
            question = self.slots.get("requested_slot")
            if question is None:
                return
            if self.to_correct and self.to_correct[0] != question:
                await self._correct(*self.to_correct)
            elif question in self.asks_at:
                await self._ask_back(question)
            elif question in self.odd_at:
                await self._be_odd(question)
            else:
                replies[question] = replies.get(question, 0) + 1
                if replies[question] > MOST_REPLIES:
                    raise GaveUp(f"{question} is asked again and again")
                await self._answer(question, again=replies[question] > 1)
        raise GaveUp("this never ends")

    async def _reply_to_the_offer(self) -> None:
        """Accept or refuse the waiting list; tap the button when the words are not understood."""
        joins = self.profile.joins
        tapped = self._payloads()[0 if joins else 1]
        for words in (self.speaker.offer(), tapped):
            await self._say(words)
            understood = bool(self.slots.get("requested_slot")) is joins
            if understood and (joins or self.slots.get("offer") is None):
                return
            self.run.not_understood.append(f"offer: {words!r}")

    async def _answer(self, question: str, *, again: bool) -> None:
        value = self._value_for(question)
        text = self.speaker.answer(question, value, self._payloads(), plainly=again)
        before = self._ask()
        await self._say(text)
        self.run.replies += 1
        if self.slots.get("requested_slot") == question:
            self.run.not_understood.append(f"{question}: {text!r}")
            self._note_a_repeated_question(before)

    def _value_for(self, question: str) -> Any:
        """Return what the applicant says: the truth, or once a slip that leaves more to ask."""
        special = {"consent": True, "confirm": True, "applicant_name": self.profile.name}
        if question in special:
            return special[question]
        if question == "email":
            return self.profile.email
        if question == "program_choice":
            return self._choice()
        if not self.slip_done and self.profile.slip and self.profile.slip[0] == question:
            wrong = self.profile.slip[1]
            self.slip_done = True
            if open_questions({**self.slots, question: wrong}, self.today, self.knowledge):
                self.to_correct = (question, wrong)
                return wrong
        return self.profile.truth[question]

    def _choice(self) -> str:
        """Return the program to join: the first that the decisions leave open."""
        return next(
            name
            for name, made in self._decisions().items()
            if made.outcome is not Outcome.NOT_QUALIFIED
        )

    async def _correct(self, question: str, wrong: Any) -> None:
        """Put a slip right; try other words before giving up. The first words are counted."""
        for attempt in range(MOST_REPLIES):
            asked = str(self.slots.get("requested_slot"))
            await self._say(self.speaker.correction(wrong, question))
            if self.slots.get(asked) is not None:
                self.run.wrong_values.append(f"{asked}: answered by a correction of {question}")
            forgotten = self.slots.get("under_age") is True
            right = forgotten or self._is_true(question)
            if attempt == 0:
                self.run.corrected.append((question, right))
            if right:
                self.to_correct = None
                return
            self.run.transcript.append(f"!!! {question} is still {self.slots.get(question)!r}")
        self.to_correct = None

    async def _ask_back(self, question: str) -> None:
        self.asks_at.remove(question)
        before = self._ask()
        text, topic = self.speaker.question()
        tracker = await self._say(text)
        answered = self.answered_a_question and topic_of(_parse(tracker)) == topic
        resumed = self.slots.get("requested_slot") == question and self._ask() == before
        self.run.asked_back.append((question, answered and resumed))
        if not (answered and resumed):
            self.run.transcript.append(f"!!! {topic}: answered {answered}, resumed {resumed}")

    async def _be_odd(self, question: str) -> None:
        for _ in range(self.odd_at.pop(question)):
            before, held = self._ask(), self.slots.get(question)
            await self._say(self.speaker.odd(question))
            self.run.odd += 1
            if self.slots.get(question) != held:
                self.run.wrong_values.append(f"{question} from an odd answer")
            self._note_a_repeated_question(before)

    def _note_a_repeated_question(self, before: str) -> None:
        """Note a question in the same words again, unless something was answered in between."""
        if self._ask() == before and not self.answered_a_question:
            self.run.repeated.append(before)
            self.run.transcript.append("!!! the same words again")

    async def _say(self, text: str) -> DialogueStateTracker:
        self.run.transcript.append(f"  > {text}")
        await self.visitor.says(text)
        tracker = await self._tracker()
        self.slots = tracker.current_slot_values()
        self.answered_a_question = _ran(tracker, "action_answer_faq")
        asked = self.slots.get("requested_slot")
        self.run.transcript += [*self.visitor.answer.splitlines(), f"    [{asked}]"]
        self._check_the_slots()
        return tracker

    async def _tracker(self) -> DialogueStateTracker:
        tracker = await self.visitor.agent.tracker_store.retrieve(self.visitor.conversation_id)
        assert tracker is not None
        return tracker

    def _ask(self) -> str:
        """Return the words of the open question, the last thing that the bot said."""
        return str(self.visitor.heard[-1].get("text"))

    def _payloads(self) -> Sequence[str]:
        return [
            button["payload"]
            for message in self.visitor.heard
            for button in message.get("buttons") or []
        ]

    def _check_the_slots(self) -> None:
        """Note every remembered value that is neither true nor the slip just made."""
        for name in FACTS:
            if self.to_correct and self.to_correct[0] == name:
                continue
            if self.slots.get(name) is not None and not self._is_true(name):
                error = f"{name}: {self.slots[name]!r} for {self.profile.truth.get(name)!r}"
                if error not in self.run.wrong_values:
                    self.run.wrong_values.append(error)
                    self.run.transcript.append(f"!!! wrong value: {error}")

    def _is_true(self, name: str) -> bool:
        held, true = self.slots.get(name), self.profile.truth.get(name)
        if held in (None, UNKNOWN):
            return true is None
        return comparable(held) == comparable(true)

    def _decisions(self) -> dict[str, Decision]:
        """Return the decisions on the whole profile.

        With several passports the one that counts can depend on where somebody lives, which is
        not asked when it changes no outcome; then the profile is taken as far as it was told.
        """
        facts = self.profile.facts
        if len(self.profile.truth["nationalities"]) > 1:
            facts = {
                name: value for name, value in facts.items() if self.slots.get(name) is not None
            }
        return decide_all(
            Applicant.from_answers(facts),
            self.today,
            self.knowledge,
            programs_for(self.profile.truth),
        )

    async def _check_the_end(self) -> None:
        """Compare what the bot decided with the decision on the whole profile."""
        said = self.decided_in
        if is_under_age(self.profile.truth):
            if "18" not in said or any(self.slots.get(name) is not None for name in FACTS):
                self.run.wrong_decisions.append("under age, and not told so or still kept")
            return
        if not _ever_ran(await self._tracker(), "action_decide"):
            raise GaveUp("the pre-screening ends without a decision")
        for name, decision in self._decisions().items():
            title = self.knowledge.program(name).title
            block = said.partition(f"{title}, season {decision.season}: ")[2].partition(
                "\nSource:"
            )[0]
            stay = STAY.search(block)
            months = int(stay.group(1)) if stay else None
            self.run.outcomes.append(decision.outcome.value)
            if HEADLINES[decision.outcome] not in block or months != decision.max_stay_months:
                expected = f"{decision.outcome.value}, {decision.max_stay_months} months"
                self.run.wrong_decisions.append(f"{name} should be {expected}")
                self.run.transcript.append(f"!!! {self.run.wrong_decisions[-1]}")

    def _check_the_lead(self) -> None:
        """Compare the lead with the profile; whoever does not join must leave none."""
        entries = [
            entry
            for entry in self.waiting_list.entries()
            if entry.conversation_id == self.visitor.conversation_id
        ]
        self.run.has_lead = bool(entries)
        if not self.profile.joins:
            self.run.wrong_leads += ["written without consent"] * len(entries)
            return
        if len(entries) != 1:
            raise GaveUp(f"{len(entries)} leads written")
        (entry,) = entries
        decision = self._decisions()[entry.program]
        pairs = {
            "program": (entry.program, self._choice()),
            "name": (entry.name, self.profile.name),
            "email": (entry.email, self.profile.email),
            "outcome": (entry.outcome, decision.outcome.value),
            "nationality": (entry.nationality, decision.citizenship),
        }
        pairs |= {
            name: (comparable(held), comparable(self.profile.truth.get(name)))
            for name, held in entry.answers.items()
        }
        for name, (held, true) in pairs.items():
            if held != true:
                self.run.wrong_leads.append(f"{name}: {held!r} for {true!r}")
                self.run.transcript.append(f"!!! lead {self.run.wrong_leads[-1]}")


def _parse(tracker: DialogueStateTracker) -> Mapping[str, Any]:
    assert tracker.latest_message
    return tracker.latest_message.parse_data


def _ran(tracker: DialogueStateTracker, action: str) -> bool:
    """Tell whether `action` ran since the latest message."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, ActionExecuted) and event.action_name == action:
            return True
    return False


def _ever_ran(tracker: DialogueStateTracker, action: str) -> bool:
    return any(
        isinstance(event, ActionExecuted) and event.action_name == action
        for event in tracker.events
    )


def questions_of(runs: Sequence[Run]) -> set[str]:
    """Return the questions at which somebody asked back."""
    return {question for run in runs for question, _ in run.asked_back}
