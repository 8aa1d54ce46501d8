"""What is kept about members of staff. They are not the people of `iec privacy`."""

from __future__ import annotations

from bot.keeping import NothingPersonal
from bot.staff.tables import accounts, attempts, sessions

KEEPERS = (
    NothingPersonal(accounts, sessions, attempts, why="accounts of staff, nothing of applicants"),
)
