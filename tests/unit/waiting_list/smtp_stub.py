"""A small SMTP server on the loopback that keeps what it is given, or refuses as told."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class SmtpStub(socketserver.ThreadingTCPServer):
    """Keeps each mail as (recipients, text); `answers` replaces the usual reply to a command."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[tuple[list[str], str]] = []
        self.answers: dict[str, str] = {}
        self.logins = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def smtp_stub() -> Iterator[SmtpStub]:
    with SmtpStub() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class _Conversation(socketserver.StreamRequestHandler):
    server: SmtpStub

    def handle(self) -> None:
        recipients: list[str] = []
        self._say("220 stub")
        for raw in self.rfile:
            line = raw.decode().strip()
            command = line.split(" ")[0].split(":")[0].upper()
            usual = {"EHLO": "250-stub\r\n250 AUTH PLAIN", "QUIT": "221 bye", "AUTH": "235 ok"}
            answer = self.server.answers.get(command, usual.get(command, "250 ok"))
            if command == "RCPT" and answer.startswith("250"):
                recipients.append(line[line.index("<") + 1 : line.index(">")])
            if command == "AUTH":
                self.server.logins += 1
            if command == "DATA" and answer.startswith("250"):
                self._say("354 go on")
                answer = self._take_mail(recipients)
            self._say(answer)
            if command == "QUIT":
                return

    def _take_mail(self, recipients: list[str]) -> str:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        answer = self.server.answers.get("MAIL_END", "250 taken")
        if answer.startswith("250"):
            self.server.mails.append((list(recipients), "\n".join(lines)))
        return answer

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())
