"""Every setting of the assistant, read from the environment once.

A setting `IEC_X` may stand in a file instead, which `IEC_X_FILE` names: secrets that systemd or
Docker hand over. What is secret is left out of `repr`, so that no log line shows it. The table in
the README lists the same names; a test holds the two together.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from bot.kept_keys import is_encryption_key, keep_in_front, kept_key, new_encryption_key, new_secret

PROJECT_ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 16
_FILE = "_FILE"
LONGEST_PERIOD = 36_500
_ORIGIN = re.compile(
    r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?|https?://\[[0-9a-f:]+\](?::[0-9]{1,5})?"
)
_PROVIDER = re.compile(
    r"https://[^\s?#]+|http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/[^\s?#]*)?"
)


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names it and says what to do."""


@dataclass(frozen=True)
class Periods:
    """For how many days each kind of data is kept."""

    conversations: int
    applicants_conversations: int
    leads: int
    mails: int
    message_ids: int
    logs: int


@dataclass(frozen=True)
class Settings:
    """Where the assistant listens, stores its data, and which seasons it speaks about."""

    host: str
    port: int
    console_port: int
    proxies: int
    data_dir: Path
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    encryption_keys: tuple[str, ...] = field(repr=False)
    hash_key: str = field(repr=False)
    actions_secret: str | None = field(repr=False)
    iec_season: str
    ro_season: str
    messages_per_minute: int
    sessions_per_hour: int
    allowed_origins: frozenset[str]
    automatic_contact: bool
    smtp_url: str | None = field(repr=False)
    mail_from: str
    team_email: str
    handover_hours: int
    keep_days: Periods
    public_url: str | None
    telegram_token: str | None = field(repr=False)
    telegram_secret: str | None = field(repr=False)
    telegram_api: str
    messenger_token: str | None = field(repr=False)
    messenger_app_secret: str | None = field(repr=False)
    messenger_verify_token: str | None = field(repr=False)
    messenger_api: str
    whatsapp_account: str | None
    whatsapp_token: str | None = field(repr=False)
    whatsapp_number: str | None
    whatsapp_api: str
    slack_token: str | None = field(repr=False)
    slack_signing_secret: str | None = field(repr=False)
    slack_api: str

    @property
    def mail_dir(self) -> Path:
        """Where mails are written when no SMTP server is configured."""
        return self.data_dir / "mail"

    @property
    def log_dir(self) -> Path:
        """Where the launcher keeps the logs of its parts."""
        return self.data_dir / "logs"


