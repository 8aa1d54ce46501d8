"""One word of what was said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Word:
    """`text` is the canonical word or its kind (NUM, DATE, CTRY, ...); `value` what a kind holds.

    `start` and `end` are characters of the text, `raw` what stands there.
    """

    text: str
    start: int
    end: int
    raw: str
    kind: str
    value: Any = None

    def named(self, text: str) -> Word:
        """Return the same word under another canonical text."""
        return self if text == self.text else replace(self, text=text)
