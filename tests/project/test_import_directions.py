"""Which room may know which: what matters (rules, list, transcripts) can outlive Rasa.

docs/architecture.md draws the picture that these tables hold the code to.
"""

from __future__ import annotations

import sys

import pytest

from tests.project.files import ROOT, imports_of, modules, name_of

FOUNDATIONS = {"bot.settings", "bot.clock", "bot.database", "bot.encryption", "bot.keeping"}

MAY_IMPORT = {
    "bot.kept_keys": set(),
    "bot.settings": {"bot.kept_keys"},
    "bot.clock": set(),
    "bot.database": set(),
    "bot.encryption": {"bot.settings"},
    "bot.model_signature": set(),
    "bot.keeping": {"bot.database", "bot.settings"},
    "bot.knowledge": set(),
    "bot.eligibility": {"bot.knowledge"},
    "bot.conversation": {"bot.knowledge", "bot.eligibility", "bot.waiting_list.entry"},
    "bot.waiting_list": FOUNDATIONS,
    "bot.tracking": {
        *FOUNDATIONS,
        "bot.model_signature",
        "bot.transcripts.events_table",
        "bot.transcripts.summaries",
        "bot.mailroom",
    },
    "bot.transcripts": FOUNDATIONS,
    "bot.mailroom": {*FOUNDATIONS, "bot.transcripts"},
    "bot.nlu": {"bot.settings", "bot.clock", "bot.knowledge", "bot.conversation"},
    "bot.channels": {
        *FOUNDATIONS,
        "bot.knowledge",
        "bot.conversation",
        "bot.mailroom",
        "bot.tracking.safe_start",
        "bot.tracking.store",
        "bot.transcripts",
        "bot.handover",
        "bot.privacy.log_filter",
        "bot.privacy.masking",
    },
    "bot.audit": FOUNDATIONS,
    "bot.teaching": {*FOUNDATIONS, "bot.privacy.masking", "bot.transcripts"},
    "bot.handover": {*FOUNDATIONS, "bot.transcripts"},
    "bot.privacy": {
        *FOUNDATIONS,
        "bot.audit",
        "bot.mailroom",
        "bot.handover",
        "bot.transcripts",
        "bot.waiting_list",
    },
    "bot.staff": FOUNDATIONS,
    "bot.console": {
        *FOUNDATIONS,
        "bot.staff",
        "bot.knowledge",
        "bot.eligibility",
        "bot.conversation",
        "bot.waiting_list",
        "bot.transcripts",
        "bot.mailroom",
        "bot.audit",
        "bot.handover",
        "bot.privacy",
        "bot.teaching",
    },
    "bot.cli": {
        *FOUNDATIONS,
        "bot.staff",
        "bot.model_signature",
        "bot.knowledge",
        "bot.eligibility",
        "bot.conversation",
        "bot.waiting_list",
        "bot.transcripts",
        "bot.mailroom",
        "bot.nlu",
        "bot.audit",
        "bot.handover",
        "bot.privacy",
        "bot.teaching",
    },
    "actions": {
        *FOUNDATIONS,
        "bot.knowledge",
        "bot.eligibility",
        "bot.conversation",
        "bot.waiting_list",
        "bot.handover",
        "bot.privacy",
    },
}
"""A room of the project, and the other rooms (or the modules of them) that it may import."""

ONLY_IN = {
    "rasa": ("bot.nlu", "bot.channels", "bot.tracking"),
    "rasa_sdk": ("actions", "bot.channels.in_process_actions"),
    "sqlalchemy": (
        "bot.database",
        "bot.encryption",
        "bot.keeping",
        "bot.waiting_list",
        "bot.mailroom",
        "bot.tracking",
        "bot.transcripts",
        "bot.audit",
        "bot.handover",
        "bot.privacy",
        "bot.teaching",
        "bot.staff",
        "bot.console",
    ),
    "alembic": ("bot.waiting_list",),
    "tensorflow": (),
}
"""A library, and the only places that may import it."""

OURS = {"bot", "actions", "tests"}

STANDARD_LIBRARY_ONLY = (
    "bot.eligibility",
    "bot.clock",
    "bot.kept_keys",
    "bot.model_signature",
    "bot.settings",
)
NO_CLOCK = ("bot.eligibility", "bot.knowledge")

MODULES = {name_of(path): path for path in modules("bot", "actions") if path.parent.name != "bot"}
MODULES |= {name_of(path): path for path in ROOT.glob("bot/*.py") if path.name != "__init__.py"}


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def room_of(name: str) -> str:
    return "actions" if is_in(name, "actions") else ".".join(name.split(".")[:2])


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_rooms_that_its_own_may_know(module):
    room = room_of(module)
    assert room in MAY_IMPORT, f"{room} is a new room: say in MAY_IMPORT what it may know"
    ours = {name for name in imports_of(MODULES[module]) if name.split(".")[0] in OURS}
    strangers = {
        name for name in ours if not any(is_in(name, known) for known in {room, *MAY_IMPORT[room]})
    }
    assert strangers == set()


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_only_in_the_rooms_at_its_edge(library):
    users = {
        module
        for module, path in MODULES.items()
        if any(is_in(name, library) for name in imports_of(path))
    }
    strangers = {user for user in users if not any(is_in(user, room) for room in ONLY_IN[library])}
    assert strangers == set()


@pytest.mark.parametrize("package", STANDARD_LIBRARY_ONLY)
def test_the_pure_core_needs_nothing_but_the_standard_library(package):
    foreign = {
        f"{module}: {name}"
        for module, path in MODULES.items()
        if is_in(module, package)
        for name in imports_of(path)
        if name.split(".")[0] not in {"bot", *sys.stdlib_module_names}
    }
    assert foreign == set()


@pytest.mark.parametrize("package", NO_CLOCK)
def test_rules_and_facts_are_told_the_day_and_never_look_at_a_clock(package):
    looking = {
        module
        for module, path in MODULES.items()
        if is_in(module, package)
        for call in (".now(", ".utcnow(", ".today(", "time.time(")
        if call in path.read_text(encoding="utf-8")
    }
    assert looking == set()


def test_every_room_of_the_table_that_exists_is_checked():
    assert {room_of(module) for module in MODULES} <= set(MAY_IMPORT)
    assert len(MODULES) > 30
