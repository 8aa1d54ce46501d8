"""What came in, what was answered and what is still to be sent, without Rasa."""

from __future__ import annotations

from bot.mailroom.forgetting import forget_conversation
from bot.mailroom.inbox import Arrival, Inbox, LastOffer
from bot.mailroom.reply import Bubble, Reply, bubbles

__all__ = [
    "Arrival",
    "Bubble",
    "Inbox",
    "LastOffer",
    "Reply",
    "bubbles",
    "forget_conversation",
]
