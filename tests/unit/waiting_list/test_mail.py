"""Composing mails and carrying them: into a folder, or to an SMTP server."""

from __future__ import annotations

import socket
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from bot.settings import read_settings
from bot.waiting_list.mail import (
    MailError,
    MailFolder,
    MailRefused,
    Sender,
    SmtpServer,
    compose,
    open_carrier,
)
from tests.unit.waiting_list.samples import NOON
from tests.unit.waiting_list.smtp_stub import smtp_stub

SENDER = Sender("IEC assistant <bot@example.org>", "team@example.org")
NAME = "IEC-7K3M-9QXD-000001-confirmation"


def mail(**changes: str) -> EmailMessage:
    values = {"recipient": "zoe@example.org", "subject": "Hello", "body": "Hi Zoé.\n"}
    return compose(SENDER, **values | changes, name=NAME, date=NOON)


def test_a_mail_has_one_recipient_and_a_stable_id() -> None:
    composed = mail()
    assert composed["To"] == "zoe@example.org"
    assert composed["From"] == "IEC assistant <bot@example.org>"
    assert composed["Reply-To"] == "team@example.org"
    assert composed["Message-ID"] == f"<{NAME}@example.org>"
    assert composed["Date"] == "Mon, 16 Jan 2023 12:00:00 +0000"
    assert composed["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient": "zoe@example.org\nBcc: eve@example.org"},
        {"recipient": "zoe@example.org\r\nBcc: eve@example.org"},
        {"recipient": "zoe@example.org, eve@example.org"},
        {"recipient": "Zoé <zoe@example.org>"},
        {"recipient": ""},
        {"subject": "Hello\nBcc: eve@example.org"},
        {"subject": "Hello\r\n\r\nAnother body"},
    ],
)
def test_nothing_typed_can_add_a_header_or_a_recipient(changes: dict[str, str]) -> None:
    with pytest.raises(MailRefused, match="not a mail"):
        mail(**changes)


def test_a_folder_keeps_each_mail_as_one_file_for_its_owner_only(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path / "var" / "mail")
    folder.carry(NAME, mail())
    folder.carry(NAME, mail())
    (path,) = (tmp_path / "var" / "mail").iterdir()
    assert path.name == f"{NAME}.eml"
    assert path.stat().st_mode & 0o777 == 0o600
    read = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    assert read.get_content().strip() == "Hi Zoé."


def test_a_folder_takes_mails_to_addresses_beyond_ascii(tmp_path: Path) -> None:
    MailFolder(tmp_path).carry(NAME, mail(recipient="jörg@exämple.org"))
    assert "To: jörg@exämple.org" in (tmp_path / f"{NAME}.eml").read_text("utf-8")


def test_a_mail_is_taken_back_from_a_folder(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path)
    folder.carry(NAME, mail())
    folder.take_back(NAME)
    folder.take_back(NAME)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_mail_error(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file is in the way")
    with pytest.raises(MailError, match="mail folder: FileExistsError"):
        MailFolder(tmp_path / "mail").carry(NAME, mail())


def test_a_server_is_given_the_mail_and_the_login() -> None:
    with smtp_stub() as server:
        url = server.url.replace("smtp://", "smtp://eva%40x:p%3Ass@")
        SmtpServer(url).carry(NAME, mail())
    ((recipients, text),) = server.mails
    assert (recipients, server.logins) == (["zoe@example.org"], 1)
    assert f"Message-ID: <{NAME}@example.org>" in text


@pytest.mark.parametrize(
    ("command", "answer", "error"),
    [
        ("RCPT", "550 no such user", MailRefused),
        ("RCPT", "451 try later", MailError),
        ("MAIL", "550 not from here", MailRefused),
        ("MAIL_END", "554 spam", MailRefused),
        ("MAIL_END", "452 full", MailError),
        ("DATA", "421 busy", MailError),
    ],
)
def test_what_a_server_refuses_for_good_is_told_from_what_may_pass(
    command: str, answer: str, error: type[MailError]
) -> None:
    with smtp_stub() as server:
        server.answers[command] = answer
        with pytest.raises(MailError) as failure:
            SmtpServer(server.url).carry(NAME, mail())
    assert type(failure.value) is error
    assert "zoe" not in str(failure.value)
    assert server.mails == []


def test_a_mail_that_was_taken_counts_even_if_the_goodbye_fails() -> None:
    with smtp_stub() as server:
        server.answers["QUIT"] = "500 what"
        SmtpServer(server.url).carry(NAME, mail())
    assert len(server.mails) == 1


def test_a_server_that_is_away_is_a_mail_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(MailError, match="SMTP: ConnectionRefusedError"):
        SmtpServer(url).carry(NAME, mail())


@pytest.mark.parametrize("scheme", ["starttls", "smtps"])
def test_a_server_without_encryption_gets_no_mail_when_encryption_is_asked_for(scheme) -> None:
    with smtp_stub() as server, pytest.raises(MailError):
        SmtpServer(server.url.replace("smtp", scheme)).carry(NAME, mail())
    assert server.mails == []


@pytest.mark.parametrize("url", ["http://host", "smtp://", "host:25", "smtp://host:port", ""])
def test_an_address_that_is_no_mail_server_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(MailError, match="IEC_SMTP_URL"):
        SmtpServer(url)


def test_the_settings_choose_the_carrier(tmp_path: Path) -> None:
    environment = {"IEC_DATA_DIR": str(tmp_path)}
    assert isinstance(open_carrier(read_settings(environment)), MailFolder)
    environment["IEC_SMTP_URL"] = "smtps://mail.example.org"
    assert isinstance(open_carrier(read_settings(environment)), SmtpServer)
