"""What is kept of what people type."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.waiting_list import Consent
from bot.waiting_list.errors import SubmissionRefused
from bot.waiting_list.person import checked, email_key, one_line
from bot.waiting_list.reference import ALPHABET, new_reference, normal_reference
from tests.unit.waiting_list.samples import NOON, submission


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zoé O'Hara", "Zoé O'Hara"),
        ("  Zoé \n O'Hara ", "Zoé O'Hara"),
        ("Zo\u00e9\r\nBcc: x", "Zoé Bcc: x"),
        ("a\x00b\u202ec\ud800", "abc"),
    ],
)
def test_a_name_is_kept_on_one_line_without_invisible_characters(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    "other", ["ZOE@example.org", " zoe@EXAMPLE.org ", "Zoe@Example.Org", "zoe\x00@example.org"]
)
def test_addresses_are_compared_without_case(other: str) -> None:
    assert email_key(other) == email_key("zoe@example.org")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": " \n "},
        {"name": "x" * 121},
        {"email": ""},
        {"email": "zoe"},
        {"email": "zoe@localhost"},
        {"email": "zoe@example.org, eve@example.org"},
        {"email": "zoe@example.org\nBcc: eve@example.org"},
        {"email": "zoe@example.org\r"[:-1] + "\x00"},
        {"email": "Zoé <zoe@example.org>"},
        {"email": "zoe@" + "x" * 250 + ".org"},
        {"outcome": "not_qualified"},
        {"outcome": ""},
        {"answers": {"age": float("nan")}},
        {"answers": {"age": NOON}},
        {"decision": {"set": {1}}},
        {"conversation_id": "web\x00"},
        {"consent": Consent("1", "", NOON, "web")},
        {"consent": Consent("1", "I agree.", datetime(2023, 1, 1), "web")},  # noqa: DTZ001
    ],
)
def test_a_submission_that_cannot_be_kept_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(SubmissionRefused):
        checked(submission(**changes))


def test_a_refusal_does_not_quote_what_was_typed() -> None:
    with pytest.raises(SubmissionRefused) as refusal:
        checked(submission("secret person"))
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("email", ["jörg@exämple.org", "a.b+c@mail.example.co.uk", "O'Hara@x.org"])
def test_unusual_addresses_are_kept(email: str) -> None:
    assert checked(submission(f" {email} ")).email == email


def test_references_have_no_letters_that_look_alike() -> None:
    assert not set("01ILOU") & set(ALPHABET)
    assert normal_reference(new_reference()) != normal_reference(new_reference())


@pytest.mark.parametrize(
    "typed",
    ["IEC-7K3M-9QXD", "iec-7k3m-9qxd", " IEC 7K3M 9QXD ", "iec7k3m9qxd", "7K3M-9QXD", "«7k3m9qxd»"],
)
def test_a_reference_is_understood_however_it_is_typed(typed: str) -> None:
    assert normal_reference(typed) == "IEC-7K3M-9QXD"
