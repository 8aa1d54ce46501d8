"""Contact details at rest: encrypted columns, and keyed hashes to find a row without reading it.

A room declares `Column("address", EncryptedText)` and goes on as if it were text. What must be
looked up gets a second column with `keyed_hash(purpose, value)`. Both keys are settings: the
encryption keys can be exchanged (`iec privacy rotate-keys`), the hash key stays for good, because
what it hashed may be gone. A database remembers which keys it was written with, and a process with
other keys refuses to work (`check_keys`) instead of writing what nobody can read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Column, Integer, MetaData, String, Table, Text, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeDecorator

from bot.settings import settings

_CHECKING = 7_231_105
_SEALED = "These keys belong to this database."

encryption_metadata = MetaData()

encryption_check = Table(
    "encryption_check",
    encryption_metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sealed", Text, nullable=False),
    Column("hashed", String(64), nullable=False),
)


class EncryptionError(RuntimeError):
    """What is stored cannot be read with the keys of the settings; holds nothing personal."""


class Keyring:
    """The keys of one installation: the newest encrypts, all decrypt, another one hashes."""

    def __init__(self, encryption_keys: Sequence[str], hash_key: str) -> None:
        self._newest = Fernet(encryption_keys[0])
        self._all = MultiFernet([Fernet(key) for key in encryption_keys])
        self._hash_key = hash_key.encode("utf-8")

    def encrypt(self, text: str) -> str:
        """Return `text` encrypted with the newest key, different at every call."""
        return self._newest.encrypt(text.encode("utf-8", "surrogatepass")).decode("ascii")

    def decrypt(self, token: str) -> str:
        """Return the text that `encrypt` was given.

        Raises:
            EncryptionError: none of the keys fits, or the token was changed.
        """
        try:
            return self._all.decrypt(token.encode()).decode("utf-8", "surrogatepass")
        except InvalidToken:
            raise EncryptionError(
                "IEC_ENCRYPTION_KEYS: none of the keys opens what is stored. "
                "Add the key that it was written with to the end of the list."
            ) from None

    def is_newest(self, token: str) -> bool:
        """Tell whether `token` was encrypted with the newest key."""
        try:
            self._newest.decrypt(token.encode())
        except InvalidToken:
            return False
        return True

    def hash(self, purpose: str, text: str) -> str:
        """Return a hash of `text` that only the hash key can make; purposes never match."""
        message = f"{purpose}\n{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self._hash_key, message, hashlib.sha256).hexdigest()


def keyring() -> Keyring:
    """Return the keys of the settings of this process."""
    return _keyring(settings().encryption_keys, settings().hash_key)


@lru_cache(maxsize=1)
def _keyring(encryption_keys: tuple[str, ...], hash_key: str) -> Keyring:
    return Keyring(encryption_keys, hash_key)


def keyed_hash(purpose: str, text: str) -> str:
    """Return the hash by which `text` is found where it is stored encrypted or not at all."""
    return keyring().hash(purpose, text)


class EncryptedText(TypeDecorator):  # type: ignore[misc]
    """Text that is encrypted in the database; it cannot be compared or sorted there."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Any) -> str | None:
        """Return what is stored for `value`."""
        return None if value is None else keyring().encrypt(value)

    def process_result_value(self, value: str | None, _dialect: Any) -> str | None:
        """Return the text that was stored.

        Raises:
            EncryptionError: none of the keys fits.
        """
        return None if value is None else keyring().decrypt(value)


class EncryptedJson(EncryptedText):
    """A JSON value that is encrypted in the database."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """Return what is stored for `value`."""
        return super().process_bind_param(None if value is None else json.dumps(value), dialect)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        """Return the JSON value that was stored."""
        text = super().process_result_value(value, dialect)
        return None if text is None else json.loads(text)


def check_keys(connection: Connection) -> None:
    """Return if the keys of this process are those of the database; a new one takes them on.

    Raises:
        EncryptionError: they are not; says which setting is wrong.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CHECKING})")
    encryption_metadata.create_all(connection)
    keys = keyring()
    hashed = keys.hash("check", _SEALED)
    row = connection.execute(select(encryption_check)).one_or_none()
    if row is None:
        sealed = keys.encrypt(_SEALED)
        connection.execute(insert(encryption_check).values(id=1, sealed=sealed, hashed=hashed))
        return
    if not hmac.compare_digest(row.hashed, hashed):
        raise EncryptionError(
            "IEC_HASH_KEY is not the key that this database was made with: put the old one back."
        )
    keys.decrypt(row.sealed)


def renew_check(connection: Connection) -> None:
    """Seal the check with the newest key, so that the older ones may go."""
    connection.execute(update(encryption_check).values(sealed=keyring().encrypt(_SEALED)))
