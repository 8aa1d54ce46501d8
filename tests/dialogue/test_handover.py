"""Asking the trained bot for a person."""

from __future__ import annotations

from email import message_from_bytes

from sqlalchemy.engine import Engine

from actions.services import Services
from bot.cli.worker import tend_handovers
from bot.handover import HandoverState
from bot.transcripts.search import find_conversation
from bot.waiting_list.mail import MailFolder, Sender
from tests.dialogue.visitor import Visitor


def engine_of(visitor: Visitor) -> Engine:
    return visitor.agent.tracker_store.engine


async def test_asking_twice_for_a_person_queues_once_and_tells_the_team_once(
    visitor: Visitor, services: Services
):
    await visitor.says("I want to talk to a real person please")
    visitor.sees("I have told the team", services.settings.team_email)
    await visitor.says("/human_handoff")
    (request,) = services.handovers.queue()
    assert (request.conversation_id, request.state) == (
        visitor.conversation_id,
        HandoverState.WAITING,
    )
    folder = services.settings.mail_dir
    for _ in range(2):
        assert tend_handovers(
            services.handovers, MailFolder(folder), Sender("bot@example.org", "team@example.org")
        )
    (mail,) = folder.glob("*.eml")
    letter = message_from_bytes(mail.read_bytes())
    assert (letter["To"], letter["Subject"]) == ("team@example.org", "A visitor asks for a person")


async def test_a_person_can_be_asked_for_in_the_middle_of_a_form(
    visitor: Visitor, services: Services
):
    await visitor.says_all("am I eligible?", "I'd rather talk to a person")
    visitor.sees("I have told the team")
    assert await visitor.slot("requested_slot") is None
    assert len(services.handovers.queue()) == 1


async def test_of_a_minor_not_even_the_wish_for_a_person_is_kept(
    visitor: Visitor, services: Services
):
    await visitor.says_all("am I eligible for the working holiday?", "I am 16")
    await visitor.says("talk to a person")
    visitor.sees(services.settings.team_email).does_not_see("I have told the team")
    assert services.handovers.queue() == []


async def test_the_summary_tells_what_became_of_a_conversation(visitor: Visitor):
    await visitor.says_all("What does it cost?", "qwxz blorp", "talk to a person")
    summary = find_conversation(engine_of(visitor), visitor.conversation_id)
    assert (summary.turns, summary.unanswered, summary.asked_person) == (3, 1, True)
    assert (summary.channel, summary.outcomes, summary.applied) == ("web", {}, False)
