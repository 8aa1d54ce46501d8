"""One of three people is erased: nothing of that person is anywhere, the others are whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.audit import verify
from bot.keeping import Keeper, Person, keepers
from bot.privacy.erasing import Eraser
from bot.privacy.errors import LedgerError, NobodyFound
from bot.privacy.exporting import export
from bot.privacy.ledger import FILE, EraseLedger
from bot.privacy.people import identify
from tests.unit.privacy.people import (
    ANNA,
    BRUNO,
    CARLA,
    EVERYBODY,
    House,
    Someone,
    house,
    move_in,
    talk,
)
from tests.unit.waiting_list.samples import DATABASES, submission


@pytest.fixture(params=DATABASES)
def home(request: pytest.FixtureRequest, tmp_path: Path):
    with house(request.param, tmp_path) as built:
        yield built


@pytest.fixture
def embedded(tmp_path: Path):
    with house("sqlite", tmp_path) as built:
        yield built


def who(home: House, named: str) -> Person:
    with home.engine.begin() as connection:
        return identify(connection, named)


def eraser(home: House) -> Eraser:
    return Eraser(home.engine, home.settings, home.clock)


def traces_of(person: Someone, text: str) -> list[str]:
    folded = text.casefold()
    return [trace for trace in person.traces if trace.casefold() in folded]


def exported(home: House, named: str) -> dict:
    with home.engine.begin() as connection:
        return export(connection, identify(connection, named))


@pytest.mark.parametrize("by", ["email", "reference", "spelling"])
def test_nothing_of_an_erased_person_is_in_any_table_or_file(home: House, by: str) -> None:
    move_in(home, *EVERYBODY)
    named = {
        "email": ANNA.email,
        "reference": home.references[ANNA.email].lower(),
        "spelling": f" {ANNA.email.upper()} ",
    }[by]
    others = {person: exported(home, person.email) for person in (BRUNO, CARLA)}
    before = home.everything_kept()
    assert traces_of(ANNA, before) == list(ANNA.traces)
    account = eraser(home).erase(who(home, named))
    assert account == {
        "leads": 1,
        "conversations": 4,
        "summaries": account["summaries"],
        "marks_of_staff": 2,
        "feedback": 1,
        "handovers": 1,
        "messages_with_staff": 1,
        "replies": 1,
        "files": 2,
    }
    after = home.everything_kept()
    assert traces_of(ANNA, after) == []
    for person, kept in others.items():
        assert traces_of(person, after) == list(person.traces)
        assert exported(home, person.email) == kept
    assert verify(home.engine).holds


def test_positions_of_the_others_stay_and_a_tombstone_says_so(home: House) -> None:
    move_in(home, *EVERYBODY)
    positions = [entry.position for entry in home.waiting_list.entries()]
    eraser(home).erase(who(home, BRUNO.email))
    entries = home.waiting_list.entries()
    assert [entry.position for entry in entries] == positions
    assert [entry.name for entry in entries] == [ANNA.name, None, CARLA.name]
    assert entries[1].state == "withdrawn"


def test_a_preview_counts_and_changes_nothing(home: House) -> None:
    move_in(home, *EVERYBODY)
    before = home.rows_stored()
    person = who(home, ANNA.email)
    preview = eraser(home).preview(person)
    assert home.rows_stored() == before
    done = dict(eraser(home).erase(person))
    assert done.pop("files") == 2
    assert preview == done


def test_conversations_are_found_in_which_the_address_was_only_typed(home: House) -> None:
    move_in(home, ANNA)
    elsewhere = Someone("Somebody", ANNA.email, "no words", "web-other-device")
    talk(home, elsewhere, ANNA.email.upper())
    found = who(home, ANNA.email)
    assert found.conversations == {ANNA.conversation, elsewhere.conversation}


def test_whoever_applied_in_the_same_conversation_keeps_the_application(home: House) -> None:
    move_in(home, ANNA)
    shared = submission(BRUNO.email, name=BRUNO.name, conversation_id=ANNA.conversation)
    reference = home.waiting_list.submit(shared, "b").reference
    eraser(home).erase(who(home, ANNA.email))
    assert home.waiting_list.entry(reference).name == BRUNO.name


def test_a_conversation_without_an_application_can_be_named_itself(home: House) -> None:
    talk(home, CARLA)
    assert who(home, CARLA.conversation) == Person(conversations=frozenset({CARLA.conversation}))
    eraser(home).erase(who(home, CARLA.conversation))
    assert traces_of(CARLA, home.everything_kept()) == []


@pytest.mark.parametrize("named", ["nobody@example.org", "IEC-2222-2222", "web-unknown", ""])
def test_nobody_is_found_under_an_unknown_name(embedded: House, named: str) -> None:
    move_in(embedded, ANNA)
    with pytest.raises(NobodyFound):
        who(embedded, named)


def test_an_export_shows_all_of_one_person_and_nothing_of_another(home: House) -> None:
    move_in(home, *EVERYBODY)
    values = exported(home, ANNA.email)
    assert values["references"] == [home.references[ANNA.email]]
    (lead,) = values["leads"]
    assert (lead["name"], lead["email"]) == (ANNA.name, ANNA.email)
    assert lead["consent"]["text"] == "I agree."
    assert len(lead["earlier_submissions"]) == 1
    assert {mail["kind"] for mail in lead["mails"]} == {"confirmation", "moved_down"}
    assert [line["event"] for line in lead["history"]] == ["applied", "applied_again"]
    (conversation,) = values["conversations"]
    assert ANNA.words in conversation["turns"][0]["text"]
    assert values["feedback"][0]["verdict"] == "up"
    assert ANNA.name in values["replies"][0]["reply"]
    assert f"{ANNA.name} called" in str(values["marks_of_staff"])
    for other in (BRUNO, CARLA):
        assert traces_of(other, str(values)) == []


def test_a_restored_backup_forgets_again_whom_the_ledger_names(
    embedded: House, tmp_path: Path
) -> None:
    move_in(embedded, ANNA, BRUNO)
    database = Path(embedded.engine.url.database)
    embedded.engine.dispose()
    backup = shutil.copy(database, tmp_path / "backup")
    eraser(embedded).erase(who(embedded, ANNA.email))
    assert eraser(embedded).replay() == 0
    embedded.engine.dispose()
    shutil.copy(backup, database)
    Path(backup).unlink()
    assert traces_of(ANNA, embedded.everything_kept()) == list(ANNA.traces)
    assert eraser(embedded).replay() == 1
    after = embedded.everything_kept()
    assert traces_of(ANNA, after) == []
    assert traces_of(BRUNO, after) == list(BRUNO.traces)
    assert eraser(embedded).replay() == 0


def test_who_comes_back_after_an_erasure_is_not_erased_again(home: House) -> None:
    move_in(home, ANNA)
    eraser(home).erase(who(home, ANNA.email))
    home.waiting_list.submit(submission(ANNA.email, conversation_id=ANNA.conversation), "back")
    assert eraser(home).replay() == 0
    assert who(home, ANNA.email).references


def test_the_ledger_holds_no_name_address_or_code(embedded: House) -> None:
    move_in(embedded, ANNA)
    reference = embedded.references[ANNA.email]
    eraser(embedded).erase(who(embedded, ANNA.email))
    ledger = (embedded.settings.data_dir / FILE).read_text()
    assert reference not in ledger
    assert ANNA.conversation not in ledger
    assert traces_of(ANNA, ledger) == []


def test_an_erasure_that_fails_changes_nothing_and_is_not_replayed(
    embedded: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_in(embedded, ANNA)
    person = who(embedded, ANNA.email)
    last = [keeper for keeper in keepers() if type(keeper).erase is not Keeper.erase][-1]

    def fail(*_: object) -> int:
        raise RuntimeError("in between")

    with monkeypatch.context() as broken:
        broken.setattr(type(last), "erase", fail)
        with pytest.raises(RuntimeError):
            eraser(embedded).erase(person)
    assert embedded.waiting_list.entries()[0].name == ANNA.name
    assert eraser(embedded).replay() == 0


def test_an_erasure_cut_off_by_a_crash_is_finished_by_the_next_start(embedded: House) -> None:
    move_in(embedded, ANNA)
    EraseLedger(embedded.settings.data_dir).add(who(embedded, ANNA.email), embedded.clock())
    assert eraser(embedded).replay() == 1
    assert traces_of(ANNA, embedded.everything_kept()) == []


def test_without_a_ledger_nothing_is_erased(embedded: House) -> None:
    move_in(embedded, ANNA)
    person = who(embedded, ANNA.email)
    (embedded.settings.data_dir / FILE).mkdir()
    with pytest.raises(LedgerError, match="cannot be written"):
        eraser(embedded).erase(person)
    assert embedded.waiting_list.entries()[0].name == ANNA.name
    with pytest.raises(LedgerError, match="cannot be read"):
        eraser(embedded).replay()
