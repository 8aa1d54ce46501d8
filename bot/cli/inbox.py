"""`iec inbox`: the messages the assistant was unsure of, and what staff decided about them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from bot.cli.errors import CommandError
from bot.database import open_engine
from bot.settings import PROJECT_ROOT, settings
from bot.teaching import TeachingInbox, gather
from bot.teaching.training_data import as_yaml, files_by_label, merged, new_examples

DATA = PROJECT_ROOT / "data" / "nlu"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec inbox` and its own subcommands."""
    inbox = subparsers.add_parser("inbox", help="what the assistant was unsure of")
    commands = inbox.add_subparsers(dest="inbox_command", metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="print what waits for a decision")
    listing.set_defaults(run_inbox=_list)
    export = commands.add_parser(
        "export",
        help="print the decided messages as examples",
        description="Print the decided messages that are no examples yet, in Rasa's format. Put "
        "them into tests/nlu to test with them; with --merge they become training data.",
    )
    export.add_argument("--output", type=Path, metavar="FILE", help="instead of the terminal")
    export.add_argument(
        "--merge",
        action="store_true",
        help="write them into the files of data/nlu, each under its topic; `iec train` learns them",
    )
    export.set_defaults(run_inbox=_export)


def run(args: argparse.Namespace) -> int:
    """Run one subcommand of `iec inbox`."""
    engine = open_engine(settings().database_url)
    inbox = TeachingInbox(engine)
    gather(engine)
    args.run_inbox(inbox, args)
    return 0


def _list(inbox: TeachingInbox, _args: argparse.Namespace) -> None:
    for riddle in inbox.open_riddles(per_page=1000):
        confidence = "" if riddle.confidence is None else f"{riddle.confidence:.0%}"
        print(f"{riddle.count:4}  {confidence:>4}  {riddle.guess or '-':32}  {riddle.text}")
    print(f"{inbox.count_open()} messages wait for a decision.")


def _export(inbox: TeachingInbox, args: argparse.Namespace) -> None:
    decided = [(riddle.label or "", riddle.text) for riddle in inbox.decided()]
    examples = new_examples(decided, DATA)
    files = files_by_label(DATA)
    if args.merge:
        _merge(examples, files)
        return
    text = as_yaml(examples, files, PROJECT_ROOT)
    if args.output is None:
        print(text, end="")
        return
    try:
        args.output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{args.output} cannot be written: {error.strerror}") from error
    print(f"{sum(map(len, examples.values()))} examples written to {args.output}")


def _merge(examples: Mapping[str, tuple[str, ...]], files: Mapping[str, Path]) -> None:
    if unknown := sorted(examples.keys() - files.keys()):
        raise CommandError(f"No file of data/nlu has: {', '.join(unknown)}. Nothing was changed.")
    contents: dict[Path, str] = {}
    for label, texts in examples.items():
        path = files[label]
        content = contents.get(path) or path.read_text(encoding="utf-8")
        contents[path] = merged(content, label, texts)
    for path, content in contents.items():
        path.write_text(content, encoding="utf-8")
    for label, texts in examples.items():
        print(f"{files[label].relative_to(PROJECT_ROOT)}: {label}: {len(texts)} new")
    if not examples:
        print("Nothing new.")
