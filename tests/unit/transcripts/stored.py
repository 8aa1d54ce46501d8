"""Stored conversations, as short as a test can tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Engine

from bot.database import create_tables
from bot.transcripts.events_table import events, events_metadata
from bot.transcripts.summaries import note_events
from tests.unit.waiting_list.samples import NOON

Event = dict[str, Any]


def said(text: str, label: str = "inform", confidence: float = 0.9, **more: Any) -> Event:
    """A visitor's message. `zone` is what the classifier thought of its own guess."""
    zone = more.pop("zone", "sure")
    intent = {"name": label.split("/")[0] if zone == "sure" else "nlu_fallback"}
    parse_data = {
        "intent": intent | {"confidence": confidence},
        "entities": [],
        "label_ranking": [{"name": label, "confidence": confidence}],
        "understanding": {"zone": zone, "score": confidence},
    }
    return {
        "event": "user",
        "text": text,
        "parse_data": parse_data,
        "input_channel": "web",
        "message_id": text,
    } | more


def replied(text: str, *buttons: tuple[str, str]) -> Event:
    data = {"buttons": [{"title": title, "payload": payload} for title, payload in buttons]}
    return {"event": "bot", "text": text, "data": data}


def done(action: str) -> Event:
    return {"event": "action", "name": action}


def slot(name: str, value: Any) -> Event:
    return {"event": "slot", "name": name, "value": value}


def form(name: str | None) -> Event:
    return {"event": "active_loop", "name": name}


def asked(question: str | None) -> Event:
    return slot("requested_slot", question)


def in_time(listed: Iterable[Mapping[str, Any]], start: datetime = NOON) -> list[Event]:
    """Return the events a second apart."""
    return [
        {**event, "timestamp": (start + timedelta(seconds=second)).timestamp()}
        for second, event in enumerate(listed)
    ]


def store(
    engine: Engine,
    conversation_id: str,
    *listed: Event,
    start: datetime = NOON,
    summarised: bool = True,
) -> None:
    """Store events as the tracker store does."""
    import json

    create_tables(engine, events_metadata)
    timed = in_time(listed, start)
    with engine.begin() as connection:
        rows = [
            {
                "sender_id": conversation_id,
                "type_name": event["event"],
                "timestamp": event["timestamp"],
                "data": json.dumps(event),
            }
            for event in timed
        ]
        connection.execute(insert(events), rows)
        last_id = connection.execute(select(func.max(events.c.id))).scalar_one()
        if summarised:
            note_events(connection, conversation_id, timed, last_id)


QUESTION = (
    said("What does it cost?", "faq/participation_fee"),
    done("action_answer_faq"),
    replied("It costs CAD 172."),
    done("action_listen"),
)
UNKNOWN = (
    said("qwerty", "faq/pets", 0.2, zone="between"),
    done("action_clarify"),
    slot("misunderstandings", 1),
    replied("I am not sure what you mean."),
)
OFF_TOPIC = (said("Do you like tea?", "out_of_scope", 0.7), done("utter_out_of_scope"))
CHECKED = (
    said("am I eligible", "start_prescreening"),
    done("action_start_prescreening"),
    form("prescreen_form"),
    asked("age"),
    replied("How old are you?"),
    said("24", "inform", 0.1, zone="no_idea"),
    asked("nationalities"),
    replied("Which passport do you hold?"),
    said("France"),
    slot("nationalities", ["FR"]),
    asked(None),
    form(None),
    done("action_decide"),
    replied("You seem to meet the criteria."),
    slot("offer", "waiting_list"),
    slot("outcomes", {"ro_working_holiday": "qualified", "international_coop": "needs_review"}),
)
APPLIED = (
    said("yes", "affirm"),
    done("action_start_waiting_list"),
    form("waiting_list_form"),
    asked("consent"),
    said("I agree"),
    asked("applicant_name"),
    said("Zoé O'Hara", "faq/pets", 0.1, zone="no_idea"),
    slot("submission_key", "k"),
    asked(None),
    form(None),
    done("action_submit_application"),
    slot("submission_key", None),
    replied("Your code is IEC-1."),
)
PERSON = (said("talk to a person", "human_handoff"), done("action_hand_over"), replied("Yes."))
