"""`iec leads` and `iec worker`, as staff type them."""

from __future__ import annotations

import csv
import io
import json
import logging
import threading
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.cli import leads, worker
from bot.cli.main import main
from bot.settings import Settings, read_settings
from bot.transcripts import Conversation, Turn
from bot.waiting_list import State, WaitingList, open_waiting_list
from bot.waiting_list.errors import StoreError
from tests.unit.waiting_list.samples import PROGRAM, SEASON, submission


@pytest.fixture
def current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    current = read_settings({"IEC_DATA_DIR": str(tmp_path)})
    monkeypatch.setattr(leads, "settings", lambda: current)
    monkeypatch.setattr(worker, "settings", lambda: current)
    return current


@pytest.fixture
def opened(current: Settings) -> WaitingList:
    return open_waiting_list(current)


@pytest.fixture
def reference(opened: WaitingList) -> str:
    decision = {
        "outcome": "qualified",
        "findings": [
            {"criterion": "age", "finding": "met", "reason": "age_in_range", "source": "IRCC"}
        ],
    }
    return opened.submit(submission(decision=decision), "1").reference


def iec(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(words) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.err


@pytest.mark.parametrize(("words", "found"), [("ohara", 1), ("O'HARA zoe", 1), ("smith", 0)])
def test_people_are_listed_by_whole_words_of_their_name(reference, capsys, words, found):
    listed = json.loads(iec(capsys, "leads", "list", "--json", "--search", words))
    assert [lead["reference"] for lead in listed] == [reference] * found


def test_the_list_is_a_table_or_json_or_csv(opened, reference, capsys) -> None:
    opened.submit(submission("b@example.org", name="=1+1"), "2")
    table = iec(capsys, "leads", "list").splitlines()
    assert len(table) == 3
    assert table[0].startswith("REFERENCE")
    assert table[1].split()[:5] == [reference, PROGRAM, SEASON, "1", "waiting"]
    people = json.loads(iec(capsys, "leads", "list", "--json"))
    assert people[0]["reference"] == reference
    assert people[0]["answers"] == {"age": 24, "nationalities": ["FR"]}
    rows = list(csv.DictReader(io.StringIO(iec(capsys, "leads", "list", "--csv"))))
    assert [row["name"] for row in rows] == ["Zoé O'Hara", "'=1+1"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--state", "waiting"], 1),
        (["--state", "CONTACTED"], 0),
        (["--state", "contacted", "--state", "waiting"], 1),
        (["--program", PROGRAM, "--season", SEASON], 1),
        (["--program", "international_coop"], 0),
        (["--season", "2026"], 0),
    ],
)
def test_the_list_is_filtered(reference, capsys, filters, found) -> None:
    assert len(json.loads(iec(capsys, "leads", "list", "--json", *filters))) == found


def test_show_prints_answers_decision_history_and_transcript(
    opened, reference, capsys, monkeypatch
) -> None:
    said = "I am 24\x1b[2J\nand French"
    moment = datetime(2023, 1, 16, 12, 0, tzinfo=timezone.utc)
    conversation = Conversation("web-1", (Turn(moment, "visitor", said),))
    monkeypatch.setattr(leads, "read_conversation", lambda _engine, _id: conversation)
    opened.move(reference, State.CONTACTED, "eva")
    shown = iec(capsys, "leads", "show", reference.lower())
    for words in (
        "age            24",
        "met  age_in_range  IRCC",
        "waiting -> contacted at position 1, by eva",
        "confirmation: pending",
        "2023-01-16 12:00  visitor: I am 24[2J and French",
    ):
        assert words in shown
    values = json.loads(iec(capsys, "leads", "show", reference, "--json"))
    assert [line["event"] for line in values["history"]] == ["applied", "moved"]
    assert values["transcript"][0]["text"] == said
    assert values["decision"]["findings"][0]["criterion"] == "age"
    assert values["messages"][0]["kind"] == "confirmation"


def test_show_works_without_a_stored_conversation_and_after_erasure(
    opened, reference, capsys
) -> None:
    assert "Transcript\n  -" in iec(capsys, "leads", "show", reference)
    opened.erase(reference, "zoe@example.org", "e")
    assert "(erased)" in iec(capsys, "leads", "show", reference)
    assert "(erased)" in iec(capsys, "leads", "list")


