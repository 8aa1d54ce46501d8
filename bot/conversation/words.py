"""The assistant's words, looked up by response name and filled with values.

The words live in `responses` of the domain and of `data/`; rules and explanations only know
their names. Rasa fills responses itself when one is a whole message; this is for the sentences
that become part of a longer message.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class Words:
    """The texts of a domain's responses."""

    def __init__(self, responses: Mapping[str, Any]) -> None:
        """Take `responses` as a domain holds them: name to a list of variations."""
        self._responses = responses

    def say(self, response: str, **values: object) -> str:
        """Return the text of `response` with its placeholders filled.

        Raises:
            KeyError: there is no such response, or a placeholder has no value.
        """
        variations = self._responses[response]
        default = next(one for one in variations if not one.get("condition"))
        return str(default["text"]).strip().format_map(values)


def and_list(parts: Iterable[str], last: str = "and") -> str:
    """Join `parts` as a person would: "a, b and c"."""
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
