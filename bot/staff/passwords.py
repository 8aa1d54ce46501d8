"""Passwords: what makes a good one, how they are kept, and one-time passwords."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.staff.errors import PasswordRefused

SHORTEST = 12
LONGEST = 128
FEWEST_DIFFERENT = 5
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
_AT_ONCE = threading.BoundedSemaphore(2)
"""Argon2 takes 64 MiB a time, so a flood of sign-ins must queue up, not fill the memory."""


class Passwords:
    """Keeps passwords as Argon2id hashes and compares them."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _nobodys(self) -> str:
        return self.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """Return what is kept of `password`."""
        with _AT_ONCE:
            return self._hasher.hash(_normal(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Return whether `password` is the one kept; without one it takes as long and is False."""
        try:
            with _AT_ONCE:
                self._hasher.verify(kept or self._nobodys, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None


def check_password(password: str, account: str) -> None:
    """Do nothing if `password` is good enough for the account.

    Raises:
        PasswordRefused: the message says what is missing.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordRefused(f"A password needs {SHORTEST} to {LONGEST} characters.")
    if len(set(password.lower())) < FEWEST_DIFFERENT:
        raise PasswordRefused(f"A password needs {FEWEST_DIFFERENT} different characters.")
    if account.lower() in password.lower():
        raise PasswordRefused("The password must not hold the name of the account.")


def one_time_password() -> str:
    """Return a password to be read out and typed once: four groups of four, 78 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _normal(password: str) -> bytes:
    """Return the one form of what two keyboards may write in different ways."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
