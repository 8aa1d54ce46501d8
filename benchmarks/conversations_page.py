"""How long the pages on conversations take with 100,000 stored events, on SQLite and PostgreSQL.

    .venv/bin/python -m benchmarks.conversations_page [--events 100000] [--database sqlite]

Exit code 1 if the slowest page takes longer than the limit.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from statistics import median
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.engine import Engine

from benchmarks.databases import empty_database
from bot.database import create_tables
from bot.teaching import TeachingInbox, gather
from bot.transcripts import read_conversation
from bot.transcripts.events_table import events, events_metadata
from bot.transcripts.figures import read_figures
from bot.transcripts.search import ConversationFilters, find_conversations
from bot.transcripts.summaries import catch_up

LIMIT_MS = 1_000
ROUNDS = 5
START = datetime(2026, 1, 1, tzinfo=timezone.utc)
TOPICS = [f"faq/topic_{number}" for number in range(60)]
QUESTIONS = ("program", "age", "nationalities", "student", "job_offer", "residence")
COUNTRIES = ("FR", "DE", "IE", "AU", "JP", "CL")


def main() -> int:
    """Measure, print a table, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    args = parser.parse_args()
    slowest = 0.0
    for kind in args.database or ["sqlite", "postgresql"]:
        with empty_database(kind) as engine:
            slowest = max(slowest, measure(kind, engine, args.events))
    print(f"slowest page: {slowest:.0f} ms (limit {LIMIT_MS} ms)")
    return 0 if slowest <= LIMIT_MS else 1


def measure(kind: str, engine: Engine, number: int) -> float:
    """Fill the database, print the times of each page, return the longest."""
    talks = fill(engine, number)
    print(f"{kind}: {talks} conversations, {number} events")
    print(f"{'summaries made anew':<32}{timed(lambda: catch_up(engine)) / talks:>10.2f} ms each")
    inbox = TeachingInbox(engine)
    print(f"{'inbox gathered anew':<32}{timed(lambda: gather(engine)) / talks:>10.2f} ms each")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if kind == "postgresql" else "ANALYZE"))
    month = START + timedelta(days=60), START + timedelta(days=90)
    pages: dict[str, Callable[[], Any]] = {
        "conversations": lambda: find_conversations(engine, ConversationFilters()),
        "conversations, page 100": lambda: find_conversations(engine, ConversationFilters(), 100),
        "not answered": lambda: find_conversations(engine, ConversationFilters(unanswered=True)),
        "stopped at age": lambda: find_conversations(
            engine, ConversationFilters(stopped_at="prescreening.age")
        ),
        "asked about a topic": lambda: find_conversations(
            engine, ConversationFilters(topic=TOPICS[0])
        ),
        "outcome and country": lambda: find_conversations(
            engine, ConversationFilters(outcome="qualified", country="FR")
        ),
        "one conversation": lambda: read_conversation(engine, "web-17"),
        "dashboard, 30 days": lambda: read_figures(
            engine, ConversationFilters(since=month[0], until=month[1])
        ),
        "dashboard, everything": lambda: read_figures(engine, ConversationFilters()),
        "inbox": lambda: (gather(engine), inbox.open_riddles(), inbox.count_open()),
    }
    slowest = 0.0
    for name, page in pages.items():
        times = [timed(page) for _ in range(ROUNDS)]
        slowest = max(slowest, *times)
        print(f"{name:<32}{median(times):>10.1f} ms{max(times):>10.1f} ms at most")
    return slowest


def timed(call: Callable[[], Any]) -> float:
    """Return how many milliseconds a call takes."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1_000


def fill(engine: Engine, number: int) -> int:
    """Store conversations with together at least `number` events; return how many."""
    chance = random.Random(1)
    create_tables(engine, events_metadata)
    stored = talks = 0
    while stored < number:
        rows: list[dict[str, Any]] = []
        for _ in range(200):
            rows += talk(talks, chance)
            talks += 1
        with engine.begin() as connection:
            connection.execute(insert(events), rows)
        stored += len(rows)
    return talks


def talk(number: int, chance: random.Random) -> list[dict[str, Any]]:
    """Return the rows of one conversation: questions, and often a pre-screening."""
    told: list[dict[str, Any]] = []
    for _ in range(chance.randint(1, 4)):
        unsure = chance.random() < 0.15
        told += understood(chance.choice(TOPICS), f"question {chance.randint(1, 3000)}", unsure)
        told.append({"event": "action", "name": "action_answer_faq"})
        if unsure:
            told.append({"event": "slot", "name": "misunderstandings", "value": 1})
        told.append({"event": "bot", "text": "It costs CAD 172 in season 2024.", "data": {}})
    if chance.random() < 0.5:
        told += [{"event": "active_loop", "name": "prescreen_form"}]
        for question in QUESTIONS[: chance.randint(1, len(QUESTIONS))]:
            told += [
                {"event": "slot", "name": "requested_slot", "value": question},
                {"event": "bot", "text": f"What is your {question}?", "data": {}},
                *understood("inform", "24", unsure=False),
            ]
        told += [
            {"event": "slot", "name": "nationalities", "value": [chance.choice(COUNTRIES)]},
            {"event": "action", "name": "action_decide"},
            {"event": "slot", "name": "outcomes", "value": {"ro_working_holiday": "qualified"}},
        ]
    began = START + timedelta(minutes=17 * number)
    rows = []
    for second, event in enumerate(told):
        event["timestamp"] = (began + timedelta(seconds=second)).timestamp()
        rows.append(
            {
                "sender_id": f"web-{number}",
                "type_name": event["event"],
                "timestamp": event["timestamp"],
                "data": json.dumps(event),
            }
        )
    return rows


def understood(label: str, said: str, unsure: bool) -> list[dict[str, Any]]:
    """Return a visitor's message as our classifier understands it."""
    ranking = [{"name": label, "confidence": 0.4 if unsure else 0.9}]
    ranking += [{"name": topic, "confidence": 0.01} for topic in TOPICS[:9]]
    name = "nlu_fallback" if unsure else label.split("/")[0]
    parse_data = {
        "intent": {"name": name, "confidence": 0.9},
        "entities": [],
        "label_ranking": ranking,
        "understanding": {"zone": "between" if unsure else "sure", "score": 0.1},
    }
    message = {"event": "user", "text": said, "input_channel": "web", "message_id": said}
    return [message | {"parse_data": parse_data}]


if __name__ == "__main__":
    sys.exit(main())
