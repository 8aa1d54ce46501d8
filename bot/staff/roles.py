"""What a member of staff may do, from least to most."""

from __future__ import annotations

from enum import Enum


class Role(str, Enum):
    """Each role may do all that the roles before it may."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"

    def covers(self, other: Role) -> bool:
        """Return whether this role may do what `other` may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)
