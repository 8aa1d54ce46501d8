"""Whether the trained model still belongs to the files that it was trained from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

INPUTS = (
    "config.yml",
    "domain.yml",
    "data/**/*",
    "bot/nlu/**/*",
    "bot/conversation/reading/**/*",
    "bot/knowledge/country_names*",
    "uv.lock",
)
"""Everything that changes a trained model, as patterns below the project's folder."""

MODEL = Path("models/iec.tar.gz")
FINGERPRINT = Path("models/iec.fingerprint")


def fingerprint(root: Path) -> str:
    """Return a digest of the names and contents of all `INPUTS` below `root`."""
    digest = hashlib.sha256()
    for path in sorted(set(_inputs(root))):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def is_current(root: Path) -> bool:
    """Say whether `root` holds a model that was trained from the files of today."""
    kept = root / FINGERPRINT
    return (
        (root / MODEL).is_file()
        and kept.is_file()
        and kept.read_text(encoding="ascii").strip() == fingerprint(root)
    )


def remember(root: Path, trained_from: str) -> None:
    """Note that the model of `root` was trained from files with the digest `trained_from`."""
    (root / FINGERPRINT).write_text(trained_from + "\n", encoding="ascii")


def _inputs(root: Path) -> Iterator[Path]:
    for pattern in INPUTS:
        for path in root.glob(pattern):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
