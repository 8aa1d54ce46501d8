"""Contact details at rest: encrypted, found by keyed hashes, readable with the right keys only."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlalchemy.engine import Engine

import bot.encryption
from bot.encryption import EncryptionError, Keyring
from bot.waiting_list import State, WaitingList
from bot.waiting_list.errors import StoreError
from bot.waiting_list.migrations import alembic_config, upgrade
from tests.unit.waiting_list.samples import (
    DATABASES,
    PROGRAM,
    SEASON,
    HandSetClock,
    empty_database,
    join,
    submission,
)

# Each with a character that base64 has not: letters alone can stand in a ciphertext by chance.
CONTACT = ("'zoe'", "zoe@", "Zoe ", "Zoé", "O'Hara", "example.org")
HASH_KEY = "a hash key of the tests"


def use(monkeypatch: pytest.MonkeyPatch, *keys: str, hash_key: str = HASH_KEY) -> None:
    monkeypatch.setattr(bot.encryption, "keyring", lambda: Keyring(keys, hash_key))


def stored(engine: Engine, table: str) -> list[str]:
    with engine.begin() as connection:
        return [str(tuple(row)) for row in connection.execute(text(f"SELECT * FROM {table}"))]


def test_no_contact_detail_can_be_read_in_the_database(
    waiting_list: WaitingList, engine: Engine
) -> None:
    reference = waiting_list.submit(submission(), "1").reference
    waiting_list.submit(submission(name="Zoe O'Hara"), "2")
    waiting_list.move(reference, State.CONTACTED, "eva", reason="Zoé asked on the phone")
    for part in ("entry", "earlier_submission", "message", "history", "search", "done"):
        rows = stored(engine, f"waiting_list_{part}")
        assert rows
        assert [detail for detail in CONTACT if detail in str(rows)] == []
    assert waiting_list.entry(reference).name == "Zoe O'Hara"
    assert [each.name for each in waiting_list.earlier_submissions(reference)] == ["Zoé O'Hara"]
    assert {message.recipient for message in waiting_list.messages(reference)} == {
        "zoe@example.org"
    }
    assert waiting_list.history(reference)[-1].reason == "Zoé asked on the phone"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("zoe", True),
        ("ZOÉ", True),
        ("o'hara zoé", True),
        ("hara", True),
        ("OHara", True),
        ("zoe@example.org", True),
        ("ZOE@EXAMPLE.ORG", True),
        ("example", True),
        ("", True),
        ("zo", False),
        ("zoe smith", False),
        ("zoe@example.com", False),
        ("anna", False),
    ],
)
def test_staff_find_people_by_whole_words(waiting_list: WaitingList, words, found) -> None:
    reference = waiting_list.submit(submission(), "1").reference
    assert [entry.reference for entry in waiting_list.entries(words=words)] == [reference] * found


def test_a_person_is_found_by_the_latest_name_only_and_not_once_erased(
    waiting_list: WaitingList, engine: Engine
) -> None:
    reference = waiting_list.submit(submission(), "1").reference
    waiting_list.submit(submission(name="Anna Berg"), "2")
    assert waiting_list.entries(words="hara") == ()
    assert [entry.reference for entry in waiting_list.entries(words="berg")] == [reference]
    waiting_list.erase(reference, "zoe@example.org")
    assert waiting_list.entries(words="berg") == ()
    assert stored(engine, "waiting_list_search") == []


@pytest.mark.parametrize("kind", DATABASES)
def test_rows_of_the_former_schema_are_encrypted_and_can_be_turned_back(
    kind: str, tmp_path: Path
) -> None:
    with empty_database(kind, tmp_path) as engine:
        upgrade(engine)
        waiting_list = WaitingList(engine, HandSetClock())
        waiting_list.set_pool(PROGRAM, SEASON, "eva", quota=5)
        first, second = join(waiting_list, "zoe", "anna")
        waiting_list.erase(second, "anna@example.org")
        waiting_list.submit(submission(name="Zoe O'Hara"), "again")
        before = waiting_list.entries(), waiting_list.messages(first), waiting_list.history(second)
        with engine.begin() as connection:
            command.downgrade(alembic_config(connection), "0001")
        assert "zoe@example.org" in str(stored(engine, "waiting_list_message"))
        assert "Zoé" in str(stored(engine, "waiting_list_earlier_submission"))
        assert "zoe@example.org" in str(stored(engine, "waiting_list_entry"))
        upgrade(engine)
        after = waiting_list.entries(), waiting_list.messages(first), waiting_list.history(second)
        assert after == before
        assert [entry.reference for entry in waiting_list.entries(words="zoe")] == [first]
        assert waiting_list.submit(submission("ZOE@example.org"), "3").reference == first


@pytest.mark.parametrize("kind", DATABASES)
def test_other_keys_than_those_of_the_database_are_refused(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, others = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    with empty_database(kind, tmp_path) as engine:
        use(monkeypatch, ours)
        upgrade(engine)
        use(monkeypatch, others, ours)
        upgrade(engine)
        use(monkeypatch, others)
        with pytest.raises(StoreError, match="IEC_ENCRYPTION_KEYS: none of the keys"):
            upgrade(engine)
        use(monkeypatch, ours, hash_key="another key of the tests")
        with pytest.raises(StoreError, match="IEC_HASH_KEY is not the key"):
            upgrade(engine)


def test_a_row_of_another_key_fails_closed_and_says_which_setting(
    waiting_list: WaitingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Fernet.generate_key().decode())
    reference = waiting_list.submit(submission(), "1").reference
    use(monkeypatch, Fernet.generate_key().decode())
    for read in (waiting_list.entry, waiting_list.messages):
        with pytest.raises(StoreError, match="IEC_ENCRYPTION_KEYS: none of the keys") as refusal:
            read(reference)
        assert "zoe" not in str(refusal.value).lower()


def test_a_changed_token_is_refused() -> None:
    keyring = Keyring([Fernet.generate_key().decode()], HASH_KEY)
    token = keyring.encrypt("zoe@example.org")
    assert keyring.decrypt(token) == "zoe@example.org"
    with pytest.raises(EncryptionError):
        keyring.decrypt(token[:-3] + "AA=")


@pytest.mark.parametrize("odd", ["", "\x00", "\ud800", "😀 é", "a" * 10_000])
def test_every_text_comes_back_as_it_was(odd: str) -> None:
    keyring = Keyring([Fernet.generate_key().decode()], HASH_KEY)
    assert keyring.decrypt(keyring.encrypt(odd)) == odd


def test_hashes_of_different_purposes_or_keys_never_match() -> None:
    key = Fernet.generate_key().decode()
    one, other = Keyring([key], HASH_KEY), Keyring([key], "another key of the tests")
    hashes = {one.hash("email", "a"), one.hash("search", "a"), other.hash("email", "a")}
    assert len(hashes) == 3
    assert one.hash("email", "a") == Keyring([Fernet.generate_key().decode()], HASH_KEY).hash(
        "email", "a"
    )
