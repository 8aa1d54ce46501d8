"""What a turn costs: our channel and tracker store beside stock Rasa's, same model, same words.

    make bench

Stock Rasa is its REST channel, its SQL tracker store on SQLite and its action server in a second
process. Both servers are asked in turns, so that a busy machine slows both. CPU time counts all
processes of a side; the ratios matter, the milliseconds are this machine's.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from bot.cli.train import ensure_trained
from bot.cli.training_state import MODEL
from bot.model_signature import sign
from bot.nlu.weights import build_weights
from bot.settings import PROJECT_ROOT, settings

KEY = "the key of the benchmarks"
ASKED = [
    "what does it cost?",
    "how long can irish people stay",
    "can I bring my kids",
    "which countries take part",
    "do I need insurance",
    "what is a recognized organization",
]
FORM = [
    "check if I qualify",
    "International Co-op",
    "I'm a 24 year old French student with a signed internship offer in Montreal",
    "yes",
    "TEER 2",
    "France",
    "no, never",
    "15 March 2031",
    "3000",
    "yes",
    "yes",
    "no",
    "no",
]
SCENARIOS: dict[str, tuple[int, list[str]]] = {
    "a question": (20, ASKED),
    "a pre-screening": (6, FORM),
    "a question after 150 others": (1, ASKED * 30),
}
"""How many conversations, and what is said in each; of a long one only the last 30 turns count."""
COUNTED_AT_MOST = 30
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Cost:
    """Wall times of turns, and the CPU time of the side while they were answered."""

    seconds: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def milliseconds(self) -> float:
        return 1_000 * statistics.median(self.seconds)

    @property
    def cpu_milliseconds(self) -> float:
        return 1_000 * self.cpu / len(self.seconds)


class Side(ABC):
    """A server with all its processes, and how to talk to it."""

    name: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self._processes: list[subprocess.Popen[bytes]] = []
        self.costs = {scenario: Cost() for scenario in SCENARIOS}

    def __enter__(self) -> Side:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(timeout=30)

    @abstractmethod
    def start(self) -> None:
        """Start every process and wait until the side answers."""

    @abstractmethod
    def begin(self) -> str:
        """Return what stands for a new conversation."""

    @abstractmethod
    def say(self, conversation: str, text: str) -> None:
        """Send `text` and wait for the whole reply."""

    def run(self, *command: str, **environment: str) -> None:
        own = {"IEC_DATA_DIR": str(self.folder), "IEC_SECRET_KEY": KEY}
        own |= {"RASA_TELEMETRY_ENABLED": "false", **environment}
        with (self.folder / "output.log").open("ab") as log:
            self._processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", *command],
                    cwd=PROJECT_ROOT,
                    env=os.environ | own,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            )

    def wait_for(self, path: str, port: int | None = None) -> None:
        for _ in range(600):
            try:
                urlopen(f"http://127.0.0.1:{port or self.port}{path}", timeout=5).close()
                return
            except (URLError, OSError):
                time.sleep(0.2)
        raise SystemExit(f"{self.name} did not start:\n{(self.folder / 'output.log').read_text()}")

    def cpu(self) -> float:
        return sum(_cpu_seconds(process.pid) for process in self._processes)

    def megabytes(self) -> float:
        pages = [Path(f"/proc/{p.pid}/statm").read_text().split()[1] for p in self._processes]
        return sum(map(int, pages)) * PAGE / 1e6

    def post(self, path: str, body: Any = None, **headers: str) -> bytes:
        data = json.dumps(body).encode() if body is not None else b""
        request = Request(f"http://127.0.0.1:{self.port}{path}", data, headers, method="POST")
        with urlopen(request, timeout=60) as answer:
            content: bytes = answer.read()
        if not content.strip(b"[]\n "):
            raise SystemExit(f"{self.name} said nothing to {body}")
        return content


class Ours(Side):
    """The web channel, the guarded tracker store, actions in the same process."""

    name = "ours"

    def start(self) -> None:
        model = self.folder / MODEL.name
        shutil.copyfile(PROJECT_ROOT / MODEL, model)
        sign(model, KEY)
        self.run(
            *["rasa", "run", "--model", str(model), "--port", str(self.port)],
            *["--interface", "127.0.0.1"],
            IEC_MESSAGES_PER_MINUTE="10000",
            IEC_SESSIONS_PER_HOUR="100000",
        )
        self.wait_for("/ready")

    def begin(self) -> str:
        token: str = json.loads(self.post("/chat/session"))["token"]
        return token

    def say(self, conversation: str, text: str) -> None:
        message = {"message_id": str(uuid.uuid4()), "text": text}
        self.post("/chat/messages", message, Authorization=f"Bearer {conversation}")


class Stock(Side):
    """Rasa as it comes: REST channel, SQL tracker store, action server."""

    name = "stock Rasa"

    def start(self) -> None:
        actions = _free_port()
        (self.folder / "credentials.yml").write_text("rest:\n")
        (self.folder / "endpoints.yml").write_text(
            f"action_endpoint:\n  url: http://127.0.0.1:{actions}/webhook\n"
            f"  headers:\n    X-IEC-Actions: secret={KEY.replace(' ', '-')}\n"
            f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {self.folder}/tracker.db\n"
        )
        secret = {"IEC_ACTIONS_SECRET": KEY.replace(" ", "-")}
        self.run("rasa_sdk", "--actions", "actions", "--port", str(actions), **secret)
        self.run(
            *["rasa", "run", "--model", str(PROJECT_ROOT / MODEL), "--port", str(self.port)],
            *["--interface", "127.0.0.1"],
            *["--credentials", str(self.folder / "credentials.yml")],
            *["--endpoints", str(self.folder / "endpoints.yml")],
        )
        self.wait_for("/health", actions)
        self.wait_for("/")

    def begin(self) -> str:
        return str(uuid.uuid4())

    def say(self, conversation: str, text: str) -> None:
        message = {"sender": conversation, "message": text}
        self.post("/webhooks/rest/webhook", message, **{"Content-Type": "application/json"})


def main() -> None:
    """Measure both sides and print a table."""
    build_weights()
    ensure_trained(PROJECT_ROOT, settings().log_dir / "train.log")
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        kinds: tuple[type[Side], ...] = (Ours, Stock)
        sides = [stack.enter_context(kind(path)) for kind, path in zip(kinds, folders, strict=True)]
        for side in sides:
            _converse(side, ASKED, Cost())
        for scenario, (conversations, texts) in SCENARIOS.items():
            for _ in range(conversations):
                for side in sides:
                    _converse(side, texts, side.costs[scenario])
        print(table(sides))


def table(sides: Sequence[Side]) -> str:
    """Return what was measured as a Markdown table."""
    ours, stock = sides
    lines = ["| a turn | ours, ms (CPU) | stock, ms (CPU) | stock : ours (CPU) |"]
    lines += ["| --- | --- | --- | --- |"]
    for scenario in SCENARIOS:
        one, other = ours.costs[scenario], stock.costs[scenario]
        lines.append(
            f"| {scenario} | {one.milliseconds:.0f} ({one.cpu_milliseconds:.0f}) "
            f"| {other.milliseconds:.0f} ({other.cpu_milliseconds:.0f}) "
            f"| {other.milliseconds / one.milliseconds:.1f} "
            f"({other.cpu_milliseconds / one.cpu_milliseconds:.1f}) |"
        )
    lines.append(f"| memory, MB | {ours.megabytes():.0f} | {stock.megabytes():.0f} | |")
    return "\n".join(lines)


def _converse(side: Side, texts: Sequence[str], cost: Cost) -> None:
    conversation = side.begin()
    uncounted = max(0, len(texts) - COUNTED_AT_MOST)
    for text in texts[:uncounted]:
        side.say(conversation, text)
    before = side.cpu()
    for text in texts[uncounted:]:
        started = time.monotonic()
        side.say(conversation, text)
        cost.seconds.append(time.monotonic() - started)
    cost.cpu += side.cpu() - before


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    main()
