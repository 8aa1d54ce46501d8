"""Which model archives may be loaded: those that `iec train` signed with this assistant's key.

An archive names the classes that Rasa imports and runs, so one from elsewhere is somebody else's
program. The signature lies beside it, as `<archive>.signature`.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

_PURPOSE = b"iec model archive "


class UntrustedModel(RuntimeError):
    """The archive is not one that was trained here; the message says what to do."""


def signature_of(archive: Path) -> Path:
    """Return where the signature of `archive` lies."""
    return archive.with_name(f"{archive.name}.signature")


def sign(archive: Path, secret_key: str) -> None:
    """Write the signature of `archive` beside it.

    Raises:
        OSError: the archive cannot be read or its folder not be written.
    """
    signature_of(archive).write_text(_signature(archive, secret_key) + "\n", encoding="ascii")


def verify(archive: Path, secret_key: str) -> None:
    """Return if `archive` is what was signed with `secret_key`.

    Raises:
        UntrustedModel: it is missing, not signed, not whole, or signed with another key.
    """
    kept = signature_of(archive)
    again = "Train it here: iec train --force"
    if not archive.is_file():
        raise UntrustedModel(f"There is no model at {archive}. {again}")
    if not kept.is_file():
        raise UntrustedModel(f"The model {archive} is not signed. {again}")
    told = kept.read_text(encoding="ascii", errors="replace").strip()
    if not hmac.compare_digest(told.encode(), _signature(archive, secret_key).encode()):
        raise UntrustedModel(
            f"The model {archive} is not the one that was signed: it was changed or put there by "
            f"somebody, or IEC_SECRET_KEY is another. Find out which. {again}"
        )


def _signature(archive: Path, secret_key: str) -> str:
    with archive.open("rb") as stream:
        digest = hashlib.sha256()
        while block := stream.read(1 << 20):
            digest.update(block)
    message = _PURPOSE + digest.digest()
    return hmac.new(secret_key.encode(), message, hashlib.sha256).hexdigest()
