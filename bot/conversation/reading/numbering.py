"""Lists whose lines are numbered: the numbers count the lines and say nothing themselves."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?:^|(?<=\s))(?P<number>\d{1,2})(?:[.)](?=\s)|\)|\ufe0f?\u20e3)", re.MULTILINE
)


def without_numbering(text: str) -> str:
    """Return `text` with "1." "2)" ... blanked, as long as before; they must count from one.

    Each becomes an end of line, so "1) Irish 2) 24" is two lines.
    """
    expected = 1
    found: list[re.Match[str]] = []
    for match in _NUMBER.finditer(text):
        if int(match["number"]) == expected:
            found.append(match)
            expected += 1
    if len(found) < 2:
        return text
    for match in found:
        blank = "\n" + " " * (match.end() - match.start() - 1)
        text = text[: match.start()] + blank + text[match.end() :]
    return text
