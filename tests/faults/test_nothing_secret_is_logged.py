"""Secrets that the commands were given appear in nothing that they print, whatever fails."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.kept_keys import new_encryption_key
from bot.settings import PROJECT_ROOT

SECRET = "hunter2"
KEYS = {
    "IEC_SECRET_KEY": f"{SECRET}-secret-key",
    "IEC_HASH_KEY": f"{SECRET}-hash-key",
    "IEC_ACTIONS_SECRET": f"{SECRET}-actions",
    "IEC_SMTP_URL": f"smtps://iec:{SECRET}@127.0.0.1:9",
    "IEC_TELEGRAM_TOKEN": f"1:{SECRET}",
    "IEC_TELEGRAM_SECRET": f"{SECRET}-telegram",
}
CLOSED = f"postgresql://iec:{SECRET}@127.0.0.1:9/iec"
RASA = [
    *["rasa", "run", "--interface", "127.0.0.1", "--port", "0", "--debug"],
    *["--credentials", "credentials.yml", "--endpoints", "endpoints.yml"],
]
WORKER = ["bot.cli.main", "worker", "--once"]
MIGRATE = ["bot.cli.main", "migrate"]

FAILURES: dict[str, tuple[list[str], dict[str, str]]] = {
    "the database is away from Rasa": (RASA, {"IEC_DATABASE_URL": CLOSED}),
    "the model is not signed": (RASA, {}),
    "the database is away": (MIGRATE, {"IEC_DATABASE_URL": CLOSED}),
    "its port is no port": (MIGRATE, {"IEC_DATABASE_URL": CLOSED.replace(":9", ":nine")}),
    "it is of another kind": (MIGRATE, {"IEC_DATABASE_URL": CLOSED.replace("postgres", "mongo")}),
    "the mail server's address is none": (WORKER, {"IEC_SMTP_URL": f"gopher://iec:{SECRET}@x"}),
    "the mail server's port is no port": (WORKER, {"IEC_SMTP_URL": f"smtps://a:{SECRET}@x:nine"}),
    "the key is short": (MIGRATE, {"IEC_SECRET_KEY": SECRET}),
    "the key of the columns is none": (MIGRATE, {"IEC_ENCRYPTION_KEYS": SECRET}),
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """Exit code and output of every failure; two at a time."""
    model = tmp_path_factory.mktemp("model") / "iec.tar.gz"
    model.write_bytes(b"a model")

    def fail(name: str) -> tuple[int, str]:
        command, given = FAILURES[name]
        options = ["--model", str(model)] if command is RASA else []
        own = {"IEC_DATA_DIR": str(tmp_path_factory.mktemp("data")), **KEYS, **given}
        ended = subprocess.run(
            [sys.executable, "-m", *command, *options],
            cwd=PROJECT_ROOT,
            env=os.environ | {"IEC_ENCRYPTION_KEYS": new_encryption_key()} | own,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        logs = Path(own["IEC_DATA_DIR"]).rglob("*.log")
        return ended.returncode, ended.stdout + ended.stderr + "".join(map(Path.read_text, logs))

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(FAILURES, pool.map(fail, FAILURES), strict=True))


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_told_without_a_secret(
    printed: dict[str, tuple[int, str]], failure: str
) -> None:
    code, output = printed[failure]
    assert code == 1
    assert output.strip()
    assert SECRET not in output


@pytest.mark.parametrize("failure", [name for name in FAILURES if FAILURES[name][0] is not RASA])
def test_a_command_that_fails_says_so_in_one_line(
    printed: dict[str, tuple[int, str]], failure: str
) -> None:
    _, output = printed[failure]
    assert output.startswith("iec: IEC_") or output.startswith("iec: The database of IEC_")
    assert output.count("\n") == 1
