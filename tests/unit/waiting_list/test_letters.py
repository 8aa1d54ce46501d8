"""The words of the mails."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.waiting_list import State
from bot.waiting_list.letters import KIND_OF_MOVE, Kind, write_letter
from tests.unit.waiting_list.test_moves import entry_in

ENTRY = replace(
    entry_in(State.WAITING),
    reference="IEC-7K3M-9QXD",
    program="ro_young_professional",
    season="2023",
    deadline=datetime(2023, 12, 1, 17, 30, tzinfo=timezone.utc),
)


def words(kind: Kind, ahead: int = 0, **changes: object) -> str:
    letter = write_letter(kind, replace(ENTRY, **changes), ahead)
    return " ".join(f"{letter.subject}\n{letter.body}".split())


@pytest.mark.parametrize("kind", Kind)
def test_every_letter_names_program_season_and_reference(kind: Kind) -> None:
    letter = write_letter(kind, ENTRY)
    assert "RO Young Professional 2023" in letter.subject
    assert "IEC-7K3M-9QXD" in letter.subject
    assert "Your reference: IEC-7K3M-9QXD." in letter.body
    assert (letter.recipient, letter.reference) == ("zoe@example.org", "IEC-7K3M-9QXD")
    assert letter.body.startswith("Hello Zoé,\n\n")


@pytest.mark.parametrize("kind", Kind)
def test_every_letter_is_short_lines_without_promise_or_advice(kind: Kind) -> None:
    letter = write_letter(kind, ENTRY, ahead=3)
    assert max(map(len, letter.body.splitlines())) <= 72
    assert "\n" not in letter.subject
    for phrase in ("you are eligible", "you should choose", "guarantee"):
        assert phrase not in letter.body.lower()


@pytest.mark.parametrize("kind", [Kind.CONFIRMATION, Kind.MOVED_DOWN])
@pytest.mark.parametrize(
    "truth",
    [
        "does not secure a place",
        "nothing to pay now",
        "Our team contacts people who seem to qualify",
        "applying again moves you down the list",
    ],
)
def test_the_confirmation_tells_how_the_list_works(kind: Kind, truth: str) -> None:
    assert truth in words(kind)


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [(0, "Nobody is before you"), (1, "1 person is before you"), (7, "7 people are before you")],
)
def test_the_confirmation_counts_the_people_ahead(ahead: int, sentence: str) -> None:
    assert sentence in words(Kind.CONFIRMATION, ahead)


def test_letters_with_a_deadline_name_it() -> None:
    assert "Please reply by 1 December 2023, 17:30 UTC" in words(Kind.CONTACT)
    assert "payment by 1 December 2023, 17:30 UTC" in words(Kind.INVOICE)
    assert "Please reply with times" in words(Kind.CONTACT, deadline=None)


def test_only_these_moves_are_written_about() -> None:
    assert set(KIND_OF_MOVE) == {
        State.CONTACTED,
        State.INVOICED,
        State.LAPSED,
        State.WITHDRAWN,
    }


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Zoé", "Hello Zoé,"),
        ("Anne-Marie O'Hara", "Hello Anne-Marie O'Hara,"),
        ("王小明", "Hello 王小明,"),
        ("win at http://evil.example", "Hello,"),
        ("evil.example", "Hello,"),
        ("+1 555 1234", "Hello,"),
    ],
)
def test_a_stranger_cannot_put_an_address_into_our_mails(name: str, greeting: str) -> None:
    assert write_letter(Kind.CONFIRMATION, replace(ENTRY, name=name)).body.startswith(greeting)


def test_nobody_writes_to_an_erased_person() -> None:
    with pytest.raises(ValueError, match="no address"):
        write_letter(Kind.CONTACT, replace(ENTRY, email=None))


def test_an_unknown_program_is_called_by_its_id() -> None:
    assert "summer camp 2030" in words(Kind.CONTACT, program="summer_camp", season="2030")
