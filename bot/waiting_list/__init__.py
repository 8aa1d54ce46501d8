"""Who stands in line for the places of a program and season.

`service.WaitingList` is the only writer; see docs/waiting-list.md for the rules it keeps.
"""

from __future__ import annotations

from bot.waiting_list.entry import (
    Consent,
    EarlierSubmission,
    Entry,
    Erasure,
    Receipt,
    State,
    Submission,
)
from bot.waiting_list.errors import WaitingListError
from bot.waiting_list.history import Event, HistoryLine
from bot.waiting_list.pool import Pool
from bot.waiting_list.service import WaitingList, open_waiting_list

__all__ = [
    "Consent",
    "EarlierSubmission",
    "Entry",
    "Erasure",
    "Event",
    "HistoryLine",
    "Pool",
    "Receipt",
    "State",
    "Submission",
    "WaitingList",
    "WaitingListError",
    "open_waiting_list",
]
