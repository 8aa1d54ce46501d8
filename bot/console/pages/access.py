"""Signing in and out, and one's own password."""

from __future__ import annotations

import hmac
import re
import secrets

from starlette.responses import Response

from bot.console.cookies import SESSION_COOKIE, SIGN_IN_COOKIE, give, take_back
from bot.console.page import NOTHING, Page
from bot.console.permissions import Permission
from bot.console.visit import Visit, csrf_token
from bot.staff import StaffError
from bot.staff.attempts import LOCKED_FOR

HOME = "/"
REFUSED = (
    "That name and password do not fit together, or there were too many tries. After too many, "
    f"wait {LOCKED_FOR.seconds // 60} minutes."
)
NO_COOKIE = "The page was open for too long, or the browser refuses cookies. Please try again."
_OUR_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x1f]*")


def home(visit: Visit) -> Response:
    """Go to the first page of the menu."""
    return visit.redirect(visit.menu[0][0] if visit.menu else "/password")


def sign_in_page(visit: Visit) -> Response:
    """Show the form, unless somebody is signed in already."""
    if visit.session is not None:
        return visit.redirect(HOME)
    return _form(visit)


def sign_in(visit: Visit) -> Response:
    """Let somebody in under a fresh session, or say only that it did not work."""
    nonce = visit.request.cookies.get(SIGN_IN_COOKIE, "")
    expected = _sign_in_token(visit, nonce)
    if not nonce or not hmac.compare_digest(visit.form["csrf"].encode(), expected.encode()):
        visit.say(NO_COOKIE, "problem")
        visit.details = {"result": "no token"}
        return _form(visit, status=403)
    office = visit.services.office
    account = office.sign_in.attempt(visit.form["name"], visit.form.raw("password"), visit.address)
    if account is None:
        visit.say(REFUSED, "problem")
        visit.details = {"result": "refused"}
        return _form(visit, status=401)
    former = visit.request.cookies.get(SESSION_COOKIE)
    token = office.sessions.start(account, former)
    visit.who, visit.details = account.name, {"result": "signed in"}
    wanted = visit.form["next"]
    response = visit.redirect(wanted if _OUR_PATH.fullmatch(wanted) else HOME)
    give(response, visit.request, SESSION_COOKIE, token)
    take_back(response, visit.request, SIGN_IN_COOKIE)
    return response


def sign_out(visit: Visit) -> Response:
    """End the session."""
    assert visit.session is not None
    visit.services.office.sessions.end(visit.session.token)
    visit.session = None
    response = visit.redirect("/login")
    take_back(response, visit.request, SESSION_COOKIE)
    return response


def password_page(visit: Visit) -> Response:
    """Show the form for one's own password."""
    return visit.render("password.html")


def change_password(visit: Visit) -> Response:
    """Change one's own password; all sessions end, and this browser gets a new one."""
    office, form = visit.services.office, visit.form
    assert visit.session is not None
    if form.raw("new") != form.raw("again"):
        return _password_refused(visit, "The two new passwords differ.")
    try:
        office.accounts.change_password(visit.by, form.raw("present"), form.raw("new"))
    except StaffError as refusal:
        return _password_refused(visit, str(refusal))
    token = office.sessions.start(visit.session.account)
    visit.session = office.sessions.find(token)
    visit.say("Your password is changed. Other browsers are signed out.")
    visit.details = {"result": "changed"}
    response = visit.redirect(HOME)
    give(response, visit.request, SESSION_COOKIE, token)
    return response


def _password_refused(visit: Visit, why: str) -> Response:
    visit.say(why, "problem")
    visit.details = {"result": "refused"}
    return visit.render("password.html", status=422)


def _form(visit: Visit, status: int = 200) -> Response:
    nonce = visit.request.cookies.get(SIGN_IN_COOKIE) or secrets.token_urlsafe(24)
    response = visit.render(
        "sign_in.html",
        status=status,
        token=_sign_in_token(visit, nonce),
        next=visit.form["next"] or visit.query["next"],
        name=visit.form["name"],
    )
    give(response, visit.request, SIGN_IN_COOKIE, nonce)
    return response


def _sign_in_token(visit: Visit, nonce: str) -> str:
    return csrf_token(f"{visit.services.settings.secret_key} {nonce}")


PAGES = (
    Page("GET", "/", home, Permission.ACCOUNT, NOTHING),
    Page("GET", "/login", sign_in_page, Permission.PUBLIC, NOTHING),
    Page("POST", "/login", sign_in, Permission.PUBLIC, "sign_in"),
    Page("POST", "/logout", sign_out, Permission.ACCOUNT, "sign_out"),
    Page("GET", "/password", password_page, Permission.ACCOUNT, NOTHING),
    Page("POST", "/password", change_password, Permission.ACCOUNT, "password.change"),
)
