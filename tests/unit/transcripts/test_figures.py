"""The figures of the dashboard, on both databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.engine import Engine

from bot.transcripts import give_feedback
from bot.transcripts.figures import Step, Totals, read_figures
from bot.transcripts.search import ConversationFilters
from tests.unit.transcripts.stored import APPLIED, CHECKED, OFF_TOPIC, QUESTION, UNKNOWN, store
from tests.unit.waiting_list.samples import NOON


def test_conversations_are_counted_by_day_topic_step_outcome_and_country(
    either_engine: Engine,
) -> None:
    store(either_engine, "web-1", *QUESTION, *QUESTION, *CHECKED, *APPLIED)
    store(either_engine, "web-2", *CHECKED[:5], start=NOON + timedelta(hours=11, minutes=59))
    store(either_engine, "web-3", *UNKNOWN, *OFF_TOPIC, start=NOON + timedelta(days=1))
    store(either_engine, "web-4", *QUESTION, start=NOON + timedelta(days=40))
    give_feedback(either_engine, "web-3", "qwerty", "down", NOON)
    until = NOON + timedelta(days=30)
    figures = read_figures(either_engine, ConversationFilters(until=until))
    assert figures.totals == Totals(
        conversations=3,
        unanswered=1,
        asked_person=0,
        applied=1,
        thumbs_down=1,
        messages=11,
        messages_unanswered=2,
    )
    assert figures.days == {NOON.date(): 2, (NOON + timedelta(days=1)).date(): 1}
    assert figures.topics == {"faq/participation_fee": 1}
    assert figures.steps["greeted"] == Step(reached=3, stopped=1)
    assert figures.steps["prescreening.age"] == Step(reached=2, stopped=1)
    assert figures.steps["applied"] == Step(reached=1, stopped=1)
    assert figures.outcomes == {
        ("international_coop", "needs_review"): 1,
        ("ro_working_holiday", "qualified"): 1,
    }
    assert figures.countries == {"FR": 1}
    assert figures.channels == {"web": 3}


def test_without_conversations_everything_is_zero(either_engine: Engine) -> None:
    store(either_engine, "web-1", *QUESTION)
    figures = read_figures(either_engine, ConversationFilters(channel="telegram"))
    assert figures.totals == Totals(0, 0, 0, 0, 0, 0, 0)
    assert (figures.days, figures.topics, figures.steps) == ({}, {}, {})
