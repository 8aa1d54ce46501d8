"""Settings: what the environment may say, and what is said when it says something unusable."""

from __future__ import annotations

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import (
    Settings,
    SettingsError,
    new_encryption_key,
    read_settings,
    switched_on,
)


def read(data_dir: Path, **environment: str):
    return read_settings({"IEC_DATA_DIR": str(data_dir), **environment})


def test_an_empty_environment_gives_a_loopback_server_with_an_embedded_database(tmp_path):
    settings = read(tmp_path / "var")
    assert (settings.host, settings.port, settings.console_port) == ("127.0.0.1", 5005, 8000)
    assert settings.database_url == f"sqlite:///{tmp_path}/var/iec.db"
    assert (settings.ro_season, settings.iec_season) == ("2023", "2024")
    assert settings.smtp_url is None
    assert settings.automatic_contact is False
    assert settings.mail_dir == tmp_path / "var" / "mail"
    assert settings.log_dir == tmp_path / "var" / "logs"


def test_an_empty_value_means_the_default(tmp_path):
    assert read(tmp_path, IEC_PORT="", IEC_HOST="", IEC_DATABASE_URL="") == read(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("IEC_PUBLIC_URL", "http://chat.example.org", "IEC_PUBLIC_URL: 'http://chat.example.org'"),
        (
            "IEC_PUBLIC_URL",
            "https://example.org/chat",
            "IEC_PUBLIC_URL: 'https://example.org/chat'",
        ),
        ("IEC_TELEGRAM_TOKEN", "1:A", "IEC_TELEGRAM_SECRET: telegram needs it beside"),
        ("IEC_MESSENGER_APP_SECRET", "s", "IEC_MESSENGER_TOKEN: messenger needs it beside"),
        ("IEC_SLACK_SIGNING_SECRET", "s", "IEC_SLACK_TOKEN: slack needs it beside"),
        ("IEC_WHATSAPP_NUMBER", "+1", "IEC_WHATSAPP_ACCOUNT: whatsapp needs it beside"),
        ("IEC_SLACK_API", "http://slack.com/api", "IEC_SLACK_API: 'http://slack.com/api' is not"),
        ("IEC_SLACK_API", "http://localhost.evil.example", "IEC_SLACK_API: 'http://localhost.evil"),
        ("IEC_PORT", "http", "IEC_PORT: 'http' is not a whole number from 1 to 65535."),
        ("IEC_PORT", "0", "IEC_PORT: '0' is not"),
        ("IEC_PORT", "65536", "IEC_PORT: '65536' is not"),
        ("IEC_PORT", "-1", "IEC_PORT: '-1' is not"),
        ("IEC_CONSOLE_PORT", "8000.5", "IEC_CONSOLE_PORT"),
        ("IEC_MESSAGES_PER_MINUTE", "0", "IEC_MESSAGES_PER_MINUTE"),
        ("IEC_SESSIONS_PER_HOUR", "many", "IEC_SESSIONS_PER_HOUR"),
        ("IEC_AUTOMATIC_CONTACT", "maybe", "IEC_AUTOMATIC_CONTACT: 'maybe' is neither yes nor no."),
        ("IEC_ALLOWED_ORIGINS", "*", "IEC_ALLOWED_ORIGINS"),
        ("IEC_ALLOWED_ORIGINS", "https://a.example/", "IEC_ALLOWED_ORIGINS: 'https://a.example/'"),
        ("IEC_ALLOWED_ORIGINS", "https://a.example b.example", "IEC_ALLOWED_ORIGINS: 'b.example'"),
        ("IEC_ALLOWED_ORIGINS", "https://A.example", "IEC_ALLOWED_ORIGINS"),
        ("IEC_ALLOWED_ORIGINS", "null", "IEC_ALLOWED_ORIGINS"),
        ("IEC_ENCRYPTION_KEYS", "a-password", "IEC_ENCRYPTION_KEYS: a key is 32 bytes"),
        ("IEC_ENCRYPTION_KEYS", " , ", "IEC_ENCRYPTION_KEYS: a key is 32 bytes"),
        ("IEC_HASH_KEY", "short", "IEC_HASH_KEY: it needs at least 16 characters."),
        ("IEC_SECRET_KEY", "short", "IEC_SECRET_KEY: it needs at least 16 characters."),
    ],
)
def test_an_unusable_value_is_refused_by_name(tmp_path, name, value, told):
    with pytest.raises(SettingsError, match=told.replace(".", r"\.")):
        read(tmp_path, **{name: value})


def test_origins_are_separated_by_spaces_or_commas_and_none_is_allowed_unasked(tmp_path):
    assert read(tmp_path).allowed_origins == frozenset()
    asked = read(tmp_path, IEC_ALLOWED_ORIGINS="https://a.example, http://localhost:8080 ")
    assert asked.allowed_origins == {"https://a.example", "http://localhost:8080"}


