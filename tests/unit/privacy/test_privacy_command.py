"""`iec privacy` at a terminal."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.audit import AuditLog
from bot.cli.main import main
from bot.cli.worker import Daily
from bot.settings import settings
from tests.unit.privacy.people import ANNA, BRUNO, House, house, move_in
from tests.unit.waiting_list.samples import HandSetClock


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("IEC_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    with house("sqlite", tmp_path) as built:
        move_in(built, ANNA, BRUNO)
        yield built
    settings.cache_clear()


def iec(*words: str) -> int:
    return main(["privacy", *words])


def test_an_export_is_json_in_a_file_for_the_owner_only(home: House, tmp_path: Path, capsys):
    target = tmp_path / "anna.json"
    assert iec("export", "--person", ANNA.email, "--output", str(target), "--by", "eva") == 0
    assert json.loads(target.read_text())["emails"] == [ANNA.email]
    assert target.stat().st_mode & 0o777 == 0o600
    assert str(target) in capsys.readouterr().out
    assert iec("export", "--person", home.references[BRUNO.email]) == 0
    assert json.loads(capsys.readouterr().out)["leads"][0]["name"] == BRUNO.name
    actions = [(line.who, line.action) for line in AuditLog(home.engine).lines()]
    assert ("eva (terminal)", "privacy.export") in actions


def test_a_dry_run_says_what_would_go_then_erase_does_it_and_is_noted(home: House, capsys):
    assert iec("erase", "--person", ANNA.email, "--dry-run") == 0
    assert "would be erased" in capsys.readouterr().out
    assert home.waiting_list.entries()[0].name == ANNA.name
    assert iec("erase", "--person", ANNA.email, "--by", "eva") == 0
    said = capsys.readouterr().out
    assert "leads                    1" in said
    assert "files                    2" in said
    assert [entry.name for entry in home.waiting_list.entries()] == [None, BRUNO.name]
    last = AuditLog(home.engine).lines()[0]
    assert (last.action, last.subject) == ("privacy.erase", home.references[ANNA.email])


def test_nobody_of_that_name_is_one_sentence(home: House, capsys):
    assert iec("erase", "--person", "nobody@example.org") == 1
    assert capsys.readouterr().err.startswith("iec: Nothing is stored under that")


def test_an_export_into_a_folder_that_is_not_there_is_one_sentence(home: House, capsys):
    assert iec("export", "--person", ANNA.email, "--output", "/nowhere/anna.json") == 1
    assert "/nowhere/anna.json cannot be written" in capsys.readouterr().err


def test_replay_says_whether_a_restore_was_made_up_for(home: House, tmp_path: Path, capsys):
    database = Path(home.engine.url.database)
    home.engine.dispose()
    backup = shutil.copy(database, tmp_path / "backup")
    assert iec("erase", "--person", ANNA.email) == 0
    assert iec("replay") == 0
    assert "Every erasure was done already." in capsys.readouterr().out
    shutil.copy(backup, database)
    assert iec("replay") == 0
    assert "1 erasures carried out again." in capsys.readouterr().out
    shutil.copy(backup, database)
    assert main(["migrate"]) == 0
    assert "an older state of the database was restored" in capsys.readouterr().out


def test_retention_tells_first_and_then_deletes(home: House, capsys):
    assert iec("retention", "--dry-run") == 0
    assert "would be deleted" in capsys.readouterr().out
    assert iec("retention") == 0
    deleted = capsys.readouterr().out
    assert "conversations" in deleted
    assert iec("retention") == 0
    assert "0 rows and files deleted." in capsys.readouterr().out


def test_a_new_key_then_a_rotation(home: House, capsys):
    names = [entry.name for entry in home.waiting_list.entries()]
    assert iec("new-key") == 0
    assert "Start the assistant anew" in capsys.readouterr().out
    settings.cache_clear()
    assert iec("rotate-keys") == 0
    assert "values encrypted anew" in capsys.readouterr().out
    keys = home.settings.data_dir / "encryption_keys"
    keys.write_text(keys.read_text().split()[0])
    settings.cache_clear()
    assert [entry.name for entry in home.waiting_list.entries()] == names


def test_a_database_of_other_keys_is_refused_with_a_sentence(home: House, capsys):
    (home.settings.data_dir / "encryption_keys").unlink()
    settings.cache_clear()
    assert iec("retention") == 1
    assert "IEC_ENCRYPTION_KEYS: none of the keys opens" in capsys.readouterr().err
    assert home.settings.data_dir.joinpath("iec.db").exists()


def test_the_worker_does_a_daily_task_once_a_day_and_again_after_a_failure():
    clock, done, broken = HandSetClock(), [], [False]

    def task() -> None:
        if broken[0]:
            raise OSError("away")
        done.append(clock())

    daily = Daily(task, clock)
    for _ in range(3):
        daily()
    assert len(done) == 1
    clock.forward(hours=24)
    broken[0] = True
    with pytest.raises(OSError, match="away"):
        daily()
    broken[0] = False
    daily()
    daily()
    assert len(done) == 2
