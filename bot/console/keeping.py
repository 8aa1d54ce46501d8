"""What the console keeps: nothing about applicants."""

from __future__ import annotations

from bot.console.tables import saved_views
from bot.keeping import NothingPersonal

KEEPERS = (NothingPersonal(saved_views, why="filters that staff saved under a name"),)
