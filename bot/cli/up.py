"""`iec up`: everything that a conversation needs, started with one command.

Checks, migrates, trains if stale, starts the parts, waits until they are ready, watches them.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from bot.cli.children import Children, Part
from bot.cli.errors import CommandError
from bot.cli.migrate import migrate, without_password
from bot.cli.train import prepare_model, read_yaml
from bot.cli.training_state import MODEL
from bot.settings import PROJECT_ROOT, Settings, settings, switched_on

if TYPE_CHECKING:
    from bot.staff import OneTimePassword

READY_SECONDS = 180.0
OUR_CHANNELS = "bot.channels."


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec up`."""
    subparsers.add_parser("up", help="start the assistant and print its address")


def run(_args: argparse.Namespace) -> int:
    """Start the assistant and stay until Ctrl-C or SIGTERM; 0 then, 1 when a part fails."""
    from bot.cli.staff import first_administrator

    with _terminated_like_interrupted():
        current = settings()
        check_port(current.host, current.port, "IEC_PORT")
        check_port(current.host, current.console_port, "IEC_CONSOLE_PORT")
        check_channels(PROJECT_ROOT / "credentials.yml")
        migrate(current)
        prepare_model(current)
        supervise(current, parts_of(current), first=first_administrator(current))
    return 0


def parts_of(current: Settings) -> tuple[Part, ...]:
    """Return the processes that make up the assistant.

    Rasa's HTTP API stays off (no `--enable-api`); actions run in its process, see the web channel.
    """
    rasa = [sys.executable, "-m", "rasa", "run", "--model", str(MODEL)]
    rasa += ["--interface", current.host, "--port", str(current.port)]
    rasa += ["--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
    return (
        Part("rasa", rasa),
        Part("worker", [sys.executable, "-m", "bot.cli.main", "worker"]),
        Part("console", [sys.executable, "-m", "bot.console"]),
    )


def supervise(
    current: Settings,
    parts: Sequence[Part],
    *,
    ready: Callable[[], bool] | None = None,
    timeout: float = READY_SECONDS,
    first: OneTimePassword | None = None,
) -> None:
    """Run `parts` until somebody stops us; print the addresses as soon as `ready()`.

    `first` is the password with which the first member of staff signs in.

    Raises:
        CommandError: a part died or was not ready after `timeout` seconds; all are stopped then.
    """
    addresses = (address_of(current), console_address_of(current))
    is_ready = ready or (lambda: all(map(answers_ready, addresses)))
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
    }
    started = time.monotonic()
    with Children(current.log_dir, environment, PROJECT_ROOT) as children:
        print(f"Starting {' and '.join(part.name for part in parts)}", flush=True)
        for part in parts:
            children.start(part)
        if children.wait_until(is_ready, timeout):
            print(f"  ready after {time.monotonic() - started:.0f} s", flush=True)
            print(_welcome(current, first), flush=True)
            children.watch()
        elif not children.stopping:
            tail = children.tail_of(parts[0].name)
            raise CommandError(f"{parts[0].name} was not ready after {timeout:.0f} s.\n{tail}")
        print("Stopping", flush=True)


def check_port(host: str, port: int, setting: str) -> None:
    """Return if we can listen at `host` and `port`, where `setting` is the port's name.

    Raises:
        CommandError: names the setting to change.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise CommandError(f"IEC_HOST: {host!r} is not an address of this machine.") from None
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise CommandError(
                f"{setting}: port {port} on {host}: {error.strerror}. "
                f"Stop what uses it, or choose another, for example {setting}={port + 1} make run"
            ) from None


def check_channels(credentials: Path) -> None:
    """Return if the file switches on none but our own channels, which verify what they receive.

    Raises:
        CommandError: names the channel that is not ours.
    """
    for name in read_yaml(credentials):
        if not str(name).startswith(OUR_CHANNELS):
            raise CommandError(
                f"{credentials.name}: the channel {name!r} is not one of ours ({OUR_CHANNELS}*). "
                "Rasa's stock channels trust whatever they are sent; remove it."
            )


def address_of(current: Settings) -> str:
    """Return the address at which a browser on this machine finds the assistant."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(current.host, current.host)  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{current.port}"


def console_address_of(current: Settings) -> str:
    """Return the address at which a browser on this machine finds the staff pages."""
    return address_of(replace(current, port=current.console_port))


def answers_ready(address: str) -> bool:
    """Say whether what listens at `address` is ready: model loaded, database reached."""
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"{address}/ready", timeout=5) as response:
            return bool(response.status == 200)
    except (URLError, HTTPException, OSError):
        return False


def _welcome(current: Settings, first: OneTimePassword | None) -> str:
    mails = "sent by IEC_SMTP_URL" if current.smtp_url else f"{current.mail_dir} (no IEC_SMTP_URL)"
    return "\n".join(
        [
            "",
            f"  Chat    {address_of(current)}/",
            *([f"          and on {', '.join(on)}"] if (on := switched_on(current)) else []),
            f"  Staff   {console_address_of(current)}/",
            *([f"          name {first.account}, password {first.password}"] if first else []),
            f"  Mails   {mails}",
            f"  Data    {without_password(current.database_url)}",
            f"  Logs    {current.log_dir}",
            "",
            "Ctrl-C stops everything.",
        ]
    )


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
