"""`iec channels`: what is on, and Telegram's webhook, against a stub of Telegram."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.cli import channels
from bot.cli.errors import CommandError
from bot.settings import CHANNELS, Settings, read_settings, switched_on

TOKEN = "123456:a-token-of-the-tests"
SECRET = "a-secret-of-the-tests"


class Telegram(BaseHTTPRequestHandler):
    """Answers every call with what the test wants, and remembers the calls."""

    calls: list[tuple[str, dict[str, Any]]]
    status: int
    answer: dict[str, Any]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).calls.append((self.path, json.loads(body)))
        self.send_response(type(self).status)
        self.end_headers()
        self.wfile.write(json.dumps(type(self).answer).encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def telegram() -> Iterator[type[Telegram]]:
    Telegram.calls, Telegram.status, Telegram.answer = [], 200, {"ok": True, "result": True}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Telegram)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Telegram.port = server.server_port  # type: ignore[attr-defined]
    yield Telegram
    server.shutdown()
    server.server_close()


@pytest.fixture
def current(tmp_path, telegram) -> Settings:
    return read_settings(
        {
            "IEC_DATA_DIR": str(tmp_path),
            "IEC_PUBLIC_URL": "https://chat.example.org/",
            "IEC_TELEGRAM_TOKEN": TOKEN,
            "IEC_TELEGRAM_SECRET": SECRET,
            "IEC_TELEGRAM_API": f"http://127.0.0.1:{telegram.port}",
        }
    )


def test_nothing_is_on_until_it_is_set(tmp_path):
    nothing = read_settings({"IEC_DATA_DIR": str(tmp_path)})
    assert switched_on(nothing) == ()
    lines = channels.overview(nothing).splitlines()
    assert [line.split()[:2] for line in lines] == [[name, "off"] for name in CHANNELS]


def test_what_is_on_is_named_with_its_address_and_no_secret(current):
    assert switched_on(current) == ("telegram",)
    shown = channels.overview(current)
    assert "telegram   on    https://chat.example.org/channels/telegram" in shown
    assert not [secret for secret in (TOKEN, SECRET) if secret in shown + repr(current)]


def test_setting_the_webhook_tells_telegram_address_secret_and_updates(current, telegram, capsys):
    channels.set_webhook(current)
    assert telegram.calls == [
        (
            f"/bot{TOKEN}/setWebhook",
            {
                "url": "https://chat.example.org/channels/telegram",
                "secret_token": SECRET,
                "allowed_updates": ["message", "edited_message", "callback_query"],
            },
        )
    ]
    assert "https://chat.example.org/channels/telegram" in capsys.readouterr().out


def test_the_webhook_can_be_taken_away(current, telegram):
    channels.delete_webhook(current)
    assert telegram.calls == [(f"/bot{TOKEN}/deleteWebhook", {})]


def test_what_telegram_knows_is_shown(current, telegram, capsys):
    telegram.answer = {
        "result": {
            "url": "https://old.example.org",
            "pending_update_count": 3,
            "last_error_date": 1_700_000_000,
            "last_error_message": "Wrong response from the webhook: 401",
        }
    }
    channels.show(current)
    assert capsys.readouterr().out.splitlines() == [
        "address   https://old.example.org",
        "waiting   3",
        "trouble   2023-11-14 22:13 UTC: Wrong response from the webhook: 401",
    ]


def test_a_refusal_is_told_in_telegrams_words_without_the_token(current, telegram):
    telegram.status, telegram.answer = 401, {"ok": False, "description": "Unauthorized"}
    with pytest.raises(CommandError, match="refused setWebhook: Unauthorized") as told:
        channels.set_webhook(current)
    assert TOKEN not in str(told.value)


def test_an_unreachable_telegram_is_told_without_the_token(current):
    away = replace(current, telegram_api="http://127.0.0.1:9")
    with pytest.raises(CommandError, match="cannot be reached") as told:
        channels.show(away)
    assert TOKEN not in str(told.value)


def test_without_a_public_address_there_is_nothing_to_tell(current, telegram):
    with pytest.raises(CommandError, match="IEC_PUBLIC_URL"):
        channels.set_webhook(replace(current, public_url=None))
    assert telegram.calls == []
