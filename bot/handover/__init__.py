"""Conversations that asked for a person: the queue, and who has which."""

from __future__ import annotations

from bot.handover.desk import HandoverDesk
from bot.handover.request import ANSWERED_HERE, HandoverError, HandoverState, Request
from bot.handover.team_mail import TeamMail, tell_team

__all__ = [
    "ANSWERED_HERE",
    "HandoverDesk",
    "HandoverError",
    "HandoverState",
    "Request",
    "TeamMail",
    "tell_team",
]
