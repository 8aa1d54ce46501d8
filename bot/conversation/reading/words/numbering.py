"""Lists whose lines are numbered: the numbers count the lines and say nothing themselves."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?:^|(?<=[\s,;.]))(?:"
    r"(?P<number>\d{1,2})(?:[.)](?=\s)|\)|\ufe0f?\u20e3)"
    r"|(?:q|question|ad|point|nr|no|answer|re|#)\.?\s?(?P<asked>\d{1,2})(?:[:.)-]|(?=\s))"
    r"|(?P<letter>[a-h])\)"
    r"|(?P<line>\d{1,2})(?::|\s[-\u2013\u2014])(?=\s))",
    re.MULTILINE | re.IGNORECASE,
)
_LEAST = {"number": 2, "asked": 2, "letter": 2, "line": 3}
"""How many lines make a list: "1: ... 2: ..." is surer to count when it goes on."""


def without_numbering(text: str) -> str:
    """Return `text` with "1." "2)" "q3" "c)" ... blanked, as long as before.

    They must count from one. Each becomes an end of line, so "1) Irish 2) 24" is two lines.
    """
    matches = list(_NUMBER.finditer(text))
    if len(matches) < min(_LEAST.values()):
        return text
    for style, least in _LEAST.items():
        found: list[re.Match[str]] = []
        for match in matches:
            if match[style] and _rank(match[style]) == len(found) + 1:
                found.append(match)
        if len(found) >= least:
            for match in found:
                blank = "\n" + " " * (match.end() - match.start() - 1)
                text = text[: match.start()] + blank + text[match.end() :]
            return text
    return text


def _rank(counted: str) -> int:
    return int(counted) if counted.isdigit() else ord(counted.lower()) - ord("a") + 1
