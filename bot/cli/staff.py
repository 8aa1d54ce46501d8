"""`iec staff`: the accounts of the staff pages, for whoever runs the machine."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bot.audit import AuditLog
from bot.cli.leads import login_name
from bot.database import open_engine
from bot.settings import Settings, settings
from bot.staff import Accounts, OneTimePassword, Role, open_office

Run = Callable[[Accounts, argparse.Namespace], str]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec staff` and its own subcommands."""
    staff = subparsers.add_parser("staff", help="the accounts of the staff pages")
    commands = staff.add_subparsers(dest="staff_command", metavar="COMMAND", required=True)

    def command(name: str, run: Run, summary: str) -> argparse.ArgumentParser:
        parser = commands.add_parser(name, help=summary, description=summary)
        parser.set_defaults(run_staff=run)
        if name != "list":
            parser.add_argument("name", metavar="NAME")
        return parser

    command("list", _list, "list all accounts")
    parser = command("add", _add, "make an account and print its one-time password")
    parser.add_argument("--role", type=_role, default=Role.READER, help=", ".join(Role))
    command("reset", _reset, "print a new one-time password; lifts a lock-out, ends all sessions")
    command("disable", _disable, "keep somebody out, at once")
    command("enable", _enable, "let somebody in again")


def run(args: argparse.Namespace) -> int:
    """Run one subcommand of `iec staff`; what changes an account is recorded in the audit.

    Raises:
        StaffError: it cannot be done; the message says why.
    """
    engine = open_engine(settings().database_url)
    print(args.run_staff(open_office(engine).accounts, args))
    if args.staff_command != "list":
        subject = f"account:{args.name.strip().lower()}"
        AuditLog(engine).record(
            f"{login_name()} (terminal)", f"accounts.{args.staff_command}", subject
        )
    return 0


def first_administrator(current: Settings) -> OneTimePassword | None:
    """Return the one-time password of the first account, made now; None once it was used."""
    return open_office(open_engine(current.database_url)).accounts.first_administrator()


def _list(accounts: Accounts, _args: argparse.Namespace) -> str:
    lines = [
        f"{account.name:<24}{account.role.value:<16}"
        + ("disabled" if account.disabled_at else "active")
        + ("" if account.signed_in_at else ", never signed in")
        for account in accounts.all()
    ]
    return "\n".join(lines) or "There is no account yet; `iec up` makes the first."


def _add(accounts: Accounts, args: argparse.Namespace) -> str:
    return _told(accounts.add(args.name, args.role))


def _reset(accounts: Accounts, args: argparse.Namespace) -> str:
    return _told(accounts.reset(args.name))


def _disable(accounts: Accounts, args: argparse.Namespace) -> str:
    return f"{accounts.disable(args.name).name} is disabled and signed out everywhere."


def _enable(accounts: Accounts, args: argparse.Namespace) -> str:
    return f"{accounts.enable(args.name).name} may sign in again."


def _told(once: OneTimePassword) -> str:
    return f"One-time password of {once.account}: {once.password}"


def _role(text: str) -> Role:
    try:
        return Role(text.lower())
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is none of: {', '.join(Role)}") from None
