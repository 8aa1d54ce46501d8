"""Rasa started in a way that lets strangers in, or without its wits, does not start at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import InputChannel
from rasa.core.channels.rest import RestInput
from rasa.core.channels.socketio import SocketIOInput
from rasa.core.run import configure_app, create_http_input_channels, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from bot.model_signature import sign, signature_of
from bot.settings import PROJECT_ROOT, Settings, read_settings
from bot.tracking.safe_start import UnsafeStart, refuse_unsafe_start

KEY = "the key of these tests"
NOWHERE = EndpointConfig("http://127.0.0.1:9")


@pytest.fixture(autouse=True)
def servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without the servers of other tests, and leave none to them."""
    monkeypatch.setattr(Sanic, "_app_registry", {})


@pytest.fixture
def values(tmp_path: Path) -> Settings:
    return read_settings({"IEC_DATA_DIR": str(tmp_path / "var"), "IEC_SECRET_KEY": KEY})


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """What the signature takes for a model; Rasa would not."""
    archive = tmp_path / "iec.tar.gz"
    archive.write_bytes(b"a model")
    sign(archive, KEY)
    return archive


@pytest.fixture
def rasa_run(model: Path) -> Callable[..., Sanic]:
    """Prepare a server as `rasa run` does, up to the moment at which it would load its model."""

    def prepare(
        channels: list[InputChannel] | None = None,
        endpoints: AvailableEndpoints | None = None,
        remote_storage: str | None = None,
        host: str = "127.0.0.1",
        **options: Any,
    ) -> Sanic:
        if channels is None:
            channels = create_http_input_channels(None, str(PROJECT_ROOT / "credentials.yml"))
        app = configure_app(channels, **({"enable_api": False} | options))
        load = partial(load_agent_on_start, str(model), endpoints, remote_storage)
        app.register_listener(load, "before_server_start")
        app.state.host = host
        return app

    return prepare


def test_a_start_with_nothing_wrong_is_allowed(
    rasa_run: Callable[..., Sanic], values: Settings
) -> None:
    endpoints = AvailableEndpoints.read_endpoints(str(PROJECT_ROOT / "endpoints.yml"))
    rasa_run(endpoints=endpoints)
    refuse_unsafe_start(values)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"channels": [RestInput()]}, "the channel 'rest' is not one of ours"),
        ({"channels": [SocketIOInput()]}, "the channel 'socketio' is not one of ours"),
        ({"enable_api": True}, "Leave out --enable-api"),
        ({"cors": ["*"]}, "Rasa's --cors opens every address"),
        ({"cors": "https://ours.example"}, "Rasa's --cors opens every address"),
        ({"host": "0.0.0.0"}, "would listen on 0.0.0.0, IEC_HOST says 127.0.0.1"),
        ({"remote_storage": "aws"}, "--remote-storage is not signed"),
        ({"endpoints": AvailableEndpoints(model=NOWHERE)}, "endpoints.yml: remove models"),
        ({"endpoints": AvailableEndpoints(nlu=NOWHERE)}, "endpoints.yml: remove nlu"),
        ({"endpoints": AvailableEndpoints(nlg=NOWHERE)}, "endpoints.yml: remove nlg"),
        (
            {"endpoints": AvailableEndpoints(event_broker=NOWHERE)},
            "endpoints.yml: remove event_broker",
        ),
        (
            {"endpoints": AvailableEndpoints(lock_store=EndpointConfig(type="redis"))},
            "endpoints.yml: remove lock_store",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_unsafe_option_is_refused_by_name(
    rasa_run: Callable[..., Sanic], values: Settings, options: dict[str, Any], told: str
) -> None:
    rasa_run(**options)
    with pytest.raises(UnsafeStart) as refused:
        refuse_unsafe_start(values)
    assert told in str(refused.value)
    assert str(refused.value).count("\n- ") == 1


def test_telemetry_that_is_not_off_is_refused(
    rasa_run: Callable[..., Sanic], values: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    rasa_run()
    with pytest.raises(UnsafeStart, match="Set RASA_TELEMETRY_ENABLED=false"):
        refuse_unsafe_start(values)


def unsign(model: Path) -> None:
    signature_of(model).unlink()


def tamper(model: Path) -> None:
    model.write_bytes(b"a model with a door")


def sign_elsewhere(model: Path) -> None:
    sign(model, "somebody else's key")


def remove(model: Path) -> None:
    model.unlink()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (unsign, "is not signed"),
        (tamper, "is not the one that was signed"),
        (sign_elsewhere, "is not the one that was signed"),
        (remove, "No file or directory"),
    ],
)
def test_a_model_that_was_not_trained_here_is_refused_before_it_is_unpacked(
    rasa_run: Callable[..., Sanic],
    values: Settings,
    model: Path,
    spoil: Callable[[Path], None],
    told: str,
) -> None:
    spoil(model)
    rasa_run()
    with pytest.raises(UnsafeStart, match=told):
        refuse_unsafe_start(values)


def test_rasa_shell_may_talk_to_its_own_terminal(
    rasa_run: Callable[..., Sanic], values: Settings
) -> None:
    rasa_run(channels=create_http_input_channels("cmdline", None), host="0.0.0.0")
    refuse_unsafe_start(values)


@pytest.fixture
def real_rasa_run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the real command until it ends by itself; a server that stays is a failure."""

    def run(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
        own = {"IEC_DATA_DIR": str(tmp_path / "var"), "IEC_SECRET_KEY": KEY} | environment
        return subprocess.run(
            [sys.executable, "-m", "rasa", "run", "--port", "0", *options],
            cwd=PROJECT_ROOT,
            env=os.environ | own,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def test_the_real_command_names_everything_that_is_wrong_and_ends(
    real_rasa_run: Callable[..., Any], model: Path, tmp_path: Path
) -> None:
    unsign(model)
    credentials = tmp_path / "credentials.yml"
    credentials.write_text("bot.channels.web.WebChannel:\nrest:\nsocketio:\n")
    options = ["--enable-api", "--cors", "*", "--credentials", str(credentials)]
    ended = real_rasa_run(*options, "--model", str(model), RASA_TELEMETRY_ENABLED="true")
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    told = ended.stdout + ended.stderr
    reasons = [
        "'rest'",
        "'socketio'",
        "--enable-api",
        "--cors",
        "0.0.0.0",
        "TELEMETRY",
        "not signed",
    ]
    assert [reason for reason in reasons if reason not in told] == []


def test_a_signed_model_that_cannot_be_loaded_leaves_no_server_that_answers_nothing(
    real_rasa_run: Callable[..., Any], model: Path
) -> None:
    ended = real_rasa_run("--interface", "127.0.0.1", "--model", str(model))
    assert ended.returncode == 1
    assert "The model could not be loaded. Train it again" in ended.stdout + ended.stderr


def test_a_server_without_our_channel_is_refused_by_our_tracker_store(
    real_rasa_run: Callable[..., Any], model: Path
) -> None:
    options = ["--interface", "127.0.0.1", "--model", str(model), "--connector", "rest"]
    ended = real_rasa_run(*options)
    assert ended.returncode == 1
    assert "the channel 'rest' is not one of ours" in ended.stdout + ended.stderr
