"""What came in, what was answered and what is still to be sent, without Rasa."""

from __future__ import annotations

from bot.mailroom.forgetting import forget_conversation
from bot.mailroom.inbox import Arrival, Inbox, LastOffer
from bot.mailroom.incoming import Incoming
from bot.mailroom.outbox import Outbox, Parcel, Status
from bot.mailroom.reply import Bubble, Reply, bubbles
from bot.mailroom.unanswered import Unanswered

__all__ = [
    "Arrival",
    "Bubble",
    "Inbox",
    "Incoming",
    "LastOffer",
    "Outbox",
    "Parcel",
    "Reply",
    "Status",
    "Unanswered",
    "bubbles",
    "forget_conversation",
]
