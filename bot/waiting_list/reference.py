"""The code that names an entry, such as IEC-7K3M-9QXD: easy to read out, hard to guess."""

from __future__ import annotations

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 and O, 1 and I and L, U (taken for V)."""


def new_reference() -> str:
    """Return a fresh code; 30 to the power of 8 are possible."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"IEC-{letters[:4]}-{letters[4:]}"


def normal_reference(text: str) -> str:
    """Return `text`, as somebody typed it, in the form in which references are kept."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    body = letters[3:] if letters.startswith("IEC") else letters
    return f"IEC-{body[:4]}-{body[4:]}"


def is_reference(text: str) -> bool:
    """Tell whether `text` is a reference, however it is typed."""
    body = normal_reference(text).removeprefix("IEC-").replace("-", "")
    return len(body) == 8 and set(body) <= set(ALPHABET)
