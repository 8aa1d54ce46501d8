"""`iec migrate`: bring the database to the newest schema."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit, urlunsplit

from bot.settings import Settings, settings


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec migrate`."""
    subparsers.add_parser("migrate", help="bring the database to the newest schema")


def run(_args: argparse.Namespace) -> int:
    """Migrate the database of the settings and name it."""
    migrate(settings())
    print(f"{without_password(settings().database_url)} is up to date.")
    return 0


def migrate(current: Settings) -> None:
    """Create or upgrade every table in the database of `current`; safe to call again."""
    from bot.database import create_tables, open_engine
    from bot.transcripts.events_table import events_metadata
    from bot.transcripts.summaries import catch_up
    from bot.waiting_list import open_waiting_list

    open_waiting_list(current)
    engine = open_engine(current.database_url)
    create_tables(engine, events_metadata)
    catch_up(engine)
    engine.dispose()


def without_password(url: str) -> str:
    """Return a database address that may be shown."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")))
