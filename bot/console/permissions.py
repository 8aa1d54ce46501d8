"""What a page asks of the person who opens it."""

from __future__ import annotations

from enum import Enum

from bot.staff import Role


class Permission(Enum):
    """Each page names one; the value is the least role that has it."""

    PUBLIC = "public"
    """Anybody: the sign-in page, styles, health."""
    ACCOUNT = "account"
    """Anybody who is signed in, also before the one-time password is changed."""
    READ = "read"
    WORK = "work"
    ADMINISTER = "administer"

    def allows(self, role: Role | None) -> bool:
        """Return whether somebody with this role, None for nobody signed in, may come in."""
        least = _LEAST[self]
        return least is None or (role is not None and role.covers(least))


_LEAST = {
    Permission.PUBLIC: None,
    Permission.ACCOUNT: Role.READER,
    Permission.READ: Role.READER,
    Permission.WORK: Role.REVIEWER,
    Permission.ADMINISTER: Role.ADMINISTRATOR,
}
