"""What the assistant was unsure of, for staff to decide; it learns nothing by itself."""

from __future__ import annotations

from bot.teaching.gathering import gather
from bot.teaching.inbox import Decision, Riddle, TeachingError, TeachingInbox

__all__ = [
    "Decision",
    "Riddle",
    "TeachingError",
    "TeachingInbox",
    "gather",
]
