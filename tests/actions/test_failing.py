"""When something breaks, the visitor is told, nothing changes, and no log holds their words."""

from __future__ import annotations

import logging

import pytest

from actions.conversing import ActionAnswerFaq
from actions.prescreening import ActionDecide, ValidatePrescreenForm
from actions.services import Services
from actions.waiting_list import ActionSubmitApplication, ValidateWaitingListForm
from bot.waiting_list.service import WaitingList
from tests.actions.conftest import responses_said, slots_set, tracker

SECRET = "marie.dupont@example.org"


@pytest.mark.usefixtures("services")
@pytest.mark.parametrize("action", [ActionAnswerFaq(), ActionDecide()], ids=lambda a: a.name())
async def test_a_failing_action_says_so_and_changes_nothing(action, dispatcher, domain):
    broken = tracker(SECRET, "faq", nationalities="not a list")
    assert await action.run(dispatcher, broken, domain) == []
    assert responses_said(dispatcher) == ["utter_unavailable"]


@pytest.mark.usefixtures("services")
async def test_a_failing_form_keeps_its_question(dispatcher, domain, monkeypatch):
    monkeypatch.setattr("actions.questionnaire.hear", _fails)
    events = await ValidatePrescreenForm().run(
        dispatcher, tracker(SECRET, requested_slot="age"), domain
    )
    assert slots_set(events) == {"requested_slot": "age"}
    assert responses_said(dispatcher) == ["utter_unavailable"]


async def test_an_application_that_cannot_be_saved_can_be_sent_again(
    services: Services, dispatcher, domain, monkeypatch
):
    monkeypatch.setattr(WaitingList, "submit", _fails)
    confirmed = tracker(
        "yes",
        "affirm",
        confirm=True,
        consent=True,
        consent_given_at="2026-11-22T12:00:00+00:00",
        program_choice="ro_working_holiday",
        nationalities=["IE"],
        age=24,
        applicant_name="Marie Dupont",
        email=SECRET,
        submission_key="one",
    )
    assert await ActionSubmitApplication().run(dispatcher, confirmed, domain) == []
    assert responses_said(dispatcher) == ["utter_not_saved"]


@pytest.mark.usefixtures("services")
async def test_no_log_line_holds_what_the_visitor_said(dispatcher, domain, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("actions.questionnaire.hear", _fails)
    await ValidateWaitingListForm().run(
        dispatcher, tracker(SECRET, requested_slot="email", email=SECRET), domain
    )
    assert "failed with OSError" in caplog.text
    assert SECRET not in caplog.text


def _fails(*_args: object, **_kwargs: object) -> None:
    raise OSError(SECRET)
