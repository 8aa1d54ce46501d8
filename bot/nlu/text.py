"""The form in which every part of the understanding sees a message."""

from __future__ import annotations

import unicodedata
from typing import Any

MAX_CHARACTERS = 2000
MENDED_TEXT = "mended_text"
_PLAIN = str.maketrans("‘’´`“”„–—…", "''''\"\"\"--.")


def clean(text: str) -> str:
    """Return `text` cut to 2,000 characters, in lower case, with plain quotes and single spaces."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).translate(_PLAIN)
    return " ".join(plain.casefold().split())[:MAX_CHARACTERS]


def readable(message: Any) -> str:
    """Return the text of a Rasa `message` with its typos mended, or at least cleaned."""
    mended: str | None = message.get(MENDED_TEXT)
    return clean(message.get("text") or "") if mended is None else mended
