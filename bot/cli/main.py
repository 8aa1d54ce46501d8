"""The `iec` command. A subcommand's module is imported only when it is the one asked for.

Each module offers `add_parser(subparsers)` and `run(args) -> int` (the exit code).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from types import ModuleType

from bot.cli.errors import CommandError, sentence_for
from bot.privacy.log_filter import install_log_filter

COMMANDS = {
    "up": "start the assistant and print its address",
    "train": "train the model if anything it is made of has changed",
    "migrate": "bring the database to the newest schema",
    "assess": "check applicants, one JSON object a line, against the published criteria",
    "leads": "list, show, move and export the people on the waiting list",
    "inbox": "export what staff decided about messages the assistant was unsure of",
    "audit": "read and check the log of who saw and changed what",
    "staff": "add, reset and disable the accounts of the staff pages",
    "channels": "show the messengers and set Telegram's webhook",
    "worker": "send waiting messages and let offers lapse, until stopped",
    "privacy": "export or erase a person, apply periods, exchange keys",
    "nlu": "measure and tune the understanding",
}

ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code; 1 with one line on stderr when it cannot."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    try:
        _check_python()
        install_log_filter()
        return _run(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`head`, say) has seen enough; nothing may be flushed into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        print(f"iec: {sentence}", file=sys.stderr)
        return 1


def _run(argv: list[str]) -> int:
    chosen = next((word for word in argv if not word.startswith("-")), None)
    parser = argparse.ArgumentParser(
        prog="iec", description="The assistant for International Experience Canada applicants."
    )
    parser.add_argument("--version", action="version", version=f"iec {version('iec-assistant')}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    module: ModuleType | None = None
    for name, summary in COMMANDS.items():
        if name == chosen:
            module = _module_of(name)
            module.add_parser(subparsers)
        else:
            subparsers.add_parser(name, help=summary)
    args = parser.parse_args(argv)
    assert module is not None
    return int(module.run(args))


def _module_of(command: str) -> ModuleType:
    name = f"bot.cli.{command}"
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise CommandError(
            f"{command}: a part is missing ({error.name}). Install it with `make setup`."
        ) from error


def _check_python() -> None:
    if sys.version_info[:2] != (3, 10):
        found = ".".join(map(str, sys.version_info[:3]))
        raise CommandError(
            f"Python 3.10 is needed, {sys.executable} is {found}. Run `make setup`, "
            "then .venv/bin/iec."
        )


if __name__ == "__main__":
    sys.exit(main())
