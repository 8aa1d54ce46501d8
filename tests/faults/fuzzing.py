"""Requests that no browser would send, for every public route, and a client that sends them raw."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st
from rasa.core.channels.channel import register
from rasa.core.run import create_http_input_channels
from sanic import Sanic

from bot.settings import PROJECT_ROOT

ALL_CHANNELS = {
    "IEC_PUBLIC_URL": "https://chat.example.org",
    "IEC_TELEGRAM_TOKEN": "1:telegram",
    "IEC_TELEGRAM_SECRET": "telegram-secret-of-the-tests",
    "IEC_TELEGRAM_API": "http://127.0.0.1:9",
    "IEC_MESSENGER_TOKEN": "messenger",
    "IEC_MESSENGER_APP_SECRET": "messenger-secret-of-the-tests",
    "IEC_MESSENGER_VERIFY_TOKEN": "messenger-verify-of-the-tests",
    "IEC_MESSENGER_API": "http://127.0.0.1:9",
    "IEC_WHATSAPP_ACCOUNT": "AC00000000000000000000000000000000",
    "IEC_WHATSAPP_TOKEN": "whatsapp-token-of-the-tests",
    "IEC_WHATSAPP_NUMBER": "+15005550006",
    "IEC_WHATSAPP_API": "http://127.0.0.1:9",
    "IEC_SLACK_TOKEN": "xoxb-slack",
    "IEC_SLACK_SIGNING_SECRET": "slack-secret-of-the-tests",
    "IEC_SLACK_API": "http://127.0.0.1:9/",
}
"""Switches on every channel; what they would send goes nowhere."""

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"]
CONTENT_TYPES = [
    "application/json",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "text/plain",
    "",
    "\x7f",
]
HEADERS = [
    "Origin", "Cookie", "Accept-Language", "X-Forwarded-For", "Forwarded", "Content-Encoding",
    "Expect", "Range", "If-None-Match", "X-HTTP-Method-Override", "X-Hub-Signature-256",
    "X-Twilio-Signature", "X-Slack-Signature", "X-Slack-Request-Timestamp",
    "X-Telegram-Bot-Api-Secret-Token", "Upgrade", "Access-Control-Request-Method",
]  # fmt: skip
MESSAGE_ID = "6f1c1e1e-0c5b-4d0e-9b57-6f2f6d3c1a11"


@dataclass(frozen=True)
class Request:
    """One request, as bytes would say it."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def as_bytes(self) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: chat.example.org"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        lines += [f"Content-Length: {len(self.body)}", "Connection: close", "", ""]
        return "\r\n".join(lines).encode("utf-8", "replace") + self.body


@dataclass(frozen=True)
class Outcome:
    """What came back: the status (0 for nothing) and how long it took."""

    status: int
    seconds: float


def public_routes() -> list[tuple[str, str]]:
    """Return method and path of every route that the project's own credentials.yml opens."""
    app = Sanic("fuzzed_routes", configure_logging=False)
    channels = create_http_input_channels(None, str(PROJECT_ROOT / "credentials.yml"))
    register(channels, app, route="/webhooks/")
    found = {(method, f"/{route.path}") for route in app.router.routes for method in route.methods}
    return sorted(found | {("GET", "/")})


def send(host: str, port: int, request: Request, timeout: float) -> Outcome:
    """Send `request` on a connection of its own; a time-out counts as status 0."""
    started = time.monotonic()
    answer = b""
    try:
        with socket.create_connection((host, port), timeout) as connection:
            connection.settimeout(timeout)
            connection.sendall(request.as_bytes())
            while part := connection.recv(65_536):
                answer += part
    except OSError:
        pass  # a server that has refused may close before everything is sent
    first = answer.split(b"\r\n", 1)[0].split(b" ")
    status = int(first[1]) if len(first) > 1 and first[1].isdigit() else 0
    return Outcome(status, time.monotonic() - started)


def requests(routes: list[tuple[str, str]], token: str) -> st.SearchStrategy[Request]:
    """Return requests to `routes`: right but for one thing, or wrong in every way."""
    own_method = st.sampled_from(routes)
    any_method = st.tuples(st.sampled_from(METHODS), st.sampled_from([path for _, path in routes]))
    target = st.one_of(own_method, own_method, any_method)
    return st.builds(
        _request,
        target,
        _paths,
        st.one_of(st.just(""), _words.map(lambda text: "?" + quote(text, safe="&=")), _queries),
        st.lists(st.tuples(st.sampled_from(HEADERS), _values), max_size=3),
        st.one_of(st.just(f"Bearer {token}"), st.just(""), _values),
        st.sampled_from(CONTENT_TYPES),
        _bodies,
    )


def _request(
    target: tuple[str, str],
    insertion: str,
    query: str,
    headers: list[tuple[str, str]],
    authorization: str,
    content_type: str,
    body: bytes,
) -> Request:
    method, path = target
    path = path.replace("<name:str>", insertion or "widget.js")
    if insertion and "<" not in target[1] and len(insertion) % 4 == 0:
        path += insertion
    told = [("Authorization", authorization), ("Content-Type", content_type), *headers]
    return Request(method, path + query, tuple(told), body)


_words = st.text(max_size=40)
_values = st.text(
    st.characters(exclude_characters="\r\n\x00", exclude_categories=["Cs"]), max_size=60
)
_paths = st.one_of(
    st.just(""),
    st.sampled_from(["/", "//", "/..", "/%2e%2e/", "/%00", "/%ff", "/;x", "/.git", "/\\", "/%"]),
    _words.map(lambda text: "/" + quote(text, safe="/%")),
    st.just("/" + "x" * 9_000),
)
_queries = st.sampled_from(
    ["?", "?&&&", "?lang=fr", "?lang=fr&lang=en", "?%", "?%zz", "?a[]=1", "?" + "a=1&" * 500]
)
_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _words, st.just(MESSAGE_ID)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(_words, inner, max_size=4)
    ),
    max_leaves=12,
)
_fields = st.sampled_from(
    ["message_id", "text", "payload", "verdict", "sender", "metadata", "event"]
)
_shapes = st.dictionaries(_fields, _json, max_size=5)


def _message(text: Any, message_id: Any) -> dict[str, Any]:
    return {"message_id": message_id, "text": text}


_bodies = st.one_of(
    st.just(b""),
    st.builds(_message, _words, st.uuids().map(str)).map(lambda said: json.dumps(said).encode()),
    st.builds(_message, _json, _json).map(lambda said: json.dumps(said).encode()),
    _shapes.map(lambda shape: json.dumps(shape).encode()),
    _json.map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=200),
    st.sampled_from(
        [
            b"[" * 16_000,
            b'{"a":' * 3_000,
            b'{"message_id": "' + b"1" * 15_000,
            b"\xff\xfe" + '{"text": "x"}'.encode("utf-16-le"),
            b'{"text": "\\ud800", "message_id": "%s"}' % MESSAGE_ID.encode(),
            b'{"text": 1e999, "message_id": NaN}',
            b'{"text": "a", "text": "b", "message_id": "%s"}' % MESSAGE_ID.encode(),
            b"x" * 20_000,
            b"a=1&" * 4_000,
            b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n",
            b"--x\r\nContent-Disposition: form-data; name=a; filename*=UTF-8''%ff\r\n\r\n\r\n--x--",
        ]
    ),
)
