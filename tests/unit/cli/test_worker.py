"""One round of the worker: mails to the team, conversations handed back, the inbox filled."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.cli.main import main
from bot.cli.worker import at_most_every, tend_handovers, work
from bot.database import open_engine
from bot.handover import HandoverDesk
from bot.settings import settings
from bot.teaching import TeachingInbox
from bot.waiting_list.mail import MailError, MailFolder, Sender
from tests.unit.teaching.test_inbox import riddle
from tests.unit.transcripts.stored import store
from tests.unit.waiting_list.samples import HandSetClock

SENDER = Sender("bot@example.org", "team@example.org")


def test_a_round_tells_the_team_and_fills_the_inbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IEC_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    try:
        engine = open_engine(settings().database_url)
        store(engine, "web-1", *riddle("Can my dog come?"))
        HandoverDesk(engine).ask("web-1", "web")
        assert [main(["worker", "--once"]) for _ in range(2)] == [0, 0]
        assert len(list(settings().mail_dir.glob("handover-*.eml"))) == 1
        assert TeachingInbox(engine).count_open() == 1
    finally:
        settings.cache_clear()


def test_a_mail_that_cannot_be_sent_fails_the_round_and_hands_back_all_the_same(
    tmp_path: Path,
) -> None:
    class Away(MailFolder):
        def carry(self, *_: object) -> None:
            raise MailError("away")

    clock = HandSetClock()
    desk = HandoverDesk(open_engine(f"sqlite:///{tmp_path / 'h.db'}"), clock, hours=1)
    desk.ask("web-1", "web")
    desk.take("web-1", "eva")
    clock.forward(hours=2)
    desk.ask("web-2", "web")
    assert not tend_handovers(desk, Away(tmp_path), SENDER)
    assert [request.conversation_id for request in desk.queue()] == ["web-2"]


def test_the_worker_goes_on_when_the_database_was_away() -> None:
    stop, rounds = threading.Event(), []

    def one_round() -> bool:
        rounds.append(1)
        if len(rounds) == 1:
            raise OperationalError("select", {}, Exception("away"))
        stop.set()
        return True

    work(one_round, stop, 0.01)
    assert len(rounds) == 2


def test_what_is_done_at_most_every_hour_is_done_once_in_two_rounds() -> None:
    done: list[int] = []
    call = at_most_every(3600, lambda: done.append(1))
    call()
    call()
    assert done == [1]
