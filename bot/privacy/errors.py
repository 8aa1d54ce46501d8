"""What cannot be done for a person; each sentence may be shown."""

from __future__ import annotations


class PrivacyError(RuntimeError):
    """Base of what `bot.privacy` refuses."""


class NobodyFound(PrivacyError):
    """Nothing is stored about the person who was named."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing is stored under that e-mail address, reference code or conversation id."
        )


class LedgerError(PrivacyError):
    """The erase ledger cannot be read or written; nothing was erased."""
