"""What the queue of conversations that asked for a person keeps about them."""

from __future__ import annotations

from bot.handover.tables import handovers
from bot.keeping import OfConversations

KEEPERS = (OfConversations("handovers", handovers, last=handovers.c.last_at),)
