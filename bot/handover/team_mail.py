"""The mail that tells the team of a request: one each, without a word of the conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.handover.desk import HandoverDesk
from bot.handover.request import Request

CLAIM = timedelta(minutes=5)


@dataclass(frozen=True)
class TeamMail:
    """What to send. `name` is the same at every attempt for the same request."""

    name: str
    subject: str
    body: str
    date: datetime


def letter_about(request: Request) -> TeamMail:
    """Return the mail about one request."""
    return TeamMail(
        name=f"handover-{request.id:06d}",
        subject="A visitor asks for a person",
        body=(
            f"On {request.requested_at:%Y-%m-%d} at {request.requested_at:%H:%M} UTC a visitor "
            f"asked for a person (channel: {request.channel}).\n\n"
            "The conversation waits in the console under Handover:\n"
            f"{request.conversation_id}\n\n"
            "Until somebody takes it, the assistant goes on answering.\n"
        ),
        date=request.requested_at,
    )


def tell_team(desk: HandoverDesk, send: Callable[[TeamMail], bool], most: int = 20) -> int:
    """Send the mails that are due; return how many were sent.

    `send` returns whether the mail was taken. One that was not is tried again after `CLAIM`, under
    the same name; a request that somebody has taken meanwhile needs no mail.
    """
    sent = 0
    while sent < most:
        request = desk.mail_due(until=desk.clock() + CLAIM)
        if request is None or not send(letter_about(request)):
            break
        desk.mail_sent(request)
        sent += 1
    return sent
