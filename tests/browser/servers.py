"""The processes that the browser tests talk to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.error import URLError
from urllib.request import Request, urlopen

from bot.settings import PROJECT_ROOT

SECRET = os.environ["IEC_SECRET_KEY"]
START_SECONDS = 120


class Assistant:
    """`rasa run` with data of its own, which can be stopped and started again."""

    def __init__(self, model: Path, data_dir: Path, port: int, allowed_origin: str) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, "-m", "rasa", "run", "--model", str(model)]
        self._command += ["--interface", "127.0.0.1", "--port", str(port)]
        self._command += ["--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
        self.database_url = f"sqlite:///{data_dir / 'iec.db'}"
        self.log = data_dir / "rasa.log"
        self._environment = os.environ | {
            "IEC_DATA_DIR": str(data_dir),
            "IEC_ALLOWED_ORIGINS": allowed_origin,
            "IEC_MESSAGES_PER_MINUTE": "10000",
            "IEC_SESSIONS_PER_HOUR": "10000",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=PROJECT_ROOT,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready():
            alive = self._process.poll() is None and time.monotonic() < deadline
            assert alive, self.log.read_text(encoding="utf-8")[-4_000:]
            time.sleep(0.2)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process is not None
        return self._process.pid

    def new_token(self) -> str:
        """Return the token of a new conversation."""
        with urlopen(Request(f"{self.address}/chat/session", method="POST"), timeout=10) as opened:
            token: str = json.load(opened)["token"]
        return token

    def says(self, token: str, text: str) -> list[str]:
        """Return the texts with which the conversation of `token` is answered."""
        message = json.dumps({"message_id": str(uuid.uuid4()), "text": text}).encode()
        headers = {"Authorization": f"Bearer {token}"}
        request = Request(f"{self.address}/chat/messages", message, headers)
        with urlopen(request, timeout=30) as answer:
            return [json.loads(line)["text"] for line in answer]

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"{self.address}/ready", timeout=5) as response:
                return response.status == 200
        except (URLError, OSError):
            return False

    def __enter__(self) -> Assistant:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


PAGE = """<!doctype html>
<html lang="en">
<head>
<title>An organization</title>
<link rel="stylesheet" href="/site.css">
<script type="module" src="{assistant}/widget/widget.js"></script>
</head>
<body>
<main><h1>An organization</h1><p>Its own page.</p></main>
<iec-chat heading="Ask us" accent="#064e8a" accent-text="#ffffff" position="bottom-left"
  language="en" open privacy-url="/privacy"></iec-chat>
</body>
</html>
"""
RUDE_STYLES = """
html { direction: rtl; }
* { all: unset; cursor: wait !important; text-transform: uppercase !important; }
* { font-size: 40px !important; color: lime !important; background: purple; letter-spacing: 1em; }
button, p, dialog, form, section { display: none !important; }
iec-chat { color: lime; font-size: 60px; }
"""


class EmbeddingSite:
    """A page of somebody else: another origin, a strict policy, rude styles."""

    assistant = ""

    def __init__(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                is_style = self.path == "/site.css"
                text = RUDE_STYLES if is_style else PAGE.format(assistant=site.assistant)
                self.send_response(200)
                self.send_header("Content-Type", "text/css" if is_style else "text/html")
                self.send_header(
                    "Content-Security-Policy",
                    f"default-src 'none'; style-src 'self'; script-src {site.assistant}; "
                    f"connect-src {site.assistant}; require-trusted-types-for 'script'",
                )
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://localhost:{self._server.server_port}"

    def __enter__(self) -> EmbeddingSite:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
