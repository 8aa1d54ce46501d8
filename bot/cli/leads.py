"""`iec leads`: the people on the waiting list, for staff at a terminal."""

from __future__ import annotations

import argparse
import getpass
import json
from collections.abc import Callable, Sequence
from datetime import datetime, time, timezone
from pathlib import Path
from typing import Any

from bot.cli.errors import CommandError
from bot.cli.leads_text import lead_table, lead_text, pool_table, transcript_values
from bot.database import open_engine
from bot.settings import settings
from bot.transcripts import Conversation, read_conversation
from bot.waiting_list import Entry, State, WaitingList, open_waiting_list
from bot.waiting_list.export import as_csv

Run = Callable[[WaitingList, argparse.Namespace], None]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec leads` and its own subcommands."""
    leads = subparsers.add_parser("leads", help="the people on the waiting list")
    commands = leads.add_subparsers(dest="leads_command", metavar="COMMAND", required=True)

    def command(name: str, run: Run, summary: str) -> argparse.ArgumentParser:
        parser = commands.add_parser(name, help=summary, description=summary)
        parser.set_defaults(run_leads=run)
        return parser

    parser = command("list", _list, "list people, in the order of their positions")
    _add_filters(parser)
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--json", action="store_true", help="print everything kept, as JSON")
    formats.add_argument("--csv", action="store_true", help="print CSV")

    parser = command("show", _show, "show answers, decision, history, mails and transcript")
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("--json", action="store_true", help="print JSON")

    parser = command("move", _move, "move somebody to another state")
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("state", metavar="STATE", type=_state, help=", ".join(State))
    _add_deadline(parser)
    _add_reason(parser)
    _add_by(parser)

    parser = command("review", _review, "clear somebody whose outcome needed a review")
    parser.add_argument("reference", metavar="REF")
    _add_reason(parser)
    _add_by(parser)

    parser = command("contact-next", _contact_next, "contact the next people who qualify")
    _add_pool(parser)
    parser.add_argument("--count", type=int, default=1, metavar="N")
    _add_deadline(parser)
    _add_by(parser)

    parser = command("pools", _pools, "show places, and who is next, for each program")
    parser.add_argument("--json", action="store_true", help="print JSON")

    parser = command("quota", _quota, "set the number of places of a program")
    _add_pool(parser)
    parser.add_argument("quota", metavar="N", type=int)
    _add_reason(parser)
    _add_by(parser)

    parser = command("export", _export, "write people and answers as CSV or JSON")
    _add_filters(parser)
    parser.add_argument("--json", action="store_true", help="write JSON instead of CSV")
    parser.add_argument("--output", type=Path, metavar="FILE", help="instead of the terminal")


def run(args: argparse.Namespace) -> int:
    """Run one subcommand of `iec leads`.

    Raises:
        WaitingListError, CommandError: it cannot be done; the message says why.
    """
    args.run_leads(open_waiting_list(settings()), args)
    return 0


def _list(waiting_list: WaitingList, args: argparse.Namespace) -> None:
    entries = _entries(waiting_list, args)
    if args.json:
        _print_json([entry.as_dict() for entry in entries])
    elif args.csv:
        print(as_csv(entries), end="")
    else:
        print(lead_table(entries))


def _show(waiting_list: WaitingList, args: argparse.Namespace) -> None:
    entry = waiting_list.entry(args.reference)
    conversation = _conversation(entry)
    history = waiting_list.history(entry.reference)
    messages = waiting_list.messages(entry.reference)
    earlier = waiting_list.earlier_submissions(entry.reference)
    if not args.json:
        print(lead_text(entry, history, messages, earlier, conversation))
        return
    _print_json(
        entry.as_dict()
        | {
            "history": [line.as_dict() for line in history],
            "messages": [message.as_dict() for message in messages],
            "earlier_submissions": [submission.as_dict() for submission in earlier],
            "transcript": transcript_values(conversation),
        }
    )


def _move(waiting_list: WaitingList, args: argparse.Namespace) -> None:
    entry = waiting_list.move(
        args.reference, args.state, args.by, reason=args.reason, deadline=args.deadline
    )
    print(_moved(entry))


def _review(waiting_list: WaitingList, args: argparse.Namespace) -> None:
    entry = waiting_list.review(args.reference, args.by, reason=args.reason)
    print(f"{entry.reference} may now be contacted in turn.")


def _contact_next(waiting_list: WaitingList, args: argparse.Namespace) -> None:
    contacted = waiting_list.contact_next(
        args.program, args.season, args.count, args.by, deadline=args.deadline
    )
    print("\n".join(_moved(entry) for entry in contacted) or "Nobody who qualifies is waiting.")


def _pools(waiting_list: WaitingList, args: argparse.Namespace) -> None:
    pools = waiting_list.pools()
    following = [waiting_list.next_in_line(pool.program, pool.season) for pool in pools]
    if not args.json:
        print(pool_table(pools, following))
        return
    _print_json(
        [
            pool.as_dict() | {"next": entry.reference if entry else None}
            for pool, entry in zip(pools, following, strict=True)
        ]
    )


def _quota(waiting_list: WaitingList, args: argparse.Namespace) -> None:
    if (args.program, args.season) not in {(p.program, p.season) for p in waiting_list.pools()}:
        raise CommandError(f"There is no waiting list for {args.program} {args.season}.")
    pool = waiting_list.set_pool(
        args.program, args.season, args.by, quota=args.quota, reason=args.reason
    )
    print(f"{pool.program} {pool.season}: {pool.quota} places, {pool.in_use} in use.")


def _export(waiting_list: WaitingList, args: argparse.Namespace) -> None:
    entries = _entries(waiting_list, args)
    if args.json:
        text = json.dumps([entry.as_dict() for entry in entries], ensure_ascii=False, indent=2)
    else:
        text = as_csv(entries)
    if args.output is None:
        print(text, end="" if text.endswith("\n") else "\n")
        return
    try:
        args.output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(f"{args.output} cannot be written: {error.strerror}") from error
    print(f"{len(entries)} people written to {args.output}")


def _entries(waiting_list: WaitingList, args: argparse.Namespace) -> Sequence[Entry]:
    return waiting_list.entries(args.program, args.season, args.state, words=args.search)


def _conversation(entry: Entry) -> Conversation | None:
    """Return the conversation in which the person applied, if it is still stored."""
    if entry.conversation_id is None:
        return None
    try:
        return read_conversation(open_engine(settings().database_url), entry.conversation_id)
    except Exception as error:
        if type(error).__module__.startswith("sqlalchemy."):
            return None
        raise


def _moved(entry: Entry) -> str:
    until = f" until {entry.deadline:%Y-%m-%d %H:%M} UTC" if entry.deadline else ""
    return f"{entry.reference} is {entry.state.value}{until}."


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--program", metavar="PROGRAM")
    parser.add_argument("--season", metavar="SEASON")
    parser.add_argument(
        "--state", metavar="STATE", type=_state, action="append", help="may be repeated"
    )
    parser.add_argument("--search", metavar="WORDS", help="whole words of the name or the address")


def _add_pool(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("program", metavar="PROGRAM")
    parser.add_argument("season", metavar="SEASON")


def _add_deadline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--deadline",
        type=_deadline,
        metavar="TIME",
        help="2026-12-01 (until the end of that day) or 2026-12-01T17:00; UTC without an offset",
    )


def _add_reason(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", metavar="TEXT", help="kept in the history")


def _add_by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--by", metavar="NAME", default=login_name(), help="who does this (default: %(default)s)"
    )


def login_name() -> str:
    """Return who is signed in at this terminal."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "staff"


def _state(text: str) -> State:
    try:
        return State(text.lower())
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is none of: {', '.join(State)}") from None


def _deadline(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-12-01") from None
    if len(text) == len("2026-12-01"):
        moment = datetime.combine(moment, time(23, 59, 59))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
