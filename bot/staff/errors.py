"""What the accounts of staff refuse. Each sentence may be shown to the person who asked."""

from __future__ import annotations


class StaffError(Exception):
    """Base of every refusal."""


class AccountRefused(StaffError):
    """The account cannot be made: its name cannot be used or is taken."""


class AccountNotFound(StaffError):
    """No account has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no account {name}.")


class LastAdministrator(StaffError):
    """Without this account nobody could manage accounts any more."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is the last administrator. Make somebody else one first.")


class PasswordRefused(StaffError):
    """The new password is too weak, or the present one is wrong."""