@pytest.mark.parametrize(
    ("said", "meant"),
    [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("False", False), ("0", False)],
)
def test_yes_and_no_may_be_said_in_three_ways(tmp_path, said, meant):
    assert read(tmp_path, IEC_AUTOMATIC_CONTACT=said).automatic_contact is meant


def test_a_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    first = read(tmp_path).secret_key
    assert read(tmp_path).secret_key == first
    assert len(first) >= 48
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    kept = {"secret_key", "encryption_keys", "hash_key"}
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_processes_that_start_together_share_one_secret_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read(tmp_path).secret_key, range(32)))
    assert len(keys) == 1


def test_a_given_secret_key_is_not_written_down(tmp_path):
    newer, older = new_encryption_key(), new_encryption_key()
    given = {"IEC_SECRET_KEY": "k" * 32, "IEC_HASH_KEY": "h" * 32}
    settings = read(tmp_path, **given, IEC_ENCRYPTION_KEYS=f"{newer} {older}")
    assert (settings.secret_key, settings.hash_key) == ("k" * 32, "h" * 32)
    assert settings.encryption_keys == (newer, older)
    assert list(tmp_path.iterdir()) == []


def test_keys_are_not_shown_with_the_settings(tmp_path):
    settings = read(tmp_path)
    assert settings.hash_key not in repr(settings)
    assert settings.encryption_keys[0] not in repr(settings)


@pytest.mark.parametrize("name", ["secret_key", "encryption_keys", "hash_key"])
def test_a_damaged_key_is_refused_rather_than_used(tmp_path, name):
    (tmp_path / name).write_text("")
    with pytest.raises(SettingsError, match=rf"{name} is damaged: restore that file"):
        read(tmp_path)


def test_a_data_directory_that_cannot_be_made_is_refused_by_name(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="IEC_DATA_DIR: cannot create"):
        read(tmp_path / "file" / "var")


def test_a_setting_may_stand_in_a_file(tmp_path):
    kept = tmp_path / "secrets"
    kept.mkdir()
    (kept / "key").write_text("k" * 32 + "\n")
    (kept / "mail").write_text("smtps://iec:hunter2@mail.example:465\n")
    settings = read(
        tmp_path / "var",
        IEC_SECRET_KEY_FILE=str(kept / "key"),
        IEC_SMTP_URL_FILE=str(kept / "mail"),
    )
    assert settings.secret_key == "k" * 32
    assert settings.smtp_url == "smtps://iec:hunter2@mail.example:465"
    assert not (tmp_path / "var" / "secret_key").exists()


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"IEC_SECRET_KEY_FILE": "nowhere"}, "IEC_SECRET_KEY_FILE: cannot read nowhere."),
        ({"IEC_SECRET_KEY_FILE": "/dev/null"}, "IEC_SECRET_KEY_FILE: /dev/null is empty."),
        (
            {"IEC_SECRET_KEY_FILE": "/dev/null", "IEC_SECRET_KEY": "k" * 32},
            "IEC_SECRET_KEY_FILE: IEC_SECRET_KEY is given too. Give one of them.",
        ),
    ],
)
def test_a_file_that_says_nothing_clear_is_refused_by_name(tmp_path, environment, told):
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, **environment)
    assert str(refused.value) == told


def test_settings_that_are_shown_hide_what_is_secret(tmp_path):
    secrets = {
        "IEC_SECRET_KEY": "hunter1-" * 4,
        "IEC_DATABASE_URL": "postgresql://iec:hunter2@db/iec",
        "IEC_SMTP_URL": "smtps://iec:hunter3@mail.example:465",
    }
    shown = repr(read(tmp_path, **secrets))
    assert "hunter" not in shown
    assert "127.0.0.1" in shown


def test_no_setting_with_the_name_of_a_secret_is_shown():
    secret = re.compile("secret|key|token|password|sid|smtp|database")
    shown = {field.name for field in fields(Settings) if field.repr and secret.search(field.name)}
    assert shown == set()


def test_a_secret_of_telegram_is_long_and_plain(tmp_path):
    for secret in ("short", "with blanks in between", "é" * 20):
        with pytest.raises(SettingsError, match="IEC_TELEGRAM_SECRET"):
            read(tmp_path, IEC_TELEGRAM_TOKEN="1:A", IEC_TELEGRAM_SECRET=secret)


def test_a_public_address_alone_switches_no_messenger_on(tmp_path):
    settings = read(tmp_path, IEC_PUBLIC_URL="https://chat.example.org/")
    assert settings.public_url == "https://chat.example.org"
    assert switched_on(settings) == ()
