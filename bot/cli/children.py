"""The launcher's child processes: started together, watched, stopped together, never orphaned."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import FrameType

from bot.cli.errors import CommandError

GRACE_SECONDS = 15.0
POLL_SECONDS = 0.2
OLD_LOGS = 3
TAIL_LINES = 15

_COLOUR = re.compile(r"\x1b\[\d+m")
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Part:
    """One child process: what people call it, and what it runs."""

    name: str
    command: Sequence[str]


@dataclass
class Children:
    """The running parts, their logs in `log_dir`, and whether somebody asked to stop.

    A context manager: inside it Ctrl-C, SIGTERM and SIGHUP only set `stopping` (no child is lost
    between two lines), and leaving it stops every child, also on an error.
    """

    log_dir: Path
    environment: Mapping[str, str]
    cwd: Path
    grace: float = GRACE_SECONDS
    stopping: bool = False
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _handlers: dict[int, object] = field(default_factory=dict)

    def __enter__(self) -> Children:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._handlers[number] = signal.signal(number, self._ask_to_stop)
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def start(self, part: Part) -> None:
        """Start `part` with a fresh log; the logs of earlier starts are kept as `.1` and so on.

        Raises:
            CommandError: its program cannot be run.
        """
        self.log_dir.mkdir(parents=True, exist_ok=True)
        _rotate(self.log_of(part.name))
        with self.log_of(part.name).open("wb") as log:
            try:
                self._running[part.name] = subprocess.Popen(
                    part.command,
                    cwd=self.cwd,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    preexec_fn=die_with_parent(),
                )
            except OSError as error:
                raise CommandError(f"{part.name} cannot be started: {error}") from error

    def check(self) -> None:
        """Return if every part is alive.

        Raises:
            CommandError: a part has ended; says which, how, and the end of its log.
        """
        for name, process in self._running.items():
            if (code := process.poll()) is not None:
                raise CommandError(f"{name} ended {_how(code)}.\n{self.tail_of(name)}")

    def wait_until(self, ready: Callable[[], bool], timeout: float) -> bool:
        """Wait until `ready()`; False when somebody asked to stop or `timeout` seconds are over.

        Raises:
            CommandError: a part died meanwhile.
        """
        end = time.monotonic() + timeout
        while not self.stopping and time.monotonic() < end:
            self.check()
            if ready():
                return True
            time.sleep(POLL_SECONDS)
        return False

    def watch(self) -> None:
        """Return when somebody asks to stop.

        Raises:
            CommandError: a part died.
        """
        while not self.stopping:
            self.check()
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """End every part with all its own children: politely, after the grace by force."""
        self.stopping = False  # from here on a second Ctrl-C cuts the grace short
        _signal_groups(self._running.values(), signal.SIGTERM)
        end = time.monotonic() + self.grace
        while any(process.poll() is None for process in self._running.values()):
            if self.stopping or time.monotonic() > end:
                break
            time.sleep(POLL_SECONDS / 4)
        _signal_groups(self._running.values(), signal.SIGKILL)
        for process in self._running.values():
            process.wait()
        self._running.clear()

    def log_of(self, name: str) -> Path:
        """Return the file that the part called `name` writes what it says into."""
        return self.log_dir / f"{name}.log"

    def tail_of(self, name: str) -> str:
        """Return where the log of `name` is, and its last lines."""
        log = self.log_of(name)
        lines = _COLOUR.sub("", log.read_text(encoding="utf-8", errors="replace")).splitlines()
        return "\n".join([f"The end of {log}:", *(f"  {line}" for line in lines[-TAIL_LINES:])])

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True


def die_with_parent() -> Callable[[], None] | None:
    """Return what a child runs before its program, so that it ends when we are killed (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def ask_kernel() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel


def _signal_groups(processes: Iterable[subprocess.Popen[bytes]], number: signal.Signals) -> None:
    for process in processes:
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            continue


def _rotate(log: Path) -> None:
    names = [log, *(log.with_name(f"{log.name}.{age}") for age in range(1, OLD_LOGS + 1))]
    for newer, older in reversed(list(pairwise(names))):
        if newer.exists():
            newer.replace(older)


def _how(code: int) -> str:
    if code < 0:
        return f"by signal {signal.Signals(-code).name}"
    return f"with exit code {code}"
