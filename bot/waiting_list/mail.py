"""Carrying a mail: to an SMTP server when one is configured, else into a folder of .eml files."""

from __future__ import annotations

import os
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from bot.settings import Settings
from bot.waiting_list.person import is_address

TIMEOUT_SECONDS = 20
_PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}


class MailError(Exception):
    """The mail was not carried; a later attempt may succeed. Holds no address."""


class MailRefused(MailError):
    """The mail was refused for good."""


class Carrier(Protocol):
    """Takes mails away."""

    def carry(self, name: str, mail: EmailMessage, /) -> None:
        """Send `mail`; `name` is the same at every attempt.

        Raises:
            MailError: it was not sent.
        """

    def take_back(self, name: str, /) -> None:
        """Undo `carry` where that is possible."""


@dataclass(frozen=True)
class Sender:
    """Whom the mails come from, and to whom the answers go."""

    address: str
    reply_to: str


def compose(
    sender: Sender, recipient: str, subject: str, body: str, name: str, date: datetime
) -> EmailMessage:
    """Return a plain mail to exactly one address; `name` becomes its Message-ID.

    Raises:
        MailRefused: a header would hold a line break, or an address is not one address.
    """
    mail = EmailMessage(policy=SMTP)
    try:
        from_address = _address(sender.address)
        mail["From"] = from_address
        mail["Reply-To"] = _address(sender.reply_to)
        mail["To"] = _recipient(recipient)
        mail["Subject"] = subject
        mail["Date"] = format_datetime(date)
        mail["Message-ID"] = f"<{name}@{from_address.domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(body)
    except (ValueError, IndexError) as error:
        raise MailRefused(f"not a mail: {type(error).__name__}") from None
    return mail


class MailFolder:
    """Writes each mail as one file. The same mail written twice is still one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, name: str, mail: EmailMessage, /) -> None:
        """Write the mail, readable by the owner only.

        Raises:
            MailError: the folder cannot be written.
        """
        path = self._path(name)
        draft = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as f:
                f.write(mail.as_bytes(policy=SMTP if str(mail["To"]).isascii() else SMTPUTF8))
            draft.replace(path)
        except OSError as error:
            raise MailError(f"mail folder: {type(error).__name__}") from None

    def take_back(self, name: str, /) -> None:
        """Remove the file of one mail."""
        self._path(name).unlink(missing_ok=True)

    def remove_all(self, reference: str) -> int:
        """Remove every mail about `reference`; return how many there were."""
        paths = list(self._folder.glob(f"{reference}-*"))
        for path in paths:
            path.unlink(missing_ok=True)
        return len(paths)

    def older_than(self, moment: datetime) -> list[Path]:
        """Return the files that were written before `moment`."""
        before = moment.timestamp()
        return [path for path in self._folder.glob("IEC-*") if path.stat().st_mtime < before]

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.eml"


class SmtpServer:
    """Sends each mail over a connection of its own.

    `url` is `smtp://[user:password@]host[:port]`, `starttls://...` for an encrypted connection that
    starts in clear text, or `smtps://...` for one that is encrypted from the start.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise MailError(
                "IEC_SMTP_URL: use smtp://, starttls:// or smtps://, then user:password@host:port."
            )
        self._scheme = parts.scheme
        self._host = parts.hostname
        try:
            self._port = parts.port or _PORTS[parts.scheme]
        except ValueError:
            raise MailError("IEC_SMTP_URL: the port is not a number up to 65535.") from None
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")

    def carry(self, _name: str, mail: EmailMessage, /) -> None:
        """Hand the mail to the server.

        Raises:
            MailRefused: the server refused it for good (a 5xx answer to this mail).
            MailError: it was not sent for any other reason.
        """
        try:
            server = self._connection()
            try:
                server.send_message(mail)
            finally:
                # A server that is gone after it took the mail has taken it.
                with suppress(OSError, smtplib.SMTPException):
                    server.quit()
        except smtplib.SMTPRecipientsRefused as error:
            raise _failure(next(iter(error.recipients.values()))[0]) from None
        except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
            raise _failure(error.smtp_code) from None
        except smtplib.SMTPNotSupportedError:
            raise MailRefused("the server does not take this address") from None
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"SMTP: {type(error).__name__}") from None

    def take_back(self, _name: str, /) -> None:
        """Do nothing: what was sent is gone."""

    def _connection(self) -> smtplib.SMTP:
        if self._scheme == "smtps":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_SECONDS)
        try:
            if self._scheme == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server


def open_carrier(settings: Settings) -> Carrier:
    """Return the carrier that the settings ask for.

    Raises:
        MailError: `IEC_SMTP_URL` cannot be used.
    """
    return SmtpServer(settings.smtp_url) if settings.smtp_url else MailFolder(settings.mail_dir)


def _failure(code: int) -> MailError:
    return MailRefused(f"SMTP {code}") if code >= 500 else MailError(f"SMTP {code}")


def _recipient(text: str) -> Address:
    """Return the address of a person. Unlike `addr_spec`, this takes letters beyond ASCII."""
    if not is_address(text):
        raise ValueError("not one address")
    user, _, domain = text.rpartition("@")
    return Address(username=user, domain=domain)


def _address(text: str) -> Address:
    display_name, address = parseaddr(text)
    return Address(display_name, addr_spec=address)
