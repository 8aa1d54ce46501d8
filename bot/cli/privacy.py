"""`iec privacy`: what is kept about a person, deleting it, periods, and the database's keys."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.audit import AuditLog
from bot.cli.errors import CommandError
from bot.cli.leads import login_name
from bot.cli.migrate import migrate
from bot.database import open_engine
from bot.keeping import Person
from bot.privacy.erasing import Eraser
from bot.privacy.exporting import export
from bot.privacy.people import identify
from bot.privacy.retention import Retention
from bot.privacy.rotation import rotate
from bot.settings import Settings, add_encryption_key, settings
from bot.waiting_list.sql_store import Engine

Run = Callable[[Settings, Engine, argparse.Namespace], None]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec privacy` and its own subcommands."""
    privacy = subparsers.add_parser("privacy", help="export or erase a person, periods, keys")
    commands = privacy.add_subparsers(dest="privacy_command", metavar="COMMAND", required=True)

    def command(name: str, run: Run, summary: str) -> argparse.ArgumentParser:
        parser = commands.add_parser(name, help=summary, description=summary)
        parser.set_defaults(run_privacy=run)
        return parser

    parser = command("export", _export, "write everything that is kept about a person, as JSON")
    _add_person(parser)
    parser.add_argument("--output", type=Path, metavar="FILE", help="instead of the terminal")

    parser = command("erase", _erase, "delete everything that is kept about a person")
    _add_person(parser)
    _add_dry_run(parser)

    parser = command("retention", _retention, "delete what is older than its period")
    _add_dry_run(parser)

    command("replay", _replay, "erase again whom the ledger names, after a restore")
    command("new-key", _new_key, "put a new encryption key in front of those in the data folder")
    command("rotate-keys", _rotate, "encrypt everything with the newest key")


def run(args: argparse.Namespace) -> int:
    """Run one subcommand of `iec privacy`.

    Raises:
        PrivacyError, EncryptionError, CommandError: it cannot be done; the message says why.
    """
    current = settings()
    args.erased_again = migrate(current)
    engine = open_engine(current.database_url)
    args.run_privacy(current, engine, args)
    engine.dispose()
    return 0


def _export(_current: Settings, engine: Engine, args: argparse.Namespace) -> None:
    with engine.begin() as connection:
        person = identify(connection, args.person)
        text = json.dumps(export(connection, person), ensure_ascii=False, indent=2)
    if args.output is None:
        print(text)
    else:
        _write(args.output, text)
        print(f"Written to {args.output}")
    _record(engine, args.by, "privacy.export", person)


def _erase(current: Settings, engine: Engine, args: argparse.Namespace) -> None:
    eraser = Eraser(engine, current)
    with engine.begin() as connection:
        person = identify(connection, args.person)
    if args.dry_run:
        print(_account(eraser.preview(person), "would be erased"))
        return
    print(_account(eraser.erase(person), "erased"))
    _record(engine, args.by, "privacy.erase", person)


def _retention(current: Settings, engine: Engine, args: argparse.Namespace) -> None:
    done = Retention(engine, current).run(dry_run=args.dry_run)
    print(_account(done, "would be deleted" if args.dry_run else "deleted"))


def _replay(_current: Settings, _engine: Engine, args: argparse.Namespace) -> None:
    # Bringing the database up to date has done it.
    again = args.erased_again
    print(f"{again} erasures carried out again." if again else "Every erasure was done already.")


def _new_key(current: Settings, _engine: Engine, _args: argparse.Namespace) -> None:
    add_encryption_key(current)
    print(
        "A new key stands first. Start the assistant anew everywhere, then run "
        "`iec privacy rotate-keys`; after that the older keys may go."
    )


def _rotate(_current: Settings, engine: Engine, _args: argparse.Namespace) -> None:
    print(f"{rotate(engine)} values encrypted anew. Older keys are no longer needed.")


def _account(account: Mapping[str, int], verb: str) -> str:
    lines = [f"{kind:<24} {number}" for kind, number in sorted(account.items())]
    return "\n".join([*lines, f"{sum(account.values())} rows and files {verb}."])


def _record(engine: Engine, by: str, action: str, person: Person) -> None:
    log = AuditLog(engine)
    for subject in sorted(person.references or person.conversations):
        log.record(f"{by} (terminal)", action, subject)


def _write(path: Path, text: str) -> None:
    try:
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from error


def _add_person(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--person",
        required=True,
        metavar="WHO",
        help="an e-mail address, a reference code or the id of a conversation",
    )
    parser.add_argument("--by", metavar="NAME", default=login_name(), help="who does this")


def _add_dry_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
