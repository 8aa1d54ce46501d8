"""`iec assess`: many applicants at once, one JSON object a line in, one decision a line out.

A line that cannot be read gives an object with `error` and `line` in its place; the rest is
still answered, and the exit code is 1 at the end.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NoReturn

import yaml

from bot.clock import system_clock
from bot.eligibility import Applicant, ApplicantError, Finding, decide_all
from bot.knowledge import Knowledge, load_knowledge
from bot.knowledge.country_codes import is_country_code
from bot.settings import PROJECT_ROOT, settings

REASONS = PROJECT_ROOT / "data" / "responses" / "reasons.yml"
LATEST_DAY = date(2200, 12, 31)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `assess` and its options to the `iec` command."""
    parser = subparsers.add_parser(
        "assess", help="check applicants, one JSON object a line, against the published criteria"
    )
    parser.add_argument("--iec-season", help="season of IEC, such as 2024 (default: the setting)")
    parser.add_argument("--ro-season", help="season of RO programs (default: the setting)")
    parser.add_argument(
        "--on", type=_day, metavar="DATE", help="the day that counts, such as 2024-01-31 (today)"
    )


def run(args: argparse.Namespace) -> int:
    """Answer standard input on standard output; 1 if a line could not be read."""
    knowledge = load_knowledge(
        args.iec_season or settings().iec_season, args.ro_season or settings().ro_season
    )
    all_read = True
    for answer in assess(sys.stdin.buffer, args.on or system_clock().date(), knowledge):
        all_read = all_read and "error" not in answer
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return 0 if all_read else 1


def assess(lines: Iterable[bytes], on: date, knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    """Yield one answer for each line that is not blank, in order, as soon as it is read.

    An answer holds `programs`, or `error` and `line` where the line cannot be read.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            applicant = _applicant(line, on)
        except ValueError as error:
            yield {"error": str(error), "line": number}
            continue
        decisions = decide_all(applicant, on, knowledge)
        yield {
            "programs": {
                program: {
                    **decision.as_dict(),
                    "findings": [_finding(each) for each in decision.findings],
                }
                for program, decision in decisions.items()
            }
        }


def _finding(finding: Finding) -> dict[str, Any]:
    text = _texts()[finding.reason].format_map(finding.values)
    return {**finding.as_dict(), "text": text}


@cache
def _texts() -> Mapping[str, str]:
    """The words of every reason code."""
    with REASONS.open(encoding="utf-8") as file:
        responses = yaml.load(file, Loader=yaml.CSafeLoader)["responses"]
    prefix = "utter_reason_"
    return {
        name.removeprefix(prefix): variations[0]["text"]
        for name, variations in responses.items()
        if name.startswith(prefix)
    }


def _applicant(line: bytes, on: date) -> Applicant:
    """Read one applicant; every ValueError carries a sentence for the person who wrote the line."""
    applicant = Applicant.from_answers(_json_object(line))
    for field, codes in {
        "nationalities": applicant.nationalities or (),
        "residence": (applicant.residence,) if applicant.residence else (),
    }.items():
        for code in codes:
            if not is_country_code(code):
                raise ApplicantError(f"{field}: {code!r} is not a country code")
    born = applicant.date_of_birth
    if born and born > on:
        raise ApplicantError(f"date_of_birth: {born} lies after {on}")
    years = applicant.age_on(on)
    if applicant.age is not None and years != applicant.age:
        raise ApplicantError(
            f"age: {applicant.age} does not fit date_of_birth {born}, which makes {years} on {on}"
        )
    return applicant


def _json_object(line: bytes) -> dict[str, Any]:
    try:
        read = json.loads(
            line.decode("utf-8-sig"),
            object_pairs_hook=_without_repeats,
            parse_constant=_not_a_number,
        )
    except UnicodeDecodeError as error:
        raise ApplicantError("the line is not UTF-8 text") from error
    except RecursionError as error:
        raise ApplicantError("the line is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise ApplicantError(f"not JSON: {error.msg} at column {error.colno}") from error
    except ApplicantError:
        raise
    except ValueError as error:
        raise ApplicantError("a number has too many digits") from error
    if not isinstance(read, dict):
        raise ApplicantError('each line needs a JSON object, like {"age": 24}')
    return read


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ApplicantError(f"the field {twice!r} stands twice")
    return members


def _not_a_number(constant: str) -> NoReturn:
    raise ApplicantError(f"{constant} is not a number that JSON knows")


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not date(1951, 1, 1) <= day <= LATEST_DAY:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2024-01-31")
    return day
