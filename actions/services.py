"""What the actions call: knowledge, the waiting list and the clock, opened at first use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from bot.clock import Clock, system_clock
from bot.database import open_engine
from bot.handover import HandoverDesk
from bot.knowledge import Knowledge, load_knowledge
from bot.privacy.erasing import Eraser
from bot.settings import Settings, settings
from bot.waiting_list.service import WaitingList, open_waiting_list


@dataclass
class Services:
    """The assistant's parts as the actions see them; nothing is opened before it is needed."""

    settings: Settings
    clock: Clock = field(default=system_clock)

    @cached_property
    def knowledge(self) -> Knowledge:
        """The published facts of the active seasons."""
        return load_knowledge(self.settings.iec_season, self.settings.ro_season)

    @cached_property
    def waiting_list(self) -> WaitingList:
        """The waiting list, with its database at the newest version."""
        return open_waiting_list(self.settings, self.clock)

    @cached_property
    def handovers(self) -> HandoverDesk:
        """The conversations that asked for a person."""
        engine = open_engine(self.settings.database_url)
        return HandoverDesk(engine, self.clock, self.settings.handover_hours)

    @cached_property
    def eraser(self) -> Eraser:
        """Deletes what all rooms keep about a person."""
        return Eraser(open_engine(self.settings.database_url), self.settings, self.clock)

    def today(self) -> date:
        """The day, in UTC, on which ages are counted."""
        return self.clock().date()


@lru_cache(maxsize=1)
def services() -> Services:
    """Return the services of this process."""
    return Services(settings())
