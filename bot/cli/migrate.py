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
    again = migrate(settings())
    if again:
        print(f"{again} erasures carried out again: an older state of the database was restored.")
    print(f"{without_password(settings().database_url)} is up to date.")
    return 0


def migrate(current: Settings) -> int:
    """Create or upgrade every table in the database of `current`; safe to call again.

    Returns how many erasures had to be carried out again because an older state was restored.
    """
    from bot.database import create_tables, open_engine
    from bot.privacy.erasing import Eraser
    from bot.transcripts.events_table import events_metadata
    from bot.transcripts.summaries import catch_up
    from bot.waiting_list import open_waiting_list

    open_waiting_list(current)
    engine = open_engine(current.database_url)
    create_tables(engine, events_metadata)
    catch_up(engine)
    again = Eraser(engine, current).replay()
    engine.dispose()
    return again


def without_password(url: str) -> str:
    """Return a database address that may be shown."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")))
