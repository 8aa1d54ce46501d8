"""`iec audit`: read the log of who saw and changed what, and check that nobody changed the log."""

from __future__ import annotations

import argparse
import json

from bot.audit import AuditLog, Filters, Head, verify
from bot.database import open_engine
from bot.settings import settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec audit` and its own subcommands."""
    audit = subparsers.add_parser("audit", help="read and check the audit log")
    commands = audit.add_subparsers(dest="audit_command", metavar="COMMAND", required=True)
    check = commands.add_parser("verify", help="check that no line was changed or cut off")
    check.add_argument(
        "--head",
        type=_head,
        metavar="NUMBER:HASH",
        help="a head that an earlier `iec audit verify` printed, noted outside of the database",
    )
    check.set_defaults(run_audit=_verify)
    listing = commands.add_parser("list", help="print the newest lines that match")
    for name in ("who", "action", "subject"):
        listing.add_argument(f"--{name}")
    listing.add_argument("--most", type=int, default=50, metavar="N", help="(default: %(default)s)")
    listing.set_defaults(run_audit=_list)
    export = commands.add_parser("export", help="print every line as JSON, the oldest first")
    export.set_defaults(run_audit=_export)


def run(args: argparse.Namespace) -> int:
    """Run one subcommand of `iec audit`; 1 if the log is not as it was written."""
    return int(args.run_audit(args))


def _verify(args: argparse.Namespace) -> int:
    verdict = verify(open_engine(settings().database_url), args.head)
    if not verdict.holds:
        print(f"BROKEN: {verdict.problem}.")
        return 1
    print(f"{verdict.head.number} lines, all as they were written. Head: {verdict.head}")
    return 0


def _list(args: argparse.Namespace) -> int:
    filters = Filters(who=args.who, action=args.action, subject=args.subject)
    for line in _log().lines(filters, per_page=args.most):
        details = " ".join(f"{name}={value}" for name, value in line.details.items())
        moment = f"{line.at:%Y-%m-%d %H:%M:%S}"
        print(f"{line.number:6}  {moment}  {line.who}  {line.action}  {line.subject}  {details}")
    return 0


def _export(_args: argparse.Namespace) -> int:
    for line in _log().export():
        print(json.dumps(line.as_dict(), ensure_ascii=False))
    return 0


def _log() -> AuditLog:
    return AuditLog(open_engine(settings().database_url))


def _head(text: str) -> Head:
    try:
        return Head.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