CHANNELS: Mapping[str, tuple[str, ...]] = {
    "telegram": ("IEC_TELEGRAM_TOKEN", "IEC_TELEGRAM_SECRET"),
    "messenger": (
        "IEC_MESSENGER_TOKEN",
        "IEC_MESSENGER_APP_SECRET",
        "IEC_MESSENGER_VERIFY_TOKEN",
    ),
    "whatsapp": (
        "IEC_WHATSAPP_ACCOUNT",
        "IEC_WHATSAPP_TOKEN",
        "IEC_WHATSAPP_NUMBER",
        "IEC_PUBLIC_URL",
    ),
    "slack": ("IEC_SLACK_TOKEN", "IEC_SLACK_SIGNING_SECRET"),
}
"""The messengers, and the settings that switch each one on: all of them or none."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings that `environment` asks for, with defaults for the rest.

    Creates the data directory, and in it a secret key when `IEC_SECRET_KEY` is absent.

    Raises:
        SettingsError: a value is not usable.
    """
    environment = _with_files(environment)
    _check_channels(environment)
    data_dir = Path(environment.get("IEC_DATA_DIR") or PROJECT_ROOT / "var").resolve()
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"IEC_DATA_DIR: cannot create {data_dir}: {error.strerror}. Choose a writable folder."
        ) from error
    return Settings(
        host=environment.get("IEC_HOST") or "127.0.0.1",
        port=_number(environment, "IEC_PORT", 5005, 1, 65535),
        console_port=_number(environment, "IEC_CONSOLE_PORT", 8000, 1, 65535),
        proxies=_number(environment, "IEC_PROXIES", 0, 0, 9),
        data_dir=data_dir,
        database_url=environment.get("IEC_DATABASE_URL") or f"sqlite:///{data_dir / 'iec.db'}",
        secret_key=_secret(environment, "IEC_SECRET_KEY", data_dir / "secret_key"),
        encryption_keys=_encryption_keys(environment, data_dir / "encryption_keys"),
        hash_key=_secret(environment, "IEC_HASH_KEY", data_dir / "hash_key"),
        actions_secret=environment.get("IEC_ACTIONS_SECRET") or None,
        iec_season=environment.get("IEC_SEASON") or "2024",
        ro_season=environment.get("IEC_RO_SEASON") or "2023",
        messages_per_minute=_number(environment, "IEC_MESSAGES_PER_MINUTE", 30, 1, 10_000),
        sessions_per_hour=_number(environment, "IEC_SESSIONS_PER_HOUR", 60, 1, 100_000),
        allowed_origins=_origins(environment.get("IEC_ALLOWED_ORIGINS") or ""),
        automatic_contact=_yes_or_no(environment, "IEC_AUTOMATIC_CONTACT", default=False),
        smtp_url=environment.get("IEC_SMTP_URL") or None,
        mail_from=environment.get("IEC_MAIL_FROM") or "iec-assistant@localhost",
        team_email=environment.get("IEC_TEAM_EMAIL") or "team@example.org",
        handover_hours=_number(environment, "IEC_HANDOVER_HOURS", 12, 1, 720),
        keep_days=_periods(environment),
        public_url=_public_url(environment.get("IEC_PUBLIC_URL") or ""),
        telegram_token=environment.get("IEC_TELEGRAM_TOKEN") or None,
        telegram_secret=environment.get("IEC_TELEGRAM_SECRET") or None,
        telegram_api=environment.get("IEC_TELEGRAM_API") or "https://api.telegram.org",
        messenger_token=environment.get("IEC_MESSENGER_TOKEN") or None,
        messenger_app_secret=environment.get("IEC_MESSENGER_APP_SECRET") or None,
        messenger_verify_token=environment.get("IEC_MESSENGER_VERIFY_TOKEN") or None,
        messenger_api=environment.get("IEC_MESSENGER_API") or "https://graph.facebook.com/v23.0",
        whatsapp_account=environment.get("IEC_WHATSAPP_ACCOUNT") or None,
        whatsapp_token=environment.get("IEC_WHATSAPP_TOKEN") or None,
        whatsapp_number=environment.get("IEC_WHATSAPP_NUMBER") or None,
        whatsapp_api=environment.get("IEC_WHATSAPP_API") or "https://api.twilio.com",
        slack_token=environment.get("IEC_SLACK_TOKEN") or None,
        slack_signing_secret=environment.get("IEC_SLACK_SIGNING_SECRET") or None,
        slack_api=environment.get("IEC_SLACK_API") or "https://slack.com/api",
    )


