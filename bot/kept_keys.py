"""Keys that are made once and kept in a file which only its owner reads."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

ENCRYPTION_KEY_BYTES = 32


def new_secret() -> str:
    """Return a fresh key to sign or to hash with."""
    return secrets.token_urlsafe(48)


def new_encryption_key() -> str:
    """Return a fresh key for `IEC_ENCRYPTION_KEYS`."""
    return base64.urlsafe_b64encode(secrets.token_bytes(ENCRYPTION_KEY_BYTES)).decode("ascii")


def is_encryption_key(text: str) -> bool:
    """Tell whether `text` is 32 bytes in URL-safe base64."""
    try:
        return len(base64.urlsafe_b64decode(text)) == ENCRYPTION_KEY_BYTES
    except ValueError:
        return False


def kept_key(path: Path, make: Callable[[], str]) -> str:
    """Return what is kept at `path`; what `make` returns is put there first if nothing is.

    Of several processes at once one writes, and nobody sees half a key.

    Raises:
        OSError: the file cannot be read or written.
    """
    if not path.exists():
        draft = _draft(path, make())
        try:
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def keep_in_front(path: Path, key: str) -> None:
    """Put `key` before those kept at `path`.

    Raises:
        OSError: the file cannot be read or written; it is as it was.
    """
    _draft(path, f"{key}\n{path.read_text(encoding='ascii')}").replace(path)


def _draft(path: Path, content: str) -> Path:
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(content)
    return Path(draft)
