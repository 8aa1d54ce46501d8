"""Who may use the staff pages: accounts with roles, sign-in, sessions. No web framework here."""

from __future__ import annotations

from bot.staff.accounts import Account, Accounts, OneTimePassword
from bot.staff.errors import StaffError
from bot.staff.office import Office, open_office
from bot.staff.roles import Role
from bot.staff.sessions import Session, Sessions
from bot.staff.sign_in import SignIn

__all__ = [
    "Account",
    "Accounts",
    "Office",
    "OneTimePassword",
    "Role",
    "Session",
    "Sessions",
    "SignIn",
    "StaffError",
    "open_office",
]