def switched_on(current: Settings) -> tuple[str, ...]:
    """Return the messengers that have all their settings."""
    return tuple(
        channel
        for channel, names in CHANNELS.items()
        if all(getattr(current, name.removeprefix("IEC_").lower()) for name in names)
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read from its environment at the first call."""
    return read_settings(os.environ)


def _with_files(environment: Mapping[str, str]) -> Mapping[str, str]:
    """Return `environment` with the content of the file that `IEC_X_FILE` names as `IEC_X`."""
    complete = dict(environment)
    for name, path in environment.items():
        if not (name.startswith("IEC_") and name.endswith(_FILE) and path):
            continue
        setting = name.removesuffix(_FILE)
        if environment.get(setting):
            raise SettingsError(f"{name}: {setting} is given too. Give one of them.")
        try:
            complete[setting] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise SettingsError(f"{name}: cannot read {path}.") from None
        if not complete[setting]:
            raise SettingsError(f"{name}: {path} is empty.")
    return complete


def _periods(environment: Mapping[str, str]) -> Periods:
    return Periods(
        conversations=_number(environment, "IEC_KEEP_CONVERSATIONS_DAYS", 90, 1, LONGEST_PERIOD),
        applicants_conversations=_number(
            environment, "IEC_KEEP_APPLICANTS_CONVERSATIONS_DAYS", 730, 1, LONGEST_PERIOD
        ),
        leads=_number(environment, "IEC_KEEP_LEADS_DAYS", 730, 1, LONGEST_PERIOD),
        mails=_number(environment, "IEC_KEEP_MAILS_DAYS", 365, 1, LONGEST_PERIOD),
        message_ids=_number(environment, "IEC_KEEP_MESSAGE_IDS_DAYS", 30, 1, LONGEST_PERIOD),
        logs=_number(environment, "IEC_KEEP_LOGS_DAYS", 30, 1, LONGEST_PERIOD),
    )


def _number(environment: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not low <= int(text) <= high:
        raise SettingsError(f"{name}: {text!r} is not a whole number from {low} to {high}.")
    return int(text)


def _yes_or_no(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = (environment.get(name) or ("yes" if default else "no")).lower()
    if text not in {"yes", "no", "true", "false", "1", "0"}:
        raise SettingsError(f"{name}: {text!r} is neither yes nor no.")
    return text in {"yes", "true", "1"}


def _origins(text: str) -> frozenset[str]:
    origins = frozenset(text.replace(",", " ").split())
    for origin in sorted(origins):
        if not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"IEC_ALLOWED_ORIGINS: {origin!r} is not an origin as browsers send it, such as "
                "https://www.example.org (lower case, no path, no final slash, no *)."
            )
    return origins


def _check_channels(environment: Mapping[str, str]) -> None:
    """Return if each messenger is wholly set up or not at all, and no API is called in the open."""
    for channel, names in CHANNELS.items():
        missing = [name for name in names if not environment.get(name)]
        given = [name for name in names if environment.get(name) and name != "IEC_PUBLIC_URL"]
        if given and missing:
            raise SettingsError(f"{missing[0]}: {channel} needs it beside {given[0]}.")
        api = environment.get(f"IEC_{channel.upper()}_API")
        if api and not _PROVIDER.fullmatch(api):
            raise SettingsError(
                f"IEC_{channel.upper()}_API: {api!r} is not an https:// address "
                "(http:// is for a stub on this machine)."
            )
    secret = environment.get("IEC_TELEGRAM_SECRET")
    if secret and not re.fullmatch(r"[\w-]{16,256}", secret, re.ASCII):
        raise SettingsError("IEC_TELEGRAM_SECRET: 16 to 256 letters, digits, _ and - are needed.")


def _public_url(text: str) -> str | None:
    if text and not re.fullmatch(r"https://[^/?#\s]+/?", text):
        raise SettingsError(
            f"IEC_PUBLIC_URL: {text!r} is not an address such as https://chat.example.org, "
            "without a path."
        )
    return text.rstrip("/") or None


def _secret(environment: Mapping[str, str], name: str, kept_at: Path) -> str:
    given = environment.get(name)
    if not given:
        return _kept_secret(kept_at)
    if len(given) < SHORTEST_SECRET:
        raise SettingsError(f"{name}: it needs at least {SHORTEST_SECRET} characters.")
    return given


def _encryption_keys(environment: Mapping[str, str], kept_at: Path) -> tuple[str, ...]:
    given = environment.get("IEC_ENCRYPTION_KEYS")
    keys = tuple((given or _kept_secret(kept_at, new_encryption_key)).replace(",", " ").split())
    where = "IEC_ENCRYPTION_KEYS" if given else str(kept_at)
    if not keys or not all(map(is_encryption_key, keys)):
        raise SettingsError(
            f"{where}: a key is 32 bytes in URL-safe base64; the newest stands first. "
            "`iec privacy new-key` makes one."
        )
    return keys


def add_encryption_key(settings: Settings) -> None:
    """Put a fresh key in front of those kept in the data folder; the next start encrypts with it.

    Raises:
        SettingsError: the keys come from the environment, so they can only be changed there.
    """
    path, key = settings.data_dir / "encryption_keys", new_encryption_key()
    kept = path.read_text(encoding="ascii").split() if path.exists() else []
    if tuple(kept) != settings.encryption_keys:
        raise SettingsError(f"IEC_ENCRYPTION_KEYS is set: put this key in front of it there: {key}")
    keep_in_front(path, key)


def _kept_secret(path: Path, make: Callable[[], str] = new_secret) -> str:
    try:
        key = kept_key(path, make)
    except OSError as error:
        raise SettingsError(f"IEC_DATA_DIR: cannot use {path}: {error.strerror}.") from error
    if len(key) < SHORTEST_SECRET:
        raise SettingsError(f"The key in {path} is damaged: restore that file, or delete it.")
    return key
