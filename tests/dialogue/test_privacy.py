"""What the trained bot leaves behind of people: nothing of minors, nothing of who was erased."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from rasa.core.agent import Agent
from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine

from actions.services import Services
from actions.services import services as open_services
from bot.channels.guarded import TALKATIVE_LOGGERS
from bot.database import open_engine, overwrite_deleted
from bot.keeping import Person, keepers_in
from bot.privacy.erasing import Eraser
from bot.privacy.exporting import export
from bot.privacy.log_filter import install_log_filter
from bot.privacy.people import identify
from bot.settings import settings
from bot.tracking.store import GuardedTrackerStore
from bot.waiting_list.delivery import Delivery
from bot.waiting_list.mail import MailFolder, Sender
from tests.conftest_postgres import postgres_database
from tests.dialogue.conftest import NOON
from tests.dialogue.journeys import join_the_list, qualify_for_coop
from tests.dialogue.visitor import Visitor


@dataclass(frozen=True)
class Someone:
    """An applicant, and what of them may be stored somewhere."""

    channel: str
    name: str
    email: str
    words: str

    @property
    def traces(self) -> tuple[str, ...]:
        return (*self.name.split(), self.email, self.words)


ANNA = Someone("web", "Annabel Quistgaard", "annabel@quist.example", "hurdy-gurdy")
BRUNO = Someone("telegram", "Bruno Vandamme", "bruno@vandamme.example", "bagpipes")
CARLA = Someone("whatsapp", "Carla Etxeberria", "carla@etxe.example", "marimba")

TELLS_AGE = re.compile(r"\b(?:16|sixteen|2010|born|only)\b")
NO_TEXT = re.compile(r"[\d.]+$|\d{4}-\d\d-\d\d|web-")


@pytest.fixture(params=["sqlite", "postgresql"])
def stored(
    request: pytest.FixtureRequest, agent: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Services]:
    """The actions' services on a database of either kind; every log goes to a file."""
    monkeypatch.setenv("IEC_DATA_DIR", str(tmp_path))
    if request.param == "postgresql":
        database = postgres_database()
        url = database.__enter__().url.render_as_string(hide_password=False)
        monkeypatch.setenv("IEC_DATABASE_URL", url)
    settings.cache_clear()
    open_services.cache_clear()
    fresh = open_services()
    fresh.clock = lambda: NOON
    agent.tracker_store = agent.processor.tracker_store = GuardedTrackerStore(agent.domain)
    yield fresh
    settings.cache_clear()
    open_services.cache_clear()
    if request.param == "postgresql":
        agent.tracker_store.engine.dispose()
        database.__exit__(None, None, None)


@pytest.fixture
def log_file(stored: Services) -> Iterator[Path]:
    """The file into which every logger writes everything while the filter is on."""
    path = stored.settings.log_dir / "rasa.log"
    path.parent.mkdir()
    handler = logging.FileHandler(path)
    logging.getLogger().addHandler(handler)
    # A channel that was started in this process before has made the talkative ones quiet.
    loggers = [logging.getLogger(name) for name in ("root", *TALKATIVE_LOGGERS)]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    install_log_filter()
    yield path
    logging.getLogger().removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    logging.captureWarnings(False)
    logging.setLogRecordFactory(logging.LogRecord)


async def apply(agent: Agent, person: Someone) -> Visitor:
    visitor = Visitor(agent, f"{person.channel}-{uuid4()}")
    await visitor.says(f"I play the {person.words}, is that a job?")
    await qualify_for_coop(visitor)
    await join_the_list(visitor, person.name, person.email)
    await visitor.says("yes")
    visitor.sees("IEC-")
    return visitor


def rows(engine: Engine) -> str:
    """Return every row of every table, as stored and as the program reads it."""
    with engine.begin() as connection:
        raw = [
            row
            for name in inspect(connection).get_table_names()
            for row in connection.execute(text(f'SELECT * FROM "{name}"'))
        ]
        read = [
            row
            for keeper in keepers_in(connection)
            for table in keeper.tables
            for row in connection.execute(table.select())
        ]
    return "\n".join(json.dumps([str(v) for v in row], ensure_ascii=False) for row in raw + read)


def everything(services: Services, engine: Engine) -> str:
    files = [path for path in services.settings.data_dir.rglob("*") if path.is_file()]
    return rows(engine) + "\n".join(path.read_bytes().decode("latin-1") for path in files)


def texts(kept: str) -> Iterator[str]:
    """Yield every text in the rows, also those inside JSON; ids and times are none."""
    for row in kept.splitlines():
        for value in json.loads(row):
            yield from _texts_in(json.loads(value) if value.startswith("{") else value)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts_in(each)
    elif isinstance(value, str) and not NO_TEXT.match(value):
        yield value


