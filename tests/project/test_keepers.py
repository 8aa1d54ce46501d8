"""No table can be forgotten: each is claimed by the keeper that answers for it."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module

import pytest
from sqlalchemy import MetaData

from bot.keeping import NothingPersonal, keepers
from bot.waiting_list.migrations import VERSION_TABLE
from tests.project.files import ROOT, modules, name_of

MODULES_WITH_TABLES = sorted(
    name_of(path)
    for path in [*modules("bot"), *ROOT.glob("bot/*.py")]
    if re.search(r"\bMetaData\(|declarative_base\(", path.read_text(encoding="utf-8"))
)


def tables_of(module: str) -> set[str]:
    found: set[str] = set()
    for value in vars(import_module(module)).values():
        metadata = value if isinstance(value, MetaData) else getattr(value, "metadata", None)
        if isinstance(metadata, MetaData):
            found |= set(metadata.tables)
    return found


@pytest.mark.parametrize("module", MODULES_WITH_TABLES)
def test_every_table_is_claimed_by_one_keeper(module):
    claims = Counter(name for keeper in keepers() for name in keeper.table_names)
    unclaimed = tables_of(module) - set(claims) - {VERSION_TABLE}
    assert unclaimed == set(), (
        f"Nobody answers for {sorted(unclaimed)}. Add a `keeping.py` to the room: bot/keeping.py "
        "says how, in ten lines."
    )
    assert [name for name, number in claims.items() if number > 1] == []


def test_what_holds_nothing_personal_says_why():
    assert [k.kind for k in keepers() if isinstance(k, NothingPersonal) and not k.why] == []


def test_kinds_have_names_of_their_own():
    kinds = Counter(keeper.kind for keeper in keepers())
    assert [kind for kind, number in kinds.items() if number > 1] == []


def test_every_room_with_tables_was_looked_at():
    assert len(MODULES_WITH_TABLES) >= 6
