"""What is kept of a minor beside the events: nothing."""

from __future__ import annotations

from rasa.shared.core.events import SlotSet
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.handover import HandoverDesk
from bot.handover.tables import handovers
from bot.teaching import gather
from bot.teaching.tables import riddle_sources, riddles
from bot.transcripts.person_messages import person_messages
from tests.unit.teaching.test_inbox import riddle
from tests.unit.tracking.test_store import ID, new_store, said, turn
from tests.unit.transcripts.stored import store


async def test_words_said_to_staff_or_waiting_for_them_go_when_the_age_is_known(
    either_engine: Engine,
) -> None:
    tracker_store = new_store(either_engine)
    store(either_engine, ID, *riddle("my teacher is Mrs Smith"))
    gather(either_engine)
    desk = HandoverDesk(either_engine)
    desk.ask(ID, "web")
    desk.take(ID, "eva")
    desk.hear(ID, "m1", "I go to Lakeside School")
    await turn(tracker_store, [said("I am 16"), SlotSet("under_age", True)])
    with either_engine.begin() as connection:
        for table in (riddles, riddle_sources, person_messages, handovers):
            assert connection.execute(select(table)).all() == [], table.name