def traces(person: Someone, kept: str) -> list[str]:
    return [trace for trace in person.traces if trace.casefold() in kept.casefold()]


async def test_of_three_people_on_three_channels_one_is_erased_and_the_others_are_whole(
    agent: Agent, stored: Services, log_file: Path
):
    engine = open_engine(stored.settings.database_url)
    for person in (ANNA, BRUNO, CARLA):
        await apply(agent, person)
    folder, sender = MailFolder(stored.settings.mail_dir), Sender("a@localhost", "b@example.org")
    Delivery(engine, folder, sender, stored.clock).deliver()
    with engine.begin() as connection:
        people = {who: identify(connection, who.email) for who in (ANNA, BRUNO, CARLA)}
        before = {who: export(connection, person) for who, person in people.items()}
    assert traces(ANNA, everything(stored, engine)) == list(ANNA.traces)
    Eraser(engine, stored.settings, stored.clock).erase(people[ANNA])
    kept = everything(stored, engine)
    assert traces(ANNA, kept) == []
    for other in (BRUNO, CARLA):
        assert traces(other, kept) == list(other.traces)
        with engine.begin() as connection:
            assert export(connection, people[other]) == before[other]
    log = log_file.read_text()
    assert len(log.splitlines()) > 100
    assert [trace for who in people for trace in traces(who, log)] == []
    engine.dispose()


@pytest.mark.parametrize(
    "said",
    [
        ["check if I qualify", "International Co-op", "I am Annabel Quistgaard and I am 16"],
        ["my name is Annabel Quistgaard, annabel@quist.example, and I am sixteen years old"],
        ["I play the hurdy-gurdy", "write to annabel@quist.example", "I'm only 16", "I am 16"],
        ["I was born on 3 May 2010, Annabel Quistgaard is my name", "am I eligible?"],
    ],
    ids=lambda said: said[-1],
)
async def test_of_somebody_under_18_no_table_holds_name_address_age_or_words(
    visitor: Visitor, services: Services, said: list[str]
):
    await visitor.says_all(*said)
    assert await visitor.slot("under_age") is True, visitor.answer
    kept = rows(open_engine(services.settings.database_url))
    assert visitor.conversation_id in kept
    assert traces(ANNA, kept) == []
    assert [words for words in texts(kept) if TELLS_AGE.search(words)] == []


async def test_an_applicant_who_turns_out_to_be_a_minor_leaves_nothing(
    visitor: Visitor, services: Services
):
    await qualify_for_coop(visitor)
    await join_the_list(visitor, ANNA.name, ANNA.email)
    await visitor.says("wait, actually I am 16 years old")
    assert await visitor.slot("under_age") is True, visitor.answer
    engine = open_engine(services.settings.database_url)
    assert traces(ANNA, rows(engine)) == []
    overwrite_deleted(engine)
    assert traces(ANNA, everything(services, engine)) == []


async def test_an_application_of_a_minor_is_erased_and_its_place_in_line_stays_empty(
    agent: Agent, services: Services
):
    visitor = await apply(agent, ANNA)
    await visitor.says("sorry, I am only 16 years old")
    visitor.sees("18")
    assert await visitor.slot("under_age") is True, visitor.answer
    assert traces(ANNA, rows(open_engine(services.settings.database_url))) == []
    (entry,) = services.waiting_list.entries()
    assert (entry.name, entry.answers, entry.position) == (None, None, 1)


async def test_a_visitor_who_asks_is_deleted_in_all_conversations_and_after_a_restore(
    agent: Agent, services: Services, new_visitor: Callable[[], Visitor]
):
    engine = open_engine(services.settings.database_url)
    await apply(agent, ANNA)
    (entry,) = services.waiting_list.entries()
    elsewhere = new_visitor()
    await elsewhere.says_all("delete my data", entry.reference, ANNA.email, "yes")
    elsewhere.sees("deleted", entry.reference)
    assert traces(ANNA, everything(services, engine)) == []
    eraser = Eraser(engine, services.settings)
    assert eraser.replay() == 0
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM erase_applied"))
    restored = await apply(agent, ANNA)
    with engine.begin() as connection:
        change = text("UPDATE waiting_list_entry SET reference = :reference WHERE name IS NOT NULL")
        connection.execute(
            text("UPDATE waiting_list_entry SET reference = 'IEC-2222-2222' WHERE name IS NULL")
        )
        connection.execute(change, {"reference": entry.reference})
    assert eraser.replay() == 2
    with engine.begin() as connection:
        left = identify(connection, restored.conversation_id)
    assert left == Person(conversations=frozenset({restored.conversation_id}))
    assert ANNA.email not in json.dumps([e.as_dict() for e in services.waiting_list.entries()])
