"""Who may use the console: administrators add, reset, disable and change accounts."""

from __future__ import annotations

from starlette.responses import Response

from bot.console.page import Page
from bot.console.permissions import Permission
from bot.console.visit import Visit
from bot.staff import OneTimePassword, Role, StaffError
from bot.staff.accounts import is_name, normal_name


def accounts_page(visit: Visit) -> Response:
    """Show all accounts."""
    return _page(visit)


def add(visit: Visit) -> Response:
    """Make an account and show its one-time password, once."""
    role = visit.form.choice("role", Role, "roles")
    visit.details = {"role": role.value}
    visit.subject = _subject(visit)
    try:
        password = visit.services.office.accounts.add(visit.form["name"], role)
    except StaffError as refusal:
        return _refused(visit, refusal)
    return _page(visit, password=password)


def reset(visit: Visit) -> Response:
    """Give an account a new one-time password and show it, once."""
    visit.subject = _subject(visit)
    try:
        password = visit.services.office.accounts.reset(visit.form["name"])
    except StaffError as refusal:
        return _refused(visit, refusal)
    return _page(visit, password=password)


def disable(visit: Visit) -> Response:
    """Keep an account out."""
    visit.subject = _subject(visit)
    try:
        account = visit.services.office.accounts.disable(visit.form["name"])
    except StaffError as refusal:
        return _refused(visit, refusal)
    visit.say(f"{account.name} is disabled and signed out everywhere.")
    return visit.redirect("/accounts")


def enable(visit: Visit) -> Response:
    """Let an account in again."""
    visit.subject = _subject(visit)
    try:
        account = visit.services.office.accounts.enable(visit.form["name"])
    except StaffError as refusal:
        return _refused(visit, refusal)
    visit.say(f"{account.name} may sign in again.")
    return visit.redirect("/accounts")


def change_role(visit: Visit) -> Response:
    """Give an account another role."""
    role = visit.form.choice("role", Role, "roles")
    visit.details = {"role": role.value}
    visit.subject = _subject(visit)
    try:
        account = visit.services.office.accounts.change_role(visit.form["name"], role)
    except StaffError as refusal:
        return _refused(visit, refusal)
    visit.say(f"{account.name} is {account.role.value} now.")
    return visit.redirect("/accounts")


def _subject(visit: Visit) -> str:
    """Return how the audit names an account; what cannot be one is not written there."""
    name = normal_name(visit.form["name"])
    return f"account:{name}" if is_name(name) else "-"


def _refused(visit: Visit, refusal: StaffError) -> Response:
    visit.details["result"] = "refused"
    visit.say(str(refusal), "problem")
    return _page(visit, status=422)


def _page(visit: Visit, password: OneTimePassword | None = None, status: int = 200) -> Response:
    accounts = visit.services.office.accounts.all()
    return visit.render(
        "accounts.html", status=status, accounts=accounts, roles=list(Role), password=password
    )


PAGES = (
    Page("GET", "/accounts", accounts_page, Permission.ADMINISTER, "accounts.view", "Accounts"),
    Page("POST", "/accounts/add", add, Permission.ADMINISTER, "accounts.add"),
    Page("POST", "/accounts/reset", reset, Permission.ADMINISTER, "accounts.reset"),
    Page("POST", "/accounts/disable", disable, Permission.ADMINISTER, "accounts.disable"),
    Page("POST", "/accounts/enable", enable, Permission.ADMINISTER, "accounts.enable"),
    Page("POST", "/accounts/role", change_role, Permission.ADMINISTER, "accounts.role"),
)