def test_people_are_moved_with_reason_deadline_and_name(opened, reference, capsys) -> None:
    said = iec(
        capsys,
        *("leads", "move", reference, "contacted", "--by", "eva"),
        *("--reason", "called", "--deadline", "2099-12-01"),
    )
    assert said == f"{reference} is contacted until 2099-12-01 23:59 UTC.\n"
    line = opened.history(reference)[-1]
    assert (line.by, line.reason) == ("eva", "called")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2099-12-01", "2099-12-01T23:59:59+00:00"),
        ("2099-12-01T17:00", "2099-12-01T17:00:00+00:00"),
        ("2099-12-01T17:00Z", "2099-12-01T17:00:00+00:00"),
        ("2099-12-01T17:00-08:00", "2099-12-02T01:00:00+00:00"),
    ],
)
def test_a_deadline_is_a_day_or_a_moment(opened, reference, capsys, typed, meant) -> None:
    iec(capsys, "leads", "move", reference, "contacted", "--deadline", typed)
    deadline = opened.entry(reference).deadline
    assert deadline is not None
    assert deadline.isoformat() == meant


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["move", "REF", "registered"], "is waiting and cannot become registered"),
        (["move", "REF", "declined"], "Say why"),
        (["move", "IEC-2222-2222", "contacted"], "There is no entry IEC-2222-2222."),
        (["show", "IEC-2222-2222"], "There is no entry IEC-2222-2222."),
        (["quota", "surfing", "2023", "5"], "There is no waiting list for surfing 2023."),
        (["contact-next", "surfing", "2023"], "There is no waiting list for surfing 2023."),
        (["review", "REF"], "does not wait for a review"),
        (["export", "--output", "/nowhere/leads.csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(reference, capsys, words, sentence) -> None:
    said = iec(capsys, "leads", *(reference if w == "REF" else w for w in words), code=1)
    assert sentence in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("words", [["REF", "flying"], ["REF", "contacted", "--deadline", "soon"]])
def test_words_that_make_no_sense_are_refused_before_anything_is_opened(words, capsys) -> None:
    with pytest.raises(SystemExit) as left:
        main(["leads", "move", *words])
    assert left.value.code == 2


def test_pools_quota_review_and_contact_next(opened, capsys) -> None:
    receipt = opened.submit(submission(outcome="needs_review"), "1")
    assert "Nobody who qualifies" in iec(capsys, "leads", "contact-next", PROGRAM, SEASON)
    said = iec(capsys, "leads", "review", receipt.reference, "--reason", "looked into it")
    assert "may now be contacted" in said
    assert receipt.reference in iec(capsys, "leads", "pools")
    assert "7 places, 0 in use" in iec(capsys, "leads", "quota", PROGRAM, SEASON, "7")
    pools = json.loads(iec(capsys, "leads", "pools", "--json"))
    mine = next(pool for pool in pools if pool["program"] == PROGRAM)
    assert (mine["quota"], mine["waiting"], mine["next"]) == (7, 1, receipt.reference)
    said = iec(capsys, "leads", "contact-next", PROGRAM, SEASON, "--count", "3")
    assert said == f"{receipt.reference} is contacted.\n"


def test_people_are_exported_to_a_file_or_the_terminal(reference, capsys, tmp_path) -> None:
    file = tmp_path / "leads.csv"
    assert "1 people written" in iec(capsys, "leads", "export", "--output", str(file))
    text = iec(capsys, "leads", "export")
    assert file.read_text("utf-8").splitlines() == text.splitlines()
    assert json.loads(iec(capsys, "leads", "export", "--json"))[0]["reference"] == reference


def test_one_round_of_the_worker_settles_and_sends(opened, reference, current, capsys) -> None:
    assert iec(capsys, "worker", "--once") == ""
    assert [path.name for path in current.mail_dir.iterdir()] == [
        f"{reference}-000001-confirmation.eml"
    ]


def test_a_round_with_unsent_mails_ends_with_one(opened, reference, current, capsys) -> None:
    current.mail_dir.write_text("a file is in the way")
    iec(capsys, "worker", "--once", code=1)


def test_the_worker_goes_on_after_a_failing_database_until_it_is_stopped(caplog) -> None:
    stop = threading.Event()
    rounds = []

    def one_round() -> bool:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise StoreError("The waiting list's database failed (OperationalError).")
        stop.set()
        return True

    with caplog.at_level(logging.ERROR):
        worker.work(one_round, stop, 0.01)
    assert rounds == [0, 1]
    assert "Next attempt in" in caplog.text
