"""Every route for everybody: the matrix is the table of routes itself, so none can be forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.console.page import NOTHING, Page, PageError, check_pages
from bot.console.permissions import Permission
from bot.console.routes import PAGES
from bot.staff import Role
from tests.console.browsing import Browser

LEAST_ROLES = {
    Permission.ACCOUNT: Role.READER,
    Permission.READ: Role.READER,
    Permission.WORK: Role.REVIEWER,
    Permission.ADMINISTER: Role.ADMINISTRATOR,
}
PROTECTED = [page for page in PAGES if page.permission is not Permission.PUBLIC]
NOT_IN_THE_AUDIT = {
    "GET /",
    "GET /handover/{conversation_id}/news",
    "GET /list",
    "GET /live",
    "GET /login",
    "GET /password",
    "GET /ready",
    "GET /static/{name}",
}
"""Routes that show and change nothing about anybody."""


def address(page: Page) -> str:
    return re.sub(r"\{[^}]+\}", "IEC-2222-2222", page.path)


def open_page(browser: Browser, page: Page, **fields: str) -> int:
    path = address(page)
    answer = browser.get(path) if page.method == "GET" else browser.post(path, **fields)
    return answer.status_code


@pytest.mark.parametrize("page", PROTECTED, ids=lambda page: page.name)
def test_nobody_gets_in_without_signing_in(browser, page):
    path = address(page)
    answer = browser.get(path) if page.method == "GET" else browser.post(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_what_its_permissions_allow_and_is_refused_the_rest(
    signed_in: Callable[[Role], Browser], role: Role
):
    allowed, refused = {}, {}
    browser = signed_in(role)
    for page in PROTECTED:
        if browser.token is None:
            browser = signed_in(role)
        status = open_page(browser, page)
        (allowed if role.covers(LEAST_ROLES[page.permission]) else refused)[page.name] = status
    assert {name: status for name, status in allowed.items() if status in (401, 403)} == {}
    assert {name: status for name, status in allowed.items() if status >= 500} == {}
    assert {name: status for name, status in refused.items() if status != 403} == {}


@pytest.mark.parametrize(
    "page", [page for page in PROTECTED if page.method == "POST"], ids=lambda page: page.name
)
def test_a_form_without_the_token_of_the_session_changes_nothing(administrator, page):
    for token in ("", "0" * 64):
        assert open_page(administrator, page, csrf=token) == 403


def test_only_pages_that_tell_nothing_about_anybody_stay_out_of_the_audit():
    assert {page.name for page in PAGES if page.records == NOTHING} == NOT_IN_THE_AUDIT


def test_a_page_without_a_permission_cannot_be_declared():
    with pytest.raises(TypeError):
        Page("GET", "/secret", lambda visit: None, records=NOTHING)
    with pytest.raises(PageError, match="needs a permission"):
        Page("GET", "/secret", lambda visit: None, None, NOTHING)


def test_a_page_that_does_not_say_what_it_records_cannot_be_declared():
    with pytest.raises(TypeError):
        Page("GET", "/secret", lambda visit: None, Permission.READ)
    with pytest.raises(PageError, match="what the audit records"):
        Page("GET", "/secret", lambda visit: None, Permission.READ, None)


def test_two_pages_at_one_address_are_refused():
    page = Page("GET", "/twice", lambda visit: None, Permission.READ, NOTHING)
    with pytest.raises(PageError, match="declared twice"):
        check_pages([page, page])


def test_the_application_serves_the_table_and_nothing_else(app):
    served = {(route.path, method) for route in app.routes for method in route.methods}
    declared = {(page.path, page.method) for page in PAGES}
    assert served - {(path, "HEAD") for path, _ in declared} == declared
