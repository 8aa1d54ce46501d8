"""How long a page of the leads takes with 100,000 people on the lists, on SQLite and PostgreSQL.

    .venv/bin/python -m benchmarks.leads_page [--people 100000] [--database sqlite]

Exit code 1 if the slowest page takes longer than the limit.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from statistics import median

from sqlalchemy import insert, select, text
from sqlalchemy.engine import Engine

from benchmarks.databases import empty_database
from bot.waiting_list import State, WaitingList
from bot.waiting_list.entry import ACTIVE
from bot.waiting_list.leads import LeadFilter, Leads, Sort
from bot.waiting_list.migrations import upgrade
from bot.waiting_list.search import hashes_of_person
from bot.waiting_list.tables import EntryRow, PoolRow, SearchRow

LIMIT_MS = 300
ROUNDS = 7
POOLS = (
    ("ro_working_holiday", "2023"),
    ("ro_young_professional", "2023"),
    ("international_coop", "2024"),
)
COUNTRIES = ["FR", "DE", "IE", "AU", "NZ", "KR", "JP", "IT", "ES", "GB", "CL", "CZ"]
START = datetime(2023, 1, 1, tzinfo=timezone.utc)
FINDINGS = [
    {
        "criterion": f"criterion_{number}",
        "finding": "met",
        "reason": "a_reason_of_the_usual_length",
        "values": {"country": "France", "season": "2024"},
        "source": "A page of IRCC, season 2024, read 1 March 2024: https://www.canada.ca/en/page",
    }
    for number in range(16)
]
QUERIES = {
    "first page": (LeadFilter(), Sort.POSITION, False, 1),
    "last page": (LeadFilter(), Sort.POSITION, False, 10**6),
    "page in the middle": (LeadFilter(), Sort.POSITION, False, 1_000),
    "newest first": (LeadFilter(), Sort.SINCE, True, 1),
    "newest first, last page": (LeadFilter(), Sort.SINCE, True, 10**6),
    "next deadline": (LeadFilter(), Sort.DEADLINE, False, 1),
    "by country, last page": (LeadFilter(), Sort.COUNTRY, True, 10**6),
    "by country, middle": (LeadFilter(), Sort.COUNTRY, False, 1_000),
    "by state, middle": (LeadFilter(), Sort.STATE, False, 1_000),
    "program and state": (
        LeadFilter(program="ro_working_holiday", state=State.WAITING),
        Sort.SINCE,
        False,
        100,
    ),
    "needs review": (LeadFilter(needs_review=True), Sort.POSITION, False, 1),
    "country and days": (
        LeadFilter(country="FR", since=date(2023, 2, 1), until=date(2023, 3, 1)),
        Sort.POSITION,
        False,
        1,
    ),
    "a name": (LeadFilter(words="marie"), Sort.POSITION, False, 1),
    "a name and a word": (LeadFilter(words="yuki 77"), Sort.SINCE, True, 1),
    "an e-mail address": (LeadFilter(words="person77@example.org"), Sort.POSITION, False, 1),
}


def main() -> int:
    """Measure, print a table, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    args = parser.parse_args()
    slowest = 0.0
    for kind in args.database or ["sqlite", "postgresql"]:
        with empty_database(kind) as engine:
            upgrade(engine)
            fill(engine, args.people)
            slowest = max(slowest, measure(kind, engine))
    print(f"slowest page: {slowest:.0f} ms (limit {LIMIT_MS} ms)")
    return 0 if slowest <= LIMIT_MS else 1


def measure(kind: str, engine: Engine) -> float:
    """Print the median and the longest time of each page; return the longest of all.

    A page is its rows, their number, and the choices of the filters above them.
    """
    leads = Leads(engine)
    waiting_list = WaitingList(engine)
    print(f"{kind:<28}{'median ms':>10}{'max ms':>10}{'people':>10}")
    slowest = 0.0
    for name, (wanted, sort, descending, number) in QUERIES.items():
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            page = leads.page(wanted, sort, descending=descending, number=number)
            leads.countries()
            waiting_list.pools()
            times.append((time.perf_counter() - began) * 1_000)
        slowest = max(slowest, *times)
        print(f"{name:<28}{median(times):>10.1f}{max(times):>10.1f}{page.total:>10}")
    return slowest


def fill(engine: Engine, people: int) -> None:
    """Put `people` on the lists, with answers and decisions of the usual size."""
    chance = random.Random(1)
    waiting_list = WaitingList(engine)
    for program, season in POOLS:
        waiting_list.set_pool(program, season, "benchmark", quota=people)
    with engine.begin() as connection:
        pools = list(connection.execute(select(PoolRow.id)).scalars())
    for first in range(0, people, 2_000):
        rows = [row(number, pools, chance) for number in range(first, min(first + 2_000, people))]
        with engine.begin() as connection:
            connection.execute(insert(EntryRow.__table__), rows)
            connection.execute(insert(SearchRow.__table__), list(found_by(rows, first + 1)))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(
            text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE")
        )


def found_by(rows: list[dict[str, object]], first_id: int) -> Iterator[dict[str, object]]:
    """Yield the rows under which the people of `rows` are found."""
    for entry_id, values in enumerate(rows, start=first_id):
        for each in hashes_of_person(str(values["name"]), str(values["email"])):
            yield {"entry_id": entry_id, "hash": each}


def row(number: int, pools: list[int], chance: random.Random) -> dict[str, object]:
    """Return the columns of one person."""
    state = chance.choices(list(State), weights=[70, 5, 4, 3, 3, 5, 4, 3, 3])[0]
    entered = START + timedelta(minutes=number)
    has_deadline = state in (State.CONTACTED, State.INVOICED)
    return {
        "pool_id": pools[number % len(pools)],
        "reference": f"IEC-{number:08d}",
        "email_key": f"key-{number}" if state in ACTIVE else None,
        "state": state.value,
        "deadline": entered + timedelta(days=7) if has_deadline else None,
        "reviewed": False,
        "entered_at": entered,
        "changed_at": entered,
        "position": number,
        "name": f"{chance.choice(['Marie', 'Jan', 'Yuki'])} Dupont {number % 1000}",
        "email": f"person{number}@example.org",
        "nationality": chance.choice(COUNTRIES),
        "outcome": chance.choice(["qualified", "qualified", "needs_review"]),
        "answers": {"age": 24, "nationalities": ["FR"], "student": True, "funds_cad": 3000},
        "decision": {"outcome": "qualified", "findings": FINDINGS},
        "conversation_id": f"web-{number}",
        "consent_version": "1",
        "consent_text": "I agree that my details are kept for the waiting list.",
        "consent_given_at": entered,
        "consent_channel": "web",
        "submitted_at": entered,
    }


if __name__ == "__main__":
    sys.exit(main())
