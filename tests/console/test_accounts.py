"""Accounts: who may use the console, changed by administrators or at a terminal."""

from __future__ import annotations

import re
import threading

import pytest

from bot.cli.main import main
from bot.settings import settings
from bot.staff import Accounts, Role, open_office
from bot.staff.attempts import PER_ACCOUNT
from bot.staff.errors import AccountRefused, LastAdministrator
from bot.staff.passwords import Passwords, one_time_password
from tests.conftest_postgres import postgres_database
from tests.console.browsing import PASSWORD, Browser, words_of
from tests.console.conftest import QUICK

ONCE = re.compile(r"\b[a-z0-9]{4}(?:-[a-z0-9]{4}){3}\b")


@pytest.fixture
def accounts(services) -> Accounts:
    return services.office.accounts


def test_a_new_account_signs_in_with_the_password_that_is_shown_once(app, administrator):
    shown = administrator.post("/accounts/add", name="Eva.Roth", role="reviewer")
    once = ONCE.search(words_of(shown))
    assert once is not None
    assert not ONCE.search(words_of(administrator.get("/accounts")))
    browser = Browser(app)
    assert browser.sign_in("eva.roth", once[0]).status_code == 303


@pytest.mark.parametrize("name", ["", "x", "Eva Roth", "eva@example.org", "-eva", "e" * 64, "ada"])
def test_an_unusable_or_taken_name_is_refused(administrator, accounts, name):
    before = accounts.all()
    assert administrator.post("/accounts/add", name=name, role="reader").status_code == 422
    assert accounts.all() == before


def test_a_role_that_does_not_exist_is_refused(administrator, accounts):
    assert administrator.post("/accounts/add", name="eva", role="owner").status_code == 400
    assert len(accounts.all()) == 3


def test_a_new_password_ends_the_sessions_and_lifts_the_lock_out(app, administrator, reader):
    for _ in range(6):
        Browser(app).sign_in("rita", "wrong wrong wrong")
    once = ONCE.search(words_of(administrator.post("/accounts/reset", name="rita")))
    assert reader.get("/leads").status_code == 303
    assert Browser(app).sign_in("rita", PASSWORD).status_code == 401
    assert Browser(app).sign_in("rita", once[0]).status_code == 303


def test_disabling_and_enabling(app, administrator):
    page = administrator.follow(administrator.post("/accounts/disable", name="rita"))
    assert "rita is disabled and signed out everywhere." in words_of(page)
    assert Browser(app).sign_in("rita").status_code == 401
    administrator.post("/accounts/enable", name="rita")
    assert Browser(app).sign_in("rita").status_code == 303


def test_the_last_administrator_can_be_neither_disabled_nor_demoted(administrator, accounts):
    for path, more in (("disable", {}), ("role", {"role": "reader"})):
        refused = administrator.post(f"/accounts/{path}", name="ada", **more)
        assert refused.status_code == 422
        assert "ada is the last administrator" in words_of(refused)
    accounts.change_role("rita", Role.ADMINISTRATOR)
    administrator.post("/accounts/role", name="ada", role="reader")
    assert administrator.get("/accounts").status_code == 403


def test_two_administrators_who_disable_one_another_do_not_both_succeed():
    with postgres_database() as engine:
        accounts = open_office(engine, passwords=Passwords(QUICK)).accounts
        for name in ("ada", "eva"):
            accounts.add(name, Role.ADMINISTRATOR)
        refusals = []

        def disable(name: str) -> None:
            try:
                accounts.disable(name)
            except LastAdministrator:
                refusals.append(name)

        threads = [threading.Thread(target=disable, args=(name,)) for name in ("ada", "eva")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refusals) == 1
        assert [account.name for account in accounts.all() if not account.disabled_at] == refusals


def test_many_who_guess_at_the_same_time_get_no_more_tries():
    class Counting(Passwords):
        tried = 0

        def matches(self, kept, password):
            self.tried += kept is not None
            return super().matches(kept, password)

    with postgres_database() as engine:
        passwords = Counting(QUICK)
        office = open_office(engine, passwords=passwords)
        office.accounts.add("ada", Role.ADMINISTRATOR)
        guess = ("ada", "wrong wrong wrong")
        threads = [
            threading.Thread(target=office.sign_in.attempt, args=(*guess, f"10.0.0.{number}"))
            for number in range(4 * PER_ACCOUNT)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert passwords.tried == PER_ACCOUNT


def test_changes_of_accounts_are_in_the_audit(administrator, services):
    administrator.post("/accounts/add", name="eva", role="reader")
    administrator.post("/accounts/disable", name="nobody@example.org")
    first, second = services.audit.lines()[:2]
    assert (first.action, first.subject, first.details) == (
        "accounts.disable",
        "-",
        {"result": "refused"},
    )
    assert (second.who, second.action, second.subject, second.details) == (
        "ada",
        "accounts.add",
        "account:eva",
        {"role": "reader"},
    )


def test_what_is_kept_of_a_password_does_not_tell_it(services):
    once = services.office.accounts.reset("rita")
    with services.engine.begin() as connection:
        kept = connection.exec_driver_sql("SELECT password_hash FROM staff_account").scalars().all()
    assert all(each.startswith("$argon2id$") for each in kept)
    assert once.password not in str(kept) + repr(once)
    assert len({one_time_password() for _ in range(50)}) == 50


def test_the_first_administrator_gets_a_new_password_until_somebody_signed_in(tmp_path):
    from bot.database import open_engine

    office = open_office(
        open_engine(f"sqlite:///{tmp_path / 'new.db'}"), passwords=Passwords(QUICK)
    )
    first = office.accounts.first_administrator()
    second = office.accounts.first_administrator()
    assert first is not None
    assert second is not None
    assert first.password != second.password
    assert office.sign_in.attempt("admin", first.password, "here") is None
    account = office.sign_in.attempt("admin", second.password, "here")
    assert account is not None
    assert account.role is Role.ADMINISTRATOR
    assert account.must_change
    assert office.accounts.first_administrator() is None


def test_an_account_can_be_taken_only_once(accounts):
    with pytest.raises(AccountRefused, match="There is an account rita already"):
        accounts.add("rita", Role.READER)


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def _data_of_its_own(self, monkeypatch, tmp_path):
        monkeypatch.setenv("IEC_DATA_DIR", str(tmp_path))
        settings.cache_clear()
        yield
        settings.cache_clear()

    def run(self, capsys, *words: str) -> tuple[int, str]:
        code = main(["staff", *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    def test_accounts_are_managed_at_a_terminal(self, capsys):
        assert "There is no account yet" in self.run(capsys, "list")[1]
        code, told = self.run(capsys, "add", "eva", "--role", "administrator")
        assert code == 0
        assert ONCE.search(told)
        assert "eva" in self.run(capsys, "list")[1]
        assert ONCE.search(self.run(capsys, "reset", "eva")[1])
        assert self.run(capsys, "disable", "eva") == (
            1,
            "iec: eva is the last administrator. Make somebody else one first.\n",
        )
        assert self.run(capsys, "disable", "tom") == (1, "iec: There is no account tom.\n")
        self.run(capsys, "add", "tom")
        assert "disabled" in self.run(capsys, "disable", "tom")[1]
        assert "tom may sign in again." in self.run(capsys, "enable", "tom")[1]
