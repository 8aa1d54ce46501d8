"""A message on its way in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Incoming:
    """A verified message: who talks, the sender's own id of the message, and its words.

    Of a messenger's also: the `notice` that answers it instead of a turn (a key of the wording),
    the `address` where the reply is sent, and how many `attempts` to answer it were begun.
    """

    conversation_id: str
    message_id: str
    text: str = ""
    notice: str | None = None
    address: str | None = None
    attempts: int = 0
