"""The tracker store on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import inspect, select
from sqlalchemy.engine import Engine

import bot.encryption
from bot.encryption import Keyring
from bot.kept_keys import new_encryption_key
from bot.mailroom import Arrival, Inbox, bubbles
from bot.tracking.safe_start import UnsafeStart
from bot.tracking.store import ConversationOvertaken, GuardedTrackerStore
from bot.transcripts import Button, read_conversation
from bot.transcripts.events_table import events

ID = "web-6f1c1e1e-0c5b-4d0e-9b57-6f2f6d3c1a11"
DOMAIN = Domain.from_dict(
    {
        "intents": ["inform", "faq"],
        "entities": ["nationality"],
        "slots": {
            name: {"type": "any", "mappings": [{"type": "custom"}]}
            for name in ("under_age", "forget_conversation", "nationalities", "requested_slot")
        },
    }
)


def said(text: str, message_id: str = "m") -> UserUttered:
    entities = [{"entity": "nationality", "value": text}]
    intent = {"name": "inform", "confidence": 0.8}
    parse_data = {"intent": intent, "entities": entities, "text": text}
    return UserUttered(text, intent, entities, parse_data, message_id=message_id)


def new_store(engine: Engine) -> GuardedTrackerStore:
    return GuardedTrackerStore(DOMAIN, engine=engine)


async def turn(
    store: GuardedTrackerStore, new: Sequence[Event], sender_id: str = ID
) -> DialogueStateTracker:
    tracker = await store.get_or_create_tracker(sender_id, append_action_listen=False)
    tracker.update_with_events(list(new), DOMAIN)
    await store.save(tracker)
    return tracker


async def test_a_conversation_comes_back_as_it_was_saved(either_engine: Engine) -> None:
    saved = await turn(
        new_store(either_engine),
        [
            SessionStarted(),
            said("I am French 🇫🇷 \x00 \ud83d"),
            SlotSet("nationalities", ["FR"]),
            BotUttered("Good.", {"buttons": [{"title": "Yes", "payload": "Yes"}]}),
        ],
    )
    restored = await new_store(either_engine).retrieve(ID)
    assert restored is not None
    assert list(restored.events) == list(saved.events)
    assert restored.current_slot_values() == saved.current_slot_values()


async def test_every_event_is_stored_once_over_several_turns(either_engine: Engine) -> None:
    store = new_store(either_engine)
    for number in range(4):
        if number == 2:
            store = new_store(either_engine)
        await turn(store, [said(str(number)), BotUttered(str(number))])
    texts = [turn.text for turn in read_conversation(either_engine, ID).turns]
    assert texts == ["0", "0", "1", "1", "2", "2", "3", "3"]


async def test_a_conversation_nobody_had_is_none(either_engine: Engine) -> None:
    assert await new_store(either_engine).retrieve("web-nobody") is None
    assert await new_store(either_engine).retrieve_full_tracker("web-nobody") is None


async def test_only_the_latest_session_is_continued_and_all_can_be_read(
    either_engine: Engine,
) -> None:
    store = new_store(either_engine)
    await turn(store, [SessionStarted(), said("old")])
    await turn(store, [ActionExecuted("action_session_start"), SessionStarted(), said("new")])
    await turn(store, [said("newer")])
    for reader in (store, new_store(either_engine)):
        latest = await reader.retrieve(ID)
        everything = await reader.retrieve_full_tracker(ID)
        assert latest is not None
        assert everything is not None
        assert [e.text for e in latest.events if isinstance(e, UserUttered)] == ["new", "newer"]
        assert len(everything.events) == 6


async def test_a_turn_that_was_overtaken_is_refused_whole(either_engine: Engine) -> None:
    await turn(new_store(either_engine), [said("first")])
    slow, fast = new_store(either_engine), new_store(either_engine)
    overtaken = await slow.retrieve(ID)
    assert overtaken is not None
    await turn(fast, [said("second")])
    overtaken.update_with_events([said("third")], DOMAIN)
    with pytest.raises(ConversationOvertaken):
        await slow.save(overtaken)
    assert [t.text for t in read_conversation(either_engine, ID).turns] == ["first", "second"]


async def test_a_turn_that_was_not_saved_leaves_nothing_in_memory(either_engine: Engine) -> None:
    store = new_store(either_engine)
    await turn(store, [said("saved")])
    abandoned = await store.retrieve(ID)
    assert abandoned is not None
    abandoned.update_with_events([SlotSet("nationalities", ["FR"])], DOMAIN)
    again = await store.retrieve(ID)
    assert again is not None
    assert again.get_slot("nationalities") is None
    assert len(again.events) == 1


async def test_what_another_process_saved_is_seen(either_engine: Engine) -> None:
    here, there = new_store(either_engine), new_store(either_engine)
    await turn(here, [said("here")])
    await turn(there, [said("there")])
    tracker = await here.retrieve(ID)
    assert tracker is not None
    assert len(tracker.events) == 2


def everything_stored(engine: Engine) -> str:
    """Return every value of every table as one text."""
    with engine.begin() as connection:
        tables = inspect(connection).get_table_names()
        assert {"events", "inbox_messages"} <= set(tables)
        rows = [connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables]
    return repr(rows)


async def test_of_somebody_under_18_no_word_and_no_answer_stays(either_engine: Engine) -> None:
    inbox, store = Inbox(either_engine), new_store(either_engine)
    inbox.receive(ID, "1")
    await turn(store, [SessionStarted(), said("I am Zoe from Narnia", "1")])
    inbox.answer(ID, "1", bubbles("Hello Zoe from Narnia."))
    inbox.receive(ID, "2")
    await turn(
        store,
        [
            said("Narnia, and I am sixteen", "2"),
            SlotSet("nationalities", ["Narnia"]),
            SlotSet("under_age", True),
            BotUttered("You can come back at 18."),
        ],
    )
    inbox.answer(ID, "2", bubbles("You can come back at 18."))
    stored = everything_stored(either_engine)
    assert not [word for word in ("Zoe", "Narnia", "sixteen") if word in stored]
    assert [t.text for t in read_conversation(either_engine, ID).turns] == [
        "",
        "",
        "You can come back at 18.",
    ]
    assert inbox.receive(ID, "2").reply == bubbles("You can come back at 18.")


async def test_a_conversation_with_somebody_under_18_can_go_on(either_engine: Engine) -> None:
    await turn(new_store(either_engine), [said("I am 16"), SlotSet("under_age", True)])
    store = new_store(either_engine)
    tracker = await turn(store, [said("What does it cost?"), BotUttered("It costs a fee.")])
    assert tracker.get_slot("under_age") is True
    turns = read_conversation(either_engine, ID).turns
    assert [(t.text, t.intent) for t in turns] == [
        ("", "inform"),
        ("", "inform"),
        ("It costs a fee.", None),
    ]


async def test_a_forgotten_conversation_keeps_only_its_message_ids(either_engine: Engine) -> None:
    inbox, store = Inbox(either_engine), new_store(either_engine)
    inbox.receive(ID, "1")
    await turn(store, [SessionStarted(), said("I am Zoe", "1"), BotUttered("Hello Zoe")])
    inbox.answer(ID, "1", bubbles("Hello Zoe", [Button("Go on, Zoe", "/go_on")]))
    await turn(store, [said("Somebody else")], "web-somebody-else")
    inbox.receive(ID, "2")
    await turn(store, [said("Zoe wants this deleted", "2"), SlotSet("forget_conversation", True)])
    inbox.answer(ID, "2", bubbles("Deleted, Zoe.", [Button("Begin", "/begin")]))
    stored = everything_stored(either_engine)
    assert "Zoe" not in stored
    assert "Somebody else" in stored
    for message_id in ("1", "2"):
        assert inbox.receive(ID, message_id) == Arrival(is_new=False, forgotten=True)
    assert inbox.last_offer(ID).payloads == ("/begin",)
    assert await store.retrieve(ID) is None


async def test_a_hopeless_conversation_id_does_not_end_the_process(either_engine: Engine) -> None:
    store = new_store(either_engine)
    try:
        await turn(store, [said("hello")], "nul \x00")
    except ValueError:
        assert either_engine.dialect.name == "postgresql"
    assert (await turn(store, [said("hello")])).sender_id == ID


async def test_rasas_own_store_reads_our_table(tmp_path, either_engine: Engine) -> None:  # type: ignore[no-untyped-def]
    await turn(new_store(either_engine), [SessionStarted(), said("hello")])
    stock = SQLTrackerStore(DOMAIN, db=str(tmp_path / "unused.db"))
    stock.sessionmaker.configure(bind=either_engine)
    tracker = await stock.retrieve(ID)
    assert tracker is not None
    assert len(tracker.events) == 2
    assert list(await new_store(either_engine).keys()) == [ID]


async def test_the_columns_name_intent_and_action(either_engine: Engine) -> None:
    await turn(new_store(either_engine), [said("hello"), ActionExecuted("action_listen")])
    with either_engine.begin() as connection:
        columns = select(events.c.type_name, events.c.intent_name, events.c.action_name)
        rows = [tuple(row) for row in connection.execute(columns.order_by(events.c.id))]
    assert rows == [("user", "inform", None), ("action", None, "action_listen")]


def test_settings_of_rasas_own_store_are_refused() -> None:
    with pytest.raises(ValueError, match="neither url nor event broker"):
        GuardedTrackerStore(DOMAIN, host="localhost")


async def test_a_database_of_other_keys_is_refused(
    either_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    GuardedTrackerStore(Domain.empty(), engine=either_engine)
    others = Keyring([new_encryption_key()], "another hash key")
    monkeypatch.setattr(bot.encryption, "keyring", lambda: others)
    with pytest.raises(UnsafeStart, match="IEC_HASH_KEY is not the key"):
        GuardedTrackerStore(Domain.empty(), engine=either_engine)
