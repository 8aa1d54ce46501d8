"""The `iec` command: one line for a person's mistake, a traceback for a bug of ours."""

from __future__ import annotations

import subprocess
import sys
import types

import pytest
from sqlalchemy.exc import ArgumentError, OperationalError

from bot.cli import main as cli
from bot.cli.errors import CommandError, one_line, sentence_for
from bot.settings import SettingsError


@pytest.fixture
def command(monkeypatch):
    """Put a subcommand `probe` in place that runs the function given."""

    def put(run):
        module = types.ModuleType("bot.cli.probe")
        module.add_parser = lambda subparsers: subparsers.add_parser("probe")
        module.run = run
        monkeypatch.setitem(cli.COMMANDS, "probe", "a probe")
        monkeypatch.setitem(sys.modules, "bot.cli.probe", module)

    return put


def raising(error):
    def run(_args):
        raise error

    return run


def test_the_exit_code_is_the_subcommands(command):
    command(lambda _args: 7)
    assert cli.main(["probe"]) == 7


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SettingsError("IEC_PORT: no."), "iec: IEC_PORT: no.\n"),
        (CommandError("why\n  detail"), "iec: why\n  detail\n"),
        (
            OperationalError("SELECT 1", {}, Exception("could not connect\nto host")),
            "iec: The database of IEC_DATABASE_URL cannot be used: could not connect to host\n",
        ),
        (
            ArgumentError("Could not parse URL from string 'postgresql:secret'"),
            "iec: IEC_DATABASE_URL: this is not the address of an SQLite or PostgreSQL database.\n",
        ),
    ],
)
def test_a_known_error_is_said_without_a_traceback(command, capsys, error, told):
    command(raising(error))
    assert cli.main(["probe"]) == 1
    assert capsys.readouterr().err == told


def test_a_bug_shows_its_traceback(command):
    command(raising(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        cli.main(["probe"])


def test_ctrl_c_is_quiet(command, capsys):
    command(raising(KeyboardInterrupt()))
    assert cli.main(["probe"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_missing_part_does_not_break_the_other_subcommands(monkeypatch, command, capsys):
    monkeypatch.setitem(cli.COMMANDS, "absent", "not there")
    command(lambda _args: 0)
    assert cli.main(["probe"]) == 0
    assert cli.main(["absent"]) == 1
    assert "absent: a part is missing (bot.cli.absent)" in capsys.readouterr().err


def test_a_wrong_python_is_named(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))
    assert cli.main(["up"]) == 1
    assert "Python 3.10 is needed" in capsys.readouterr().err


def test_every_subcommand_is_offered_by_the_help(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert [name for name in cli.COMMANDS if name not in shown] == []


def test_help_needs_neither_rasa_nor_tensorflow_nor_a_data_directory(tmp_path):
    code = (
        "import sys; from bot.cli.main import main\n"
        "try: main(['up', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'rasa', 'tensorflow', 'spacy', 'sqlalchemy'} & set(sys.modules)))"
    )
    environment = {"IEC_DATA_DIR": str(tmp_path / "var"), "PATH": ""}
    shown = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert shown.stdout.splitlines()[-1] == "[]"
    assert not (tmp_path / "var").exists()


def test_telemetry_is_off_without_the_makefile(monkeypatch, command):
    monkeypatch.delenv("RASA_TELEMETRY_ENABLED", raising=False)
    command(lambda _args: 0)
    cli.main(["probe"])
    assert cli.os.environ["RASA_TELEMETRY_ENABLED"] == "false"


def test_a_long_reason_is_cut_to_one_line():
    assert one_line("a\n  b\tc") == "a b c"
    assert one_line("x" * 700) == "x" * 599 + "…"


def test_an_error_of_another_library_has_no_sentence():
    assert sentence_for(ValueError("x")) is None
