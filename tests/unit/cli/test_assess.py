"""`iec assess`: JSON Lines in, JSON Lines out."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from typing import Any

import pytest

from bot.cli.assess import assess
from bot.cli.main import main
from bot.knowledge import load_knowledge

STUDENT = {
    "nationalities": ["FR"],
    "age": 24,
    "residence": "FR",
    "student": True,
    "placement_required": True,
    "job_offer": True,
    "teer": 2,
    "in_field_of_study": True,
    "previous_participations": [],
    "passport_expires": "2027-01-01",
    "funds_cad": 3000,
    "insurance": True,
    "return_ticket": True,
    "dependants": False,
    "admissibility_concern": False,
}
KNOWLEDGE = load_knowledge("2024", "2023")
ON = date(2024, 1, 15)


def answers_to(*lines: str | bytes) -> list[dict[str, Any]]:
    as_bytes = [line if isinstance(line, bytes) else line.encode() for line in lines]
    return list(assess(as_bytes, ON, KNOWLEDGE))


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, *options: str
) -> tuple[int, list[dict[str, Any]]]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    code = main(["assess", *options])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_french_student_with_an_internship_seems_to_meet_all_three(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    code, (answer,) = run(monkeypatch, capsys, json.dumps(STUDENT), "--on", "2024-01-15")
    assert code == 0
    programs = answer["programs"]
    assert {name: each["outcome"] for name, each in programs.items()} == {
        "ro_working_holiday": "qualified",
        "ro_young_professional": "qualified",
        "international_coop": "qualified",
    }
    coop = programs["international_coop"]
    assert coop["max_stay_months"] == 12
    assert coop["open_questions"] == []
    age = next(each for each in coop["findings"] if each["criterion"] == "age")
    assert age["finding"] == "met"
    assert age["reason"] == "age_within_limits"
    assert age["source"].startswith("Moving2Canada, IEC International Co-op, season 2024")
    assert "24" in age["text"]


def test_the_seasons_and_the_day_are_options(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    briton = json.dumps({**STUDENT, "nationalities": ["GB"], "age": 33})
    options = ("--on", "2025-12-20", "--iec-season", "2026", "--ro-season", "2026")
    _, (answer,) = run(monkeypatch, capsys, briton, *options)
    assert {each["season"] for each in answer["programs"].values()} == {"2026"}
    assert {each["outcome"] for each in answer["programs"].values()} == {"qualified"}
    assert answer["programs"]["ro_working_holiday"]["max_stay_months"] == 12


def test_a_bad_line_is_answered_in_its_place_and_the_rest_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    text = "\n".join([json.dumps(STUDENT), "oops", "", json.dumps(STUDENT), ""])
    code, answers = run(monkeypatch, capsys, text, "--on", "2024-01-15")
    assert code == 1
    assert [sorted(answer) for answer in answers] == [["programs"], ["error", "line"], ["programs"]]
    assert answers[1] == {"error": "not JSON: Expecting value at column 1", "line": 2}


def test_no_input_is_no_answer_and_no_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert run(monkeypatch, capsys, "\n \n", "--on", "2024-01-15") == (0, [])


def test_an_unknown_season_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}")))
    assert main(["assess", "--iec-season", "1999"]) == 1
    assert "Nothing is known about season '1999'" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2024-02-30", "tomorrow", "1066-10-14", "9999-12-31"])
def test_a_day_that_does_not_count_is_refused(day: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["assess", "--on", day])
    assert "is not a date like 2024-01-31" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("nonsense", "not JSON"),
        ('{"age": 24', "not JSON"),
        ("[1]", "each line needs a JSON object"),
        ("null", "each line needs a JSON object"),
        ('"FR"', "each line needs a JSON object"),
        ('{"age": NaN}', "NaN is not a number"),
        ('{"funds_cad": -Infinity}', "-Infinity is not a number"),
        ('{"age": 1e400}', "age: needs a whole number"),
        (f'{{"age": {"9" * 5000}}}', "a number has too many digits"),
        ('{"age": 24, "age": 25}', "the field 'age' stands twice"),
        ('{"agee": 24}', "unknown field 'agee'"),
        ('{"nationalities": ["ZZ"]}', "nationalities: 'ZZ' is not a country code"),
        ('{"residence": "zz"}', "residence: 'ZZ' is not a country code"),
        ('{"date_of_birth": "2024-01-16"}', "date_of_birth: 2024-01-16 lies after 2024-01-15"),
        ('{"age": 24, "date_of_birth": "1990-01-01"}', "age: 24 does not fit date_of_birth"),
        ('{"passport_expires": "2027-02-30"}', "passport_expires: needs a real date"),
        ('{"age": "\\ud800"}', "age: needs a whole number"),
        (b"\xff\xfe", "the line is not UTF-8"),
        ("[" * 100_000, "the line is nested too deeply"),
        ('{"age": 24}\x00', "not JSON"),
    ],
)
def test_each_fault_of_a_line_has_its_sentence(line: str | bytes, error: str):
    (answer,) = answers_to(line)
    assert answer["line"] == 1
    assert error in answer["error"]
    assert len(json.dumps(answer)) < 500


def test_an_age_that_fits_the_date_of_birth_is_no_fault():
    (answer,) = answers_to('{"age": 34, "date_of_birth": "1990-01-01"}')
    assert "programs" in answer


def test_territories_and_lower_case_codes_are_known():
    (answer,) = answers_to('{"nationalities": ["je"], "residence": "im"}')
    assert answer["programs"]["ro_working_holiday"]["citizenship"] == "JE"


def test_answers_are_given_before_the_next_line_is_read():
    read = []

    def lines():
        for _ in range(2):
            read.append(1)
            yield json.dumps(STUDENT).encode()

    answers = assess(lines(), ON, KNOWLEDGE)
    next(answers)
    assert len(read) == 1
