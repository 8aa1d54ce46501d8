"""People for the console's tests and pictures: real decisions, a conversation, every state."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from bot.console.services import Services
from bot.database import create_tables
from bot.eligibility import Applicant, decide
from bot.settings import Settings
from bot.transcripts.events_table import events, events_metadata
from bot.waiting_list import Consent, State, Submission
from tests.unit.waiting_list.samples import advance

PROGRAM, SEASON = "ro_working_holiday", "2023"
CONSENT = (
    "I agree that my name, my e-mail address and my answers are kept for the waiting list and "
    "read by the staff of the organization."
)
NAMES = [
    ("Marie Dupont", "FR"),
    ("Siobhán O'Brien", "IE"),
    ("Yuki Tanaka", "JP"),
    ("Jan Novák", "CZ"),
    ("Sofia Rossi", "IT"),
    ("Min-jun Kim", "KR"),
    ("Emma Müller", "DE"),
    ("Liam Walsh", "IE"),
    ("Catalina Soto", "CL"),
    ("Oliver Brown", "AU"),
    ("Aroha Ngata", "NZ"),
    ("Lucas Martin", "FR"),
    ("Hanna Kovács", "FR"),
    ("Ella Virtanen", "IE"),
    ("Noah Schmidt", "DE"),
    ("Chloé Bernard", "FR"),
]
STATES = (
    State.REGISTERED,
    State.INVOICED,
    State.ACCEPTED,
    State.MEETING,
    State.CONTACTED,
    State.CONTACTED,
)
"""How far the first people come; the others wait."""


@dataclass(frozen=True)
class People:
    """A database with people, their references, and the moment it is there."""

    settings: Settings
    references: list[str]
    now: datetime


def answers(country: str, **changes: Any) -> dict[str, Any]:
    given = {
        "nationalities": [country],
        "age": 24,
        "residence": country,
        "previous_participations": [],
        "passport_expires": "2031-03-15",
        "funds_cad": 3000,
        "insurance": True,
        "return_ticket": True,
        "dependants": False,
        "admissibility_concern": False,
    }
    return given | changes


def person(services: Services, name: str, country: str = "FR", **changes: Any) -> Submission:
    """Return what somebody sends at the end of the chat."""
    now = services.clock()
    given = answers(country, **changes)
    decision = decide(
        Applicant.from_answers({key: value for key, value in given.items() if value != "unknown"}),
        PROGRAM,
        now.date(),
        services.knowledge,
    ).as_dict()
    first = "".join(char for char in name.split()[0].lower() if char.isascii())
    return Submission(
        program=PROGRAM,
        season=SEASON,
        name=name,
        email=f"{first}.{name.split()[-1].lower()}@example.org",
        outcome="needs_review" if decision["outcome"] != "qualified" else "qualified",
        nationality=country,
        answers=given,
        decision=decision,
        conversation_id=f"web-{first}",
        consent=Consent("4f2a91c03d7e", CONSENT, now, "web"),
    )


def join(services: Services, name: str, country: str = "FR", **changes: Any) -> str:
    """Put somebody on the list; return the reference."""
    submission = person(services, name, country, **changes)
    return services.waiting_list.submit(submission, name).reference


def fill(services: Services, clock: Any) -> list[str]:
    """Put everybody of `NAMES` on the list, in every state; return their references."""
    waiting_list = services.waiting_list
    waiting_list.set_pool(PROGRAM, SEASON, "ada", quota=8)
    references = []
    for number, (name, country) in enumerate(NAMES):
        unsure = {"admissibility_concern": True} if number in (7, 9) else {}
        unsure |= {"funds_cad": "unknown"} if number == 12 else {}
        references.append(join(services, name, country, **unsure))
        clock.forward(hours=5, minutes=number)
    talk(services, "web-marie", clock() - timedelta(days=2))
    for number, (reference, state) in enumerate(zip(references, STATES, strict=False)):
        deadline = {}
        if state in (State.CONTACTED, State.INVOICED):
            deadline = {"deadline": clock() + timedelta(days=number)}
        advance(waiting_list, reference, state, **deadline)
    waiting_list.note(references[0], "Called on Monday.\nSpeaks English and French.", "rob")
    return references


def talk(services: Services, conversation_id: str, began: datetime) -> None:
    """Store a conversation as the assistant does."""
    create_tables(services.engine, events_metadata)
    understood = {
        "intent": {"name": "start_prescreening", "confidence": 0.93},
        "entities": [
            {"entity": "nationalities", "value": ["FR"]},
            {"entity": "age", "value": 24},
        ],
    }
    fee = {
        "intent": {
            "name": "faq",
            "confidence": 0.58,
            "full_retrieval_intent_name": "faq/participation_fee",
        }
    }
    said = [
        ("user", {"text": "I'm 24 and French. Can I work in Canada?", "parse_data": understood}),
        (
            "bot",
            {
                "text": "Which program would you like to check?",
                "data": {
                    "buttons": [
                        {"title": "Working Holiday through an RO", "payload": "/a"},
                        {"title": "International Co-op", "payload": "/b"},
                    ]
                },
            },
        ),
        ("user", {"text": "/a", "parse_data": {"intent": {"name": "inform", "confidence": 1.0}}}),
        ("bot", {"text": "You seem to meet the published criteria of RO Working Holiday."}),
        ("user", {"text": "and what does it cost?", "parse_data": fee}),
        ("bot", {"text": "The participation fee is on the page of IRCC.\nSource: IRCC."}),
    ]
    rows = []
    for number, (kind, fields) in enumerate(said):
        at = (began + timedelta(seconds=20 * number)).timestamp()
        data = json.dumps({"event": kind, "timestamp": at, "message_id": f"m{number}"} | fields)
        rows.append(
            {"sender_id": conversation_id, "type_name": kind, "timestamp": at, "data": data}
        )
    with services.engine.begin() as connection:
        connection.execute(insert(events), rows)
