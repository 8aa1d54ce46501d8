"""What a channel says by itself, when no turn of the assistant answers."""

from __future__ import annotations

from types import MappingProxyType

WORDING = MappingProxyType(
    {
        "too_long": "That message is too long for me to read. "
        "Please keep it under 2,000 characters, or send it in smaller pieces.",
        "command": "I read ordinary words, not commands that start with a slash. "
        "Please write it as you would say it, or choose one of the buttons.",
        "empty": "Your message came through empty. What would you like to know?",
        "silent": "I do not have an answer to that. Please try other words, "
        'or say "talk to a person".',
        "forgotten": "Your data was deleted, this answer with it. You can start anew at any time.",
        "failed": "Something went wrong on our side and nothing was saved. "
        "Please send your message again in a moment.",
        "starting": "The assistant is still starting. Please try again in a minute.",
        "too_many": "That was a lot at once. Please wait a moment and try again.",
        "too_large": "That is more than can be sent at once. Please shorten it.",
        "bad_request": "The request could not be read.",
        "no_session": "This conversation could not be recognized. Please start a new one.",
        "session_expired": "This conversation has expired. Please start a new one.",
        "not_found": "There is nothing at this address.",
        "not_allowed": "This address does not accept that kind of request.",
    }
)
