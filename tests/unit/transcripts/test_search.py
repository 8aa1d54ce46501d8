"""Finding conversations, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.mailroom.forgetting import forget_conversation
from bot.mailroom.tables import mailroom_metadata
from bot.transcripts import give_feedback
from bot.transcripts.marks import (
    MarkError,
    add_note,
    add_tag,
    mark_reviewed,
    notes_of,
    remove_tag,
)
from bot.transcripts.search import (
    ConversationFilters,
    channels_and_tags,
    find_conversation,
    find_conversations,
)
from bot.transcripts.summaries import catch_up, renew_summary
from bot.transcripts.summary_tables import DERIVED, MARKS
from tests.unit.transcripts.stored import (
    APPLIED,
    CHECKED,
    OFF_TOPIC,
    PERSON,
    QUESTION,
    UNKNOWN,
    in_time,
    said,
    store,
)
from tests.unit.waiting_list.samples import NOON


@pytest.fixture
def engine(either_engine: Engine) -> Engine:
    """Five conversations, an hour apart."""
    for hour, (name, events) in enumerate(
        {
            "web-asked": QUESTION,
            "web-riddle": UNKNOWN,
            "web-applied": (*CHECKED, *APPLIED),
            "web-checked": CHECKED,
            "telegram-1": tuple(
                event | {"input_channel": "telegram"} for event in (*OFF_TOPIC, *PERSON)
            ),
        }.items()
    ):
        store(either_engine, name, *events, start=NOON + timedelta(hours=hour))
    give_feedback(either_engine, "web-asked", "m", "down", NOON)
    mark_reviewed(either_engine, "web-checked", "eva", NOON)
    add_tag(either_engine, "web-asked", " Fees  2024 ")
    return either_engine


def found(engine: Engine, **filters: object) -> list[str]:
    page = find_conversations(engine, ConversationFilters(**filters))
    assert page.total == len(page.rows)
    return [row.conversation_id.split("-")[-1] for row in page.rows]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["1", "checked", "applied", "riddle", "asked"]),
        ({"channel": "telegram"}, ["1"]),
        ({"since": NOON + timedelta(hours=3)}, ["1", "checked"]),
        ({"until": NOON + timedelta(hours=1)}, ["asked"]),
        ({"asked_person": True}, ["1"]),
        ({"unanswered": True}, ["1", "riddle"]),
        ({"thumbs_down": True}, ["asked"]),
        ({"low_confidence": True}, ["riddle"]),
        ({"applied": True}, ["applied"]),
        ({"applied": False, "channel": "web"}, ["checked", "riddle", "asked"]),
        ({"reviewed": True}, ["checked"]),
        ({"reviewed": False, "country": "FR"}, ["applied"]),
        ({"outcome": "needs_review"}, ["checked", "applied"]),
        ({"outcome": "needs_review", "program": "ro_working_holiday"}, []),
        ({"step": "prescreening.age"}, ["checked", "applied"]),
        ({"stopped_at": "decided"}, ["checked"]),
        ({"topic": "faq/participation_fee"}, ["asked"]),
        ({"tag": "fees 2024"}, ["asked"]),
    ],
)
def test_conversations_are_found_by_what_became_of_them(engine, filters, expected) -> None:
    assert found(engine, **filters) == expected


def test_a_page_tells_each_conversation_at_a_glance_and_how_many_there_are(engine) -> None:
    page = find_conversations(engine, ConversationFilters(), page=2, per_page=2)
    assert (page.total, [row.conversation_id for row in page.rows]) == (
        5,
        ["web-applied", "web-riddle"],
    )
    applied = page.rows[0]
    assert applied.outcomes == {
        "international_coop": "needs_review",
        "ro_working_holiday": "qualified",
    }
    assert (applied.turns, applied.country, applied.started_at) == (
        6,
        "FR",
        NOON + timedelta(hours=2),
    )
    assert find_conversation(engine, "web-asked").thumbs_down == 1
    assert find_conversation(engine, "web-nobody") is None
    assert channels_and_tags(engine) == (("telegram", "web"), ("fees 2024",))


def test_later_events_bring_the_summary_up_to_date(engine: Engine) -> None:
    store(engine, "web-checked", *APPLIED, start=NOON + timedelta(days=1))
    assert found(engine, applied=True) == ["checked", "applied"]
    assert find_conversation(engine, "web-checked").turns == 6


def test_what_was_stored_before_there_were_summaries_is_caught_up_once(engine: Engine) -> None:
    store(engine, "web-old", *QUESTION, summarised=False)
    assert "old" not in found(engine)
    assert (catch_up(engine, at_once=1), catch_up(engine)) == (1, 0)
    assert "old" in found(engine)


def test_a_forgotten_conversation_leaves_nothing_behind(engine: Engine) -> None:
    mailroom_metadata.create_all(engine)
    add_note(engine, "web-asked", "eva", NOON, "Zoé called.", "k")
    forget_conversation(engine, "web-asked")
    with engine.begin() as connection:
        for table in (*DERIVED, *MARKS):
            ids = {row.conversation_id for row in connection.execute(select(table))}
            assert "web-asked" not in ids


def test_a_summary_made_anew_keeps_no_remarks_of_staff(engine: Engine) -> None:
    add_note(engine, "web-asked", "eva", NOON, "Zoé called.", "k")
    with engine.begin() as connection:
        renew_summary(connection, "web-asked", in_time([said("")]), 9)
    assert (notes_of(engine, "web-asked"), found(engine, tag="fees 2024")) == ((), [])
    assert "asked" in found(engine)


def test_marks_come_and_go(engine: Engine) -> None:
    for _ in range(2):
        add_note(engine, "web-asked", "eva", NOON, " Look again ", "same form")
        add_tag(engine, "web-asked", "money")
    assert [(note.by, note.text) for note in notes_of(engine, "web-asked")] == [
        ("eva", "Look again")
    ]
    assert find_conversation(engine, "web-asked").tags == ("fees 2024", "money")
    remove_tag(engine, "web-asked", "money")
    mark_reviewed(engine, "web-checked", "max", None)
    assert find_conversation(engine, "web-asked").tags == ("fees 2024",)
    assert found(engine, reviewed=True) == []


def test_marks_that_cannot_be_put_are_refused_with_a_reason(engine: Engine) -> None:
    with pytest.raises(MarkError, match="letters"):
        add_tag(engine, "web-asked", "<script>")
    with pytest.raises(MarkError, match="characters"):
        add_note(engine, "web-asked", "eva", NOON, "  ", "k")
    with pytest.raises(MarkError, match="no longer"):
        add_note(engine, "web-nobody", "eva", NOON, "Hello", "k")
    with pytest.raises(MarkError, match="no longer"):
        mark_reviewed(engine, "web-nobody", "eva", NOON)
