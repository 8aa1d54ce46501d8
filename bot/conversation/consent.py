"""The words that applicants agree to, version by version.

Each version is a file `consents/<day>-<hash>.txt` that never changes; the hash in its name is that
of its words. The newest is what the assistant asks.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "consents"


class UnknownConsent(ValueError):
    """Somebody was asked for consent in words that no version keeps."""


def consent_version(words: str) -> str:
    """Return the version whose words these are, such as `2026-11-22-1f0c9a`.

    Raises:
        UnknownConsent: the words were changed without a new version.
    """
    for version, text in consent_texts().items():
        if text == words:
            return version
    raise UnknownConsent(
        f"Add these words as bot/conversation/consents/<today>-{hash_of(words)}.txt"
    )


@lru_cache(maxsize=1)
def consent_texts() -> dict[str, str]:
    """Return the words of all versions, the oldest first."""
    paths = sorted(FOLDER.glob("*.txt"))
    return {path.stem: path.read_text(encoding="utf-8").strip() for path in paths}


def hash_of(words: str) -> str:
    """Return the hash that stands in a version's name."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:6]
