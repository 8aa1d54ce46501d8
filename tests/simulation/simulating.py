"""Many simulated applicants through one bot, and the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rasa.core.agent import Agent

from actions.services import Services
from bot.conversation.prescreening import QUESTIONS
from tests.simulation.applicants import make_profiles
from tests.simulation.conversation import Conversation, Run

SEED = 2026


async def simulate(agent: Agent, services: Services, count: int, seed: int = SEED) -> list[Run]:
    """Let `count` made-up applicants talk to the bot, one after the other."""
    today = services.today()
    return [
        await Conversation(profile, agent, services.waiting_list, services.knowledge, today).lead()
        for profile in make_profiles(count, QUESTIONS, today, seed)
    ]


@dataclass(frozen=True)
class Figures:
    """What a simulation measured."""

    runs: Sequence[Run]

    @property
    def completed(self) -> float:
        """The share of conversations that reached their end."""
        return sum(run.completed for run in self.runs) / len(self.runs)

    @property
    def answered_and_resumed(self) -> float:
        """The share of questions asked back that were answered and led back."""
        return _share(ok for run in self.runs for _, ok in run.asked_back)

    @property
    def corrected(self) -> float:
        """The share of slips that were put right by one correction."""
        return _share(ok for run in self.runs for _, ok in run.corrected)

    def found(self, what: str) -> list[str]:
        """Return every entry of the list `what` with its conversation's number."""
        return [
            f"{run.profile.number} ({run.profile.style}): {entry}"
            for run in self.runs
            for entry in getattr(run, what)
        ]

    def table(self) -> str:
        """Return the figures as text."""
        replies = sum(run.replies for run in self.runs)
        again = self.found("not_understood")
        rows = {
            "conversations": len(self.runs),
            "reached a decision or an explained end": f"{self.completed:.1%}",
            "answers given": replies,
            "answers not understood at once": f"{len(again)} ({len(again) / replies:.1%})",
            "wrong values": len(self.found("wrong_values")),
            "questions asked back": sum(len(run.asked_back) for run in self.runs),
            "of them answered, and the same question back": f"{self.answered_and_resumed:.1%}",
            "corrections": sum(len(run.corrected) for run in self.runs),
            "of them understood": f"{self.corrected:.1%}",
            "odd answers": sum(run.odd for run in self.runs),
            "same words asked twice in a row": len(self.found("repeated")),
            "decisions compared": sum(len(run.outcomes) for run in self.runs),
            "decisions by outcome": dict(Counter(o for run in self.runs for o in run.outcomes)),
            "wrong decisions": len(self.found("wrong_decisions")),
            "leads": sum(run.has_lead for run in self.runs),
            "wrong leads": len(self.found("wrong_leads")),
        }
        return "\n".join(f"{name}: {value}" for name, value in rows.items())


def _share(outcomes: object) -> float:
    listed = list(outcomes)  # type: ignore[call-overload]
    return sum(listed) / len(listed) if listed else 1.0
