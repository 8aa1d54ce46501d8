"""What the pages work with, opened once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from sqlalchemy.engine import Engine

from bot.audit import AuditLog
from bot.clock import Clock, system_clock
from bot.console.tables import console_metadata
from bot.conversation.words import Words
from bot.database import create_tables, open_engine
from bot.handover import HandoverDesk
from bot.knowledge import Knowledge, load_knowledge
from bot.settings import PROJECT_ROOT, Settings
from bot.staff import Office, open_office
from bot.teaching import TeachingInbox
from bot.transcripts.events_table import events_metadata
from bot.waiting_list import WaitingList, open_waiting_list

RESPONSES = PROJECT_ROOT / "data" / "responses"


@dataclass(frozen=True)
class Services:
    """The stores and the facts behind the pages."""

    settings: Settings
    engine: Engine
    clock: Clock
    office: Office
    waiting_list: WaitingList
    audit: AuditLog

    @cached_property
    def knowledge(self) -> Knowledge:
        """The facts of the active seasons."""
        return load_knowledge(self.settings.iec_season, self.settings.ro_season)

    @cached_property
    def handovers(self) -> HandoverDesk:
        """The conversations that asked for a person."""
        return HandoverDesk(self.engine, self.clock, self.settings.handover_hours)

    @cached_property
    def teaching(self) -> TeachingInbox:
        """What the assistant was unsure of."""
        return TeachingInbox(self.engine, self.clock)

    @cached_property
    def words(self) -> Words:
        """The assistant's own words, to show answers and findings as the applicant saw them."""
        responses: dict[str, Any] = {}
        for path in sorted(RESPONSES.glob("*.yml")):
            with path.open(encoding="utf-8") as file:
                responses |= yaml.load(file, Loader=yaml.CSafeLoader)["responses"]
        return Words(responses)


def open_services(settings: Settings, clock: Clock = system_clock) -> Services:
    """Return the services of these settings; missing tables are made.

    Raises:
        bot.waiting_list.errors.StoreError, sqlalchemy.exc.SQLAlchemyError: the database fails.
    """
    waiting_list = open_waiting_list(settings, clock)
    engine = open_engine(settings.database_url)
    create_tables(engine, console_metadata)
    create_tables(engine, events_metadata)
    return Services(
        settings=settings,
        engine=engine,
        clock=clock,
        office=open_office(engine, clock),
        waiting_list=waiting_list,
        audit=AuditLog(engine, clock),
    )
