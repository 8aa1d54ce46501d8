"""What is older than its period goes, what is younger stays."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.privacy.retention import Retention
from bot.waiting_list import State
from tests.unit.privacy.people import ANNA, BRUNO, CARLA, House, house, move_in, talk
from tests.unit.waiting_list.samples import DATABASES


@pytest.fixture(params=DATABASES)
def home(request: pytest.FixtureRequest, tmp_path: Path):
    with house(request.param, tmp_path) as built:
        yield built


def retain(home: House, **options: bool) -> dict[str, int]:
    return dict(Retention(home.engine, home.settings, home.clock).run(**options))


def test_a_silent_conversation_goes_after_its_period_and_an_applicants_later(home: House) -> None:
    talk(home, CARLA)
    move_in(home, ANNA)
    home.clock.forward(days=90)
    assert "conversations" not in retain(home)
    home.clock.forward(seconds=1)
    assert retain(home)["conversations"] == 4
    kept = home.everything_kept()
    assert CARLA.words not in kept
    assert ANNA.words in kept
    home.clock.forward(days=640)
    assert retain(home)["conversations"] == 4
    assert [entry.name for entry in home.waiting_list.entries()] == [ANNA.name]


def test_a_conversation_that_goes_on_is_kept_whole(home: House) -> None:
    talk(home, CARLA)
    home.clock.forward(days=80)
    talk(home, CARLA)
    home.clock.forward(days=80)
    assert retain(home) == {}


def test_whoever_left_the_list_is_erased_after_the_period_and_whoever_waits_is_not(
    home: House,
) -> None:
    move_in(home, ANNA, BRUNO)
    home.waiting_list.move(home.references[BRUNO.email], State.DECLINED, "eva", "no places")
    home.clock.forward(days=731)
    assert retain(home)["leads"] >= 1
    assert [entry.name for entry in home.waiting_list.entries()] == [ANNA.name, None]


def test_the_words_of_old_mails_go_and_those_not_yet_sent_stay(home: House) -> None:
    move_in(home, ANNA)
    home.waiting_list.move(home.references[ANNA.email], State.CONTACTED, "eva")
    home.clock.forward(days=366)
    retain(home)
    bodies = [mail.body for mail in home.waiting_list.messages(home.references[ANNA.email])]
    assert [body is None for body in bodies] == [True, True, False]


def test_old_files_go_and_young_ones_stay(home: House) -> None:
    logs, mails = home.settings.log_dir, home.settings.mail_dir
    for folder, name in ((logs, "rasa.log.1"), (mails, "IEC-2222-2222-1.eml")):
        folder.mkdir(parents=True)
        for path in (folder / name, folder / name.replace("1", "2")):
            path.write_text("x")
        old = home.clock().timestamp() - 400 * 86_400
        os.utime(folder / name, (old, old))
    home = replace(home)
    assert retain(home, dry_run=True) == {"files of leads": 1, "files of logs": 1}
    assert retain(home) == {"files of leads": 1, "files of logs": 1}
    left = [path.name for path in (*logs.iterdir(), *mails.iterdir())]
    assert left == ["rasa.log.2", "IEC-2222-2222-2.eml"]


def test_a_dry_run_tells_what_would_go_and_deletes_nothing(home: House) -> None:
    move_in(home, ANNA)
    talk(home, CARLA)
    home.clock.forward(days=800)
    before = home.rows_stored()
    told = retain(home, dry_run=True)
    assert home.rows_stored() == before
    assert told == {kind: n for kind, n in retain(home).items() if not kind.startswith("files")}
    assert retain(home) == {}
