"""Conversations read back from stored events."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.database import open_engine
from bot.transcripts import Button, Turn, read_conversation
from bot.transcripts.events_table import events, events_metadata
from bot.transcripts.reader import turns_of


def user(text: str | None, **fields: Any) -> dict[str, Any]:
    return {"event": "user", "timestamp": 1_700_000_000.5, "text": text} | fields


def bot(text: str | None, *buttons: tuple[str, str]) -> dict[str, Any]:
    data = {"buttons": [{"title": title, "payload": payload} for title, payload in buttons]}
    return {"event": "bot", "timestamp": 1_700_000_001.0, "text": text, "data": data}


def test_data_uttered_without_words_belongs_to_the_words_that_follow() -> None:
    card = {"decision": {"outcome": "qualified"}}
    stored = [
        bot(None) | {"data": {"custom": {"progress": {"question": 1, "of": 2}}}},
        bot("How old are you?", ("18", "18")),
        bot("You seem to meet it.") | {"data": {"custom": card}},
        bot(None) | {"data": {"custom": {"progress": {"question": 2, "of": 2}}}},
        user("24"),
        bot("Thank you."),
    ]
    assert [(turn.text, turn.data) for turn in turns_of(stored)] == [
        ("How old are you?", {"progress": {"question": 1, "of": 2}}),
        ("You seem to meet it.", card),
        ("24", {}),
        ("Thank you.", {}),
    ]


def test_a_visitors_turn_tells_how_it_was_understood() -> None:
    understood = {
        "intent": {"name": "faq", "confidence": 0.7, "full_retrieval_intent_name": "faq/fee"},
        "entities": [{"entity": "country", "value": "FR"}],
    }
    assert turns_of([user("What does it cost?", parse_data=understood, message_id="m")]) == [
        Turn(
            time=datetime(2023, 11, 14, 22, 13, 20, 500_000, tzinfo=timezone.utc),
            speaker="visitor",
            text="What does it cost?",
            intent="faq/fee",
            confidence=0.7,
            entities=({"entity": "country", "value": "FR"},),
            message_id="m",
        )
    ]


def test_an_assistants_turn_has_its_buttons() -> None:
    (turn,) = turns_of([bot("Sure?", ("Yes", "/affirm"), ("No", "No"))])
    assert (turn.speaker, turn.text) == ("assistant", "Sure?")
    assert turn.buttons == (Button("Yes", "/affirm"), Button("No", "No"))


def test_a_chosen_button_reads_as_its_title_only_where_it_was_offered() -> None:
    turns = turns_of([bot("Sure?", ("Yes, please", "/affirm")), user("/affirm"), user("/affirm")])
    assert [turn.text for turn in turns] == ["Sure?", "Yes, please", "/affirm"]


def test_words_that_were_removed_read_as_nothing() -> None:
    assert [turn.text for turn in turns_of([user(None), bot(None), user("")])] == ["", "", ""]


def test_only_the_conversation_asked_for_is_read_in_its_order(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'events.db'}")
    events_metadata.create_all(engine)
    stored = [
        ("a", user("first", message_id="1")),
        ("b", user("somebody else")),
        ("a", {"event": "action", "timestamp": 1.0, "name": "action_listen"}),
        ("a", bot("reply one")),
        ("a", bot("reply two")),
        ("a", user("second", message_id="2")),
    ]
    with engine.begin() as connection:
        for sender, event in stored:
            connection.execute(
                insert(events).values(
                    sender_id=sender,
                    type_name=event["event"],
                    timestamp=event["timestamp"],
                    data=json.dumps(event),
                )
            )
    conversation = read_conversation(engine, "a")
    assert [turn.text for turn in conversation.turns] == [
        "first",
        "reply one",
        "reply two",
        "second",
    ]
    replies = [conversation.reply_to(message_id) for message_id in ("1", "2", "3")]
    assert [None if reply is None else [t.text for t in reply] for reply in replies] == [
        ["reply one", "reply two"],
        [],
        None,
    ]
    assert read_conversation(engine, "nobody").turns == ()


def test_before_the_first_conversation_there_is_nothing_to_read(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}")
    assert read_conversation(engine, "anybody").turns == ()


def test_reading_transcripts_needs_no_rasa() -> None:
    check = "import sys, bot.transcripts; sys.exit('rasa' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
