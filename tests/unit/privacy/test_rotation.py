"""Exchanging the encryption keys of a database that is in use."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

import bot.encryption
import bot.privacy.rotation
from bot.encryption import EncryptionError, Keyring, check_keys
from bot.kept_keys import new_encryption_key
from bot.privacy.rotation import rotate
from bot.settings import SettingsError, add_encryption_key, read_settings
from bot.waiting_list import State
from tests.unit.privacy.people import EVERYBODY, House, house, move_in
from tests.unit.waiting_list.samples import DATABASES

OLD, NEW = new_encryption_key(), new_encryption_key()


@pytest.fixture(params=DATABASES)
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    use(monkeypatch, OLD)
    with house(request.param, tmp_path) as built:
        move_in(built, *EVERYBODY)
        reference = built.references[EVERYBODY[0].email]
        built.waiting_list.move(reference, State.CONTACTED, "eva", "called twice")
        yield built


def use(monkeypatch: pytest.MonkeyPatch, *keys: str) -> None:
    ring = Keyring(keys, "a hash key of the tests")
    monkeypatch.setattr(bot.encryption, "keyring", lambda: ring)
    monkeypatch.setattr(bot.privacy.rotation, "keyring", lambda: ring)


def everything(home: House) -> list:
    listed = home.waiting_list
    return [
        (entry, listed.messages(entry.reference), listed.history(entry.reference))
        for entry in listed.entries()
    ]


def test_after_a_rotation_the_old_key_is_not_needed(home, monkeypatch) -> None:
    before = everything(home)
    use(monkeypatch, NEW, OLD)
    assert everything(home) == before
    # Name and address of three entries and three earlier submissions; three parts of seven mails;
    # the remark of one step and of the pool's opening.
    assert rotate(home.engine) == 2 * 6 + 3 * 7 + 2
    assert rotate(home.engine) == 0
    use(monkeypatch, NEW)
    assert everything(home) == before
    with home.engine.begin() as connection:
        check_keys(connection)


def test_a_rotation_that_was_broken_off_goes_on_where_it_stood(home, monkeypatch) -> None:
    use(monkeypatch, NEW, OLD)
    monkeypatch.setattr(bot.privacy.rotation, "AT_ONCE", 2)
    batches = iter(range(3))
    real = bot.privacy.rotation._rotate_batch

    def three_batches(*arguments):
        if next(batches, None) is None:
            raise KeyboardInterrupt
        return real(*arguments)

    with monkeypatch.context() as broken_off:
        broken_off.setattr(bot.privacy.rotation, "_rotate_batch", three_batches)
        with pytest.raises(KeyboardInterrupt):
            rotate(home.engine)
    left = rotate(home.engine)
    assert 0 < left < 2 * 6 + 3 * 7 + 2
    use(monkeypatch, NEW)
    everything(home)


def test_a_value_of_an_unknown_key_stops_the_rotation_and_is_kept(home, monkeypatch) -> None:
    with home.engine.begin() as connection:
        lost = Keyring([new_encryption_key()], "x").encrypt("lost")
        change = text("UPDATE waiting_list_message SET subject = :lost WHERE id = 1")
        connection.execute(change, {"lost": lost})
    use(monkeypatch, NEW, OLD)
    with pytest.raises(EncryptionError, match="none of the keys"):
        rotate(home.engine)
    assert lost in home.rows_stored()


def test_a_new_key_is_put_in_front_of_those_in_the_data_folder(tmp_path: Path) -> None:
    environment = {"IEC_DATA_DIR": str(tmp_path)}
    before = read_settings(environment)
    add_encryption_key(before)
    after = read_settings(environment)
    assert len(after.encryption_keys) == 2
    assert after.encryption_keys[1:] == before.encryption_keys
    assert (tmp_path / "encryption_keys").stat().st_mode & 0o777 == 0o600


def test_keys_of_the_environment_are_changed_there(tmp_path: Path) -> None:
    given = read_settings({"IEC_DATA_DIR": str(tmp_path), "IEC_ENCRYPTION_KEYS": OLD})
    with pytest.raises(SettingsError, match="IEC_ENCRYPTION_KEYS is set: put this key in front"):
        add_encryption_key(given)
