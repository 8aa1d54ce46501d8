"""Three people on three channels, in every table that there is, for the tests of privacy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.engine import Engine

from bot.audit import AuditLog
from bot.database import create_tables, open_engine
from bot.handover.tables import handovers
from bot.keeping import keepers_in
from bot.mailroom import Inbox, bubbles
from bot.settings import Settings, read_settings
from bot.staff import open_office
from bot.transcripts.events_table import events, events_metadata
from bot.transcripts.feedback import give_feedback
from bot.transcripts.marks import add_note, add_tag
from bot.transcripts.person_messages import add_person_message
from bot.transcripts.summaries import catch_up
from bot.waiting_list import WaitingList
from bot.waiting_list.delivery import Delivery
from bot.waiting_list.mail import MailFolder, Sender
from bot.waiting_list.migrations import upgrade
from tests.conftest_postgres import postgres_database
from tests.unit.waiting_list.samples import PROGRAM, SEASON, HandSetClock, submission


@dataclass(frozen=True)
class Someone:
    """A visitor: what must not be found once the person is erased."""

    name: str
    email: str
    words: str
    conversation: str

    @property
    def traces(self) -> tuple[str, ...]:
        return (*self.name.split(), self.email, self.words)


ANNA = Someone("Annabel Quistgaard", "annabel@quist.example", "herring boats in Skagen", "web-a1")
BRUNO = Someone("Bruno Vandamme", "bruno@vandamme.example", "waffles of Ghent", "telegram-b2")
CARLA = Someone("Carla Etxeberria", "carla@etxe.example", "pelota in Bilbao", "whatsapp-c3")
EVERYBODY = (ANNA, BRUNO, CARLA)


@dataclass
class House:
    """A database, its data folder, and the clock by which things happen there."""

    engine: Engine
    settings: Settings
    clock: HandSetClock
    waiting_list: WaitingList
    references: dict[str, str]

    def everything_kept(self) -> str:
        """Return all rows as the program reads them, then as stored, then all files as bytes."""
        return self.rows_stored() + self.rows_read() + self.files()

    def rows_stored(self) -> str:
        with self.engine.begin() as connection:
            names = text(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
                if connection.dialect.name == "sqlite"
                else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            )
            return "\n".join(
                json.dumps([str(value) for value in row], ensure_ascii=False)
                for name in connection.execute(names).scalars().all()
                for row in connection.execute(text(f'SELECT * FROM "{name}"'))
            )

    def rows_read(self) -> str:
        with self.engine.begin() as connection:
            return "\n".join(
                json.dumps([str(value) for value in row], ensure_ascii=False)
                for keeper in keepers_in(connection)
                for table in keeper.tables
                for row in connection.execute(table.select())
            )

    def files(self) -> str:
        paths = [path for path in self.settings.data_dir.rglob("*") if path.is_file()]
        return "\n".join(path.read_bytes().decode("latin-1") for path in paths)


@contextmanager
def house(kind: str, folder: Path) -> Iterator[House]:
    """Yield a house in which nobody has been yet."""
    settings = read_settings({"IEC_DATA_DIR": str(folder)})
    if kind == "postgresql":
        with postgres_database() as engine:
            yield _house(engine, settings)
        return
    engine = open_engine(settings.database_url)
    yield _house(engine, settings)
    engine.dispose()


def _house(engine: Engine, settings: Settings) -> House:
    clock = HandSetClock()
    upgrade(engine)
    create_tables(engine, events_metadata)
    open_office(engine, clock)
    settings = replace(settings, database_url=engine.url.render_as_string(hide_password=False))
    waiting_list = WaitingList(engine, clock, mail_dir=settings.mail_dir)
    waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=5)
    return House(engine, settings, clock, waiting_list, {})


def move_in(house: House, *people: Someone) -> None:
    """Have people talk, apply, get mail, and staff write about them."""
    inbox, audit = Inbox(house.engine, house.clock), AuditLog(house.engine, house.clock)
    mails = Delivery(
        house.engine,
        MailFolder(house.settings.mail_dir),
        Sender("iec@localhost", "team@example.org"),
        house.clock,
    )
    for person in people:
        talk(house, person)
        inbox.receive(person.conversation, "m1")
        inbox.answer(person.conversation, "m1", bubbles(f"Thank you, {person.name}."))
        receipt = None
        for number in ("1", "2"):
            receipt = house.waiting_list.submit(
                submission(
                    person.email,
                    name=person.name,
                    conversation_id=person.conversation,
                    answers={"age": 24, "about": person.words},
                ),
                f"{person.email} {number}",
            )
        assert receipt is not None
        house.references[person.email] = receipt.reference
        at = house.clock()
        give_feedback(house.engine, person.conversation, "m1", "up", at)
        catch_up(house.engine)
        add_tag(house.engine, person.conversation, "nice")
        add_note(house.engine, person.conversation, "eva", at, f"{person.name} called", "k")
        audit.record("eva", "lead.view", receipt.reference)
        with house.engine.begin() as connection:
            said = f"{person.words}, says {person.name}"
            add_person_message(connection, person.conversation, "p1", at, "visitor", said)
            request = {"conversation_id": person.conversation, "channel": "web", "noticed": True}
            times = {"requested_at": at, "last_at": at, "next_mail_at": at}
            connection.execute(insert(handovers).values(state="taken", **request, **times))
    mails.deliver()


def talk(house: House, person: Someone, email: str | None = None) -> None:
    """Store what a person said."""
    moment = house.clock().timestamp()
    said = f"I am {person.name}, I like {person.words}, write to {email or person.email}"
    stored: list[dict[str, Any]] = [
        {"event": "session_started", "timestamp": moment},
        {"event": "user", "timestamp": moment, "text": said, "message_id": "m1"},
        {"event": "slot", "timestamp": moment, "name": "email", "value": email or person.email},
        {"event": "bot", "timestamp": moment, "text": f"Hello {person.name}", "data": {}},
    ]
    with house.engine.begin() as connection:
        connection.execute(
            insert(events),
            [
                {
                    "sender_id": person.conversation,
                    "type_name": event["event"],
                    "timestamp": moment,
                    "action_name": event.get("name"),
                    "data": json.dumps(event),
                }
                for event in stored
            ],
        )
