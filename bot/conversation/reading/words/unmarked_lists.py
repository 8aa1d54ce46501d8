"""Lists without marks: "insurance yes return ticket no kids none".

Each thing stands before its answer, so "ticket no kids none" denies the ticket and the kids. A
list whose answers come first ("no ticket no kids") needs no help.
"""

from __future__ import annotations

import re

_ANSWER = (
    r"(?:yes|yep|no(?! (?:idea|clue|need|problem|worr|matter|longer|one))|nope|nah|none|nil)\b"
)
_THING = (
    r"(?:student|(?:(?:travel|health|medical) )?insurance|(?:(?:return|flight|plane) )?tickets?"
    r"(?: back| home)?|return flight|return|job offer|contract|kids|children|dependants|partner"
    r"|(?:(?:criminal|police) )?record|convictions?|previous iec|iec before|money|savings)"
)
_PAIR = re.compile(rf"(?<![\w-])(?P<thing>{_THING}) {_ANSWER}", re.IGNORECASE)
_GOES_ON = re.compile(rf" (?:{_ANSWER}|{_THING}(?! {_ANSWER})\b)", re.IGNORECASE)
_OWNED = re.compile(
    r"\b(?:a|an|the|my|any|have|has|got|with|without|buy|bought|need|no|not|yes)\s$", re.IGNORECASE
)
_LEAST = 2


def with_lines(text: str) -> str:
    """Return `text`, as long as before, with each thing and its answer on a line of its own."""
    folded = text.casefold()
    if folded.count(" n") + folded.count(" y") < _LEAST:
        return text
    pairs = list(_PAIR.finditer(text))
    if len(pairs) < _LEAST or _OWNED.search(text, 0, pairs[0].start()):
        return text
    if _GOES_ON.match(text, pairs[-1].end()):
        return text
    breaks = {place for pair in pairs for place in (pair.start() - 1, pair.end())}
    return "".join(
        "\n" if place in breaks and letter == " " else letter for place, letter in enumerate(text)
    )
