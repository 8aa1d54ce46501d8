"""What is taken out of a message before anything reads it."""

from __future__ import annotations

import re

MAX_CHARACTERS = 2_000

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` trimmed, without control characters and lone surrogates.

    New lines and tabs stay. What is removed cannot be stored by PostgreSQL (NUL), cannot be encoded
    (half a surrogate pair) or steers a terminal that shows a transcript.
    """
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
