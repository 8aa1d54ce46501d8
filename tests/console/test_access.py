"""Getting in, staying in, being kept out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from bot.console.app import create_app
from bot.console.cookies import SESSION_COOKIE
from bot.console.headers import HEADERS
from bot.staff import Role
from bot.staff.attempts import LOCKED_FOR, PER_ACCOUNT, PER_ADDRESS
from bot.staff.sessions import ABSOLUTE, IDLE
from tests.console.browsing import PASSWORD, Browser, words_of

WRONG = "not the right password"


def test_the_right_password_opens_the_first_page_of_the_menu(browser):
    first = browser.follow(browser.sign_in("ada"))
    assert browser.follow(first).status_code == 200


def test_the_name_may_be_typed_in_capitals(browser):
    assert browser.sign_in(" ADA ").status_code == 303


@pytest.mark.parametrize("name", ["ada", "nobody", "", "x" * 500, "ada\0", "ада"])
def test_a_wrong_name_or_password_gives_one_and_the_same_answer(app, name):
    refused = Browser(app).sign_in(name, WRONG)
    expected = Browser(app).sign_in("rita", WRONG)
    assert refused.status_code == expected.status_code == 401
    assert words_of(refused) == words_of(expected)


def test_after_too_many_failures_the_account_is_locked_even_for_the_right_password(
    app, services, clock
):
    for number in range(PER_ACCOUNT):
        assert Browser(app, f"10.0.0.{number}").sign_in("ada", WRONG).status_code == 401
    locked = Browser(app, "10.9.9.9").sign_in("ada", PASSWORD)
    assert locked.status_code == 401
    assert Browser(app, "10.9.9.9").sign_in("rita", PASSWORD).status_code == 303
    clock.now += LOCKED_FOR
    assert Browser(app, "10.9.9.9").sign_in("ada", PASSWORD).status_code == 303


def test_an_address_that_tries_many_names_is_locked(app, clock):
    for number in range(PER_ADDRESS):
        Browser(app, "10.0.0.1").sign_in(f"name{number}", WRONG)
    assert Browser(app, "10.0.0.1").sign_in("ada", PASSWORD).status_code == 401
    assert Browser(app, "10.0.0.2").sign_in("ada", PASSWORD).status_code == 303
    clock.now += LOCKED_FOR
    assert Browser(app, "10.0.0.1").sign_in("ada", PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("proxies", "passed_on", "locked"),
    [
        (0, "10.0.0.{}", True),
        (1, "10.0.0.{}", False),
        (1, "10.0.0.{}, 192.0.2.1", True),
        (2, "10.0.0.{}, 192.0.2.1", False),
        (2, "{}", True),
    ],
)
def test_an_address_counts_as_the_outermost_of_our_proxies_saw_it(
    services, proxies, passed_on, locked
):
    app = create_app(replace(services, settings=replace(services.settings, proxies=proxies)))
    for number in range(PER_ADDRESS):
        browser = Browser(app, "127.0.0.1")
        browser.client.headers["x-forwarded-for"] = passed_on.format(number)
        browser.sign_in(f"name{number}", WRONG)
    last = Browser(app, "127.0.0.1")
    last.client.headers["x-forwarded-for"] = passed_on.format(99)
    assert (last.sign_in("ada").status_code == 401) is locked


def test_a_success_forgets_the_failures_of_the_account(app):
    for _ in range(3):
        for _ in range(PER_ACCOUNT - 1):
            Browser(app).sign_in("ada", WRONG)
        assert Browser(app).sign_in("ada").status_code == 303


def test_a_locked_account_answers_like_an_unknown_one(app):
    for _ in range(PER_ACCOUNT):
        Browser(app).sign_in("ada", WRONG)
    locked = Browser(app, "10.0.0.2").sign_in("ada", PASSWORD)
    unknown = Browser(app, "10.0.0.3").sign_in("nobody", PASSWORD)
    assert words_of(locked) == words_of(unknown)


def test_the_sign_in_form_needs_the_token_of_its_page(browser):
    fields = {"name": "ada", "password": PASSWORD}
    assert browser.client.post("/login", data=fields).status_code == 403
    browser.get("/login")
    assert browser.client.post("/login", data={"csrf": "0" * 64, **fields}).status_code == 403
    assert browser.token is None


def test_the_session_gets_a_new_token_at_each_sign_in(browser):
    browser.sign_in("ada")
    first = browser.token
    browser.client.cookies.set(SESSION_COOKIE, first, domain="127.0.0.1", path="/")
    browser.post("/logout")
    browser.sign_in("ada")
    assert browser.token not in (None, first)


def test_a_session_that_was_planted_is_not_taken_over(app, browser):
    browser.client.cookies.set(SESSION_COOKIE, "planted", domain="127.0.0.1", path="/")
    assert browser.get("/leads").status_code == 303
    browser.sign_in("ada")
    planted = Browser(app)
    planted.client.cookies.set(SESSION_COOKIE, "planted", domain="127.0.0.1", path="/")
    assert planted.get("/leads").status_code == 303


def test_a_session_ends_when_nobody_uses_it(reader, clock):
    clock.now += IDLE / 2
    assert reader.get("/leads").status_code == 200
    clock.now += IDLE * 0.9
    assert reader.get("/leads").status_code == 200
    clock.now += IDLE
    assert reader.get("/leads").status_code == 303


def test_a_session_ends_after_a_day_of_work_however_busy(reader, clock):
    end = clock.now + ABSOLUTE
    while clock.now + IDLE / 2 < end:
        clock.now += IDLE / 2
        assert reader.get("/leads").status_code == 200
    clock.now = end
    assert reader.get("/leads").status_code == 303


def test_who_was_sent_to_sign_in_comes_back_to_the_page_asked_for(browser):
    asked = browser.get("/leads?state=waiting")
    assert asked.headers["location"] == "/login?next=/leads%3Fstate%3Dwaiting"
    page = browser.follow(asked)
    assert 'name="next" value="/leads?state=waiting"' in page.text
    assert browser.sign_in("ada", next="/leads?state=waiting").headers["location"] == (
        "/leads?state=waiting"
    )


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "leads", "/\n/x"]
)
def test_signing_in_never_leads_to_another_site(browser, elsewhere):
    assert browser.sign_in("ada", next=elsewhere).headers["location"] == "/"


def test_signing_out_ends_the_session_on_the_server(app, reader):
    token = reader.token
    assert reader.post("/logout").status_code == 303
    thief = Browser(app)
    thief.client.cookies.set(SESSION_COOKIE, token, domain="127.0.0.1", path="/")
    assert thief.get("/leads").status_code == 303


def test_somebody_disabled_is_out_at_the_next_click(reader, services):
    services.office.accounts.disable("rita")
    assert reader.get("/leads").status_code == 303


def test_a_new_role_counts_at_the_next_click(reader, services):
    assert reader.get("/accounts").status_code == 403
    services.office.accounts.change_role("rita", Role.ADMINISTRATOR)
    assert reader.get("/accounts").status_code == 200


def test_a_one_time_password_opens_only_the_page_to_change_it(app, services):
    once = services.office.accounts.reset("rita")
    browser = Browser(app)
    browser.sign_in("rita", once.password)
    assert browser.get("/leads").headers["location"] == "/password"
    new = {"present": once.password, "new": "seven green bicycles", "again": "seven green bicycles"}
    assert browser.post("/password", **new).status_code == 303
    assert browser.get("/leads").status_code == 200
    assert Browser(app).sign_in("rita", once.password).status_code == 401
    assert Browser(app).sign_in("rita", "seven green bicycles").status_code == 303


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"present": WRONG}, "present password is not right"),
        ({"again": "something else"}, "differ"),
        ({"new": PASSWORD, "again": PASSWORD}, "is the present one"),
        ({"new": "short", "again": "short"}, "12 to 128 characters"),
        ({"new": "aaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaa"}, "different characters"),
        ({"new": "my name is Rita!", "again": "my name is Rita!"}, "name of the account"),
    ],
)
def test_a_password_is_changed_only_for_a_good_one_by_its_owner(app, reader, changes, told):
    fields = {"present": PASSWORD, "new": "seven green bikes", "again": "seven green bikes"}
    refused = reader.post("/password", **fields | changes)
    assert refused.status_code == 422
    assert told in words_of(refused)
    assert Browser(app).sign_in("rita", PASSWORD).status_code == 303


def test_guessing_the_present_password_inside_is_locked_out_too(app, reader):
    fields = {"new": "seven green bikes", "again": "seven green bikes"}
    for _ in range(PER_ACCOUNT):
        reader.post("/password", present=WRONG, **fields)
    told = words_of(reader.post("/password", present=PASSWORD, **fields))
    assert "too many tries" in told
    assert Browser(app).sign_in("rita").status_code == 401


def test_changing_the_password_signs_out_other_browsers(signed_in, reader):
    other = signed_in(Role.READER)
    new = {"present": PASSWORD, "new": "seven green bikes", "again": "seven green bikes"}
    reader.post("/password", **new)
    assert reader.get("/leads").status_code == 200
    assert other.get("/leads").status_code == 303


@pytest.mark.parametrize("path", ["/login", "/leads", "/nowhere", "/static/console.css", "/live"])
def test_every_answer_has_the_secure_headers(administrator, path):
    headers = administrator.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]


def test_pages_are_never_kept_by_a_cache_but_styles_are(administrator):
    assert administrator.get("/leads").headers["cache-control"] == "no-store"
    assert "max-age" in administrator.get("/static/console.css").headers["cache-control"]


@pytest.mark.parametrize(
    ("base", "secure"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost:8000", False),
        ("http://[::1]:8000", False),
        ("https://staff.example.org", True),
        ("http://staff.example.org", True),
    ],
)
def test_the_cookie_is_strict_and_travels_by_tls_but_on_this_machine(app, base, secure):
    browser = Browser(app)
    browser.client.base_url = base
    cookie = browser.get("/login").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert ("Secure" in cookie) is secure


@pytest.mark.parametrize("path", ["/leads/../../etc/passwd", "/static/..%2f..%2fapp.py", "/x"])
def test_an_unknown_address_is_a_plain_page(administrator, path):
    assert administrator.get(path).status_code in (303, 404)


def test_a_form_that_is_too_large_is_refused_before_it_is_read(administrator):
    assert administrator.post("/accounts/add", name="x" * 300_000).status_code == 413
    fields = {f"field{number}": "x" for number in range(3_000)}
    assert administrator.post("/accounts/add", **fields).status_code == 413


def test_a_database_that_is_away_gives_a_sentence_and_no_data(administrator, services, monkeypatch):
    def away(*_args, **_more):
        raise OperationalError("SELECT name", {}, Exception("gone"))

    monkeypatch.setattr(type(services.office.sessions), "find", away)
    answer = administrator.get("/leads")
    assert answer.status_code == 503
    assert "does not answer" in words_of(answer)


def test_a_page_whose_visit_cannot_be_recorded_is_not_shown(administrator, services, monkeypatch):
    def away(*_args, **_more):
        raise OperationalError("INSERT", {}, Exception("gone"))

    monkeypatch.setattr(type(services.audit), "record", away)
    answer = administrator.get("/leads")
    assert answer.status_code == 503
    assert "Search" not in words_of(answer)


def test_sign_ins_and_refusals_are_in_the_audit_without_the_typed_name(app, services):
    Browser(app).sign_in("eva.roth@example.org", WRONG)
    Browser(app).sign_in("ada")
    lines = [(line.who, line.action, line.details) for line in services.audit.lines()]
    assert lines == [
        ("ada", "sign_in", {"result": "signed in"}),
        ("anonymous", "sign_in", {"result": "refused"}),
    ]
