"""What must be known before a request about an application is done."""

from __future__ import annotations

import pytest

from bot.conversation.requests import (
    NO_REFERENCE,
    open_request_questions,
    says_there_is_no_reference,
)


@pytest.mark.parametrize(
    ("kind", "reference", "asked"),
    [
        ("application_status", None, ["reference", "email"]),
        ("withdraw", "IEC-7K3M-9QXD", ["email", "confirm_request"]),
        ("delete_my_data", "IEC-7K3M-9QXD", ["email", "confirm_request"]),
        # Without a code there is no application to look up, but a conversation to delete.
        ("application_status", NO_REFERENCE, []),
        ("delete_my_data", NO_REFERENCE, ["confirm_request"]),
    ],
)
def test_each_request_asks_for_what_it_needs(kind, reference, asked):
    assert open_request_questions({"request_kind": kind, "reference": reference}) == asked


@pytest.mark.parametrize("text", ["I have none", "no", "idk", "I lost it", "don't have one"])
def test_people_can_say_that_they_have_no_code(text):
    assert says_there_is_no_reference(text)


@pytest.mark.parametrize("text", ["IEC-7K3M-9QXD", "iec 7k3m 9qxd", "yes here it is"])
def test_a_code_is_not_taken_for_none(text):
    assert not says_there_is_no_reference(text)
