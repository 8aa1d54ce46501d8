"""What the waiting list refuses. Each sentence may be shown and holds nothing personal."""

from __future__ import annotations

from datetime import datetime


class WaitingListError(Exception):
    """Base of every refusal of the waiting list."""


class StoreError(WaitingListError):
    """The database could not be read or written; nothing was changed, and a retry is safe."""


class PoolNotFound(WaitingListError):
    """There is no waiting list for this program and season."""

    def __init__(self, program: str, season: str) -> None:
        super().__init__(f"There is no waiting list for {program} {season}.")


class PoolNotOpen(WaitingListError):
    """The waiting list takes no submissions yet."""

    def __init__(self, program: str, season: str, opens_at: datetime) -> None:
        self.opens_at = opens_at
        super().__init__(
            f"The waiting list for {program} {season} opens at {opens_at:%Y-%m-%d %H:%M} UTC."
        )


class QuotaFull(WaitingListError):
    """Every place of the pool is in use, so nobody more can be accepted."""

    def __init__(self, program: str, season: str, quota: int) -> None:
        super().__init__(f"All {quota} places of {program} {season} are in use.")


class QuotaBelowUse(WaitingListError):
    """The quota asked for is lower than the number of places in use."""

    def __init__(self, quota: int, in_use: int) -> None:
        super().__init__(
            f"A quota of {quota} is less than the {in_use} places in use. Free places first."
        )


class EntryNotFound(WaitingListError):
    """No entry has this reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no entry {reference}.")


class MoveNotAllowed(WaitingListError):
    """The entry cannot go from its state to the one asked for."""


class ReasonNeeded(WaitingListError):
    """This step is only made with a recorded reason."""


class DeadlineRefused(WaitingListError):
    """The deadline is not in the future, or the state has none."""


class SubmissionRefused(WaitingListError):
    """The submission cannot be put on a list; the message says which part."""


class KeyReused(WaitingListError):
    """An idempotency key came back with somebody else's submission."""

    def __init__(self) -> None:
        super().__init__("This key already belongs to another submission.")


class ChangedMeanwhile(WaitingListError):
    """Somebody else was faster: what a member of staff looked at is not so any more."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} meanwhile. Nothing was changed; look again.")


class NoteRefused(WaitingListError):
    """The note cannot be kept."""
