"""The form in which every part of the understanding sees a message."""

from __future__ import annotations

import unicodedata

MAX_CHARACTERS = 2000
_PLAIN = str.maketrans("‘’´`“”„–—…", "''''\"\"\"--.")


def clean(text: str) -> str:
    """Return `text` cut to 2,000 characters, in lower case, with plain quotes and single spaces."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).translate(_PLAIN)
    return " ".join(plain.casefold().split())[:MAX_CHARACTERS]
