"""What the forms keep of a message, and which question follows."""

from __future__ import annotations

import pytest

from actions.prescreening import FORGOTTEN_MINOR, ValidatePrescreenForm
from actions.requests import ValidateRequestForm
from actions.waiting_list import ValidateWaitingListForm
from tests.actions.conftest import responses_said, slots_set, tracker

pytestmark = pytest.mark.usefixtures("services")
CHECKED = {"program": "ro_working_holiday", "age": 24, "nationalities": ["IE"]}
QUALIFIED = {
    **CHECKED,
    "residence": "IE",
    "previous_participations": [],
    "passport_expires": "2031-03-15",
    "funds_cad": 3000,
    "insurance": True,
    "return_ticket": True,
    "dependants": False,
    "admissibility_concern": False,
}
SUMMARY = {
    **QUALIFIED,
    "requested_slot": "confirm",
    "program_choice": "ro_working_holiday",
    "outcomes": {"ro_working_holiday": "qualified"},
    "consent": True,
    "consent_given_at": "2026-11-22T12:00:00+00:00",
    "applicant_name": "A B",
    "email": "a@example.org",
    "submission_key": "key",
}


async def test_an_answer_is_kept_and_the_next_question_follows(dispatcher, domain):
    asked = tracker("24", requested_slot="age", program="ro_working_holiday")
    slots = slots_set(await ValidatePrescreenForm().run(dispatcher, asked, domain))
    assert (slots["age"], slots["requested_slot"]) == (24, "nationalities")


async def test_a_digression_changes_nothing_but_asks_the_same_again(dispatcher, domain):
    asked = tracker("what is an RO?", "faq", requested_slot="age", program="not_sure")
    events = await ValidatePrescreenForm().run(dispatcher, asked, domain)
    assert slots_set(events) == {"requested_slot": "age"}


async def test_an_odd_answer_never_gets_the_same_wording_twice_in_a_row(dispatcher, domain):
    for before, after in ((None, 1), (1, 2), (2, 1)):
        asked = tracker(
            "xqz blorp", "nlu_fallback", requested_slot="age", attempt=before, program="not_sure"
        )
        slots = slots_set(await ValidatePrescreenForm().run(dispatcher, asked, domain))
        assert slots["attempt"] == after
    assert responses_said(dispatcher) == ["utter_still_open"]


async def test_nothing_of_a_minor_is_kept(dispatcher, domain):
    asked = tracker("I'm 16 and French", requested_slot="age", program="not_sure")
    slots = slots_set(await ValidatePrescreenForm().run(dispatcher, asked, domain))
    assert slots.items() >= FORGOTTEN_MINOR.items()
    assert slots["requested_slot"] is None


async def test_age_cannot_be_left_open(dispatcher, domain):
    asked = tracker("I don't know", "not_sure", requested_slot="age", program="not_sure")
    slots = slots_set(await ValidatePrescreenForm().run(dispatcher, asked, domain))
    assert "age" not in slots
    assert responses_said(dispatcher) == ["utter_problem_age_needed"]


async def test_the_moment_of_consent_is_kept(dispatcher, domain):
    asked = tracker(
        "yes", "affirm", requested_slot="consent", program_choice="ro_working_holiday", **QUALIFIED
    )
    slots = slots_set(await ValidateWaitingListForm().run(dispatcher, asked, domain))
    assert slots["consent"] is True
    assert slots["consent_given_at"] == "2026-11-22T12:00:00+00:00"
    assert slots["requested_slot"] == "applicant_name"


async def test_a_list_that_is_not_open_cannot_be_chosen(dispatcher, domain):
    asked = tracker("International Co-op", requested_slot="program_choice", **CHECKED)
    slots = slots_set(await ValidateWaitingListForm().run(dispatcher, asked, domain))
    assert "program_choice" not in slots
    assert responses_said(dispatcher) == ["utter_problem_program_not_open"]


async def test_a_submission_has_one_key_however_often_it_is_sent(dispatcher, domain):
    form = ValidateWaitingListForm()
    asked = {"program_choice": "ro_working_holiday", "consent": True, "applicant_name": "A B"}
    first = tracker("a@example.org", requested_slot="email", **asked, **QUALIFIED)
    key = slots_set(await form.run(dispatcher, first, domain))["submission_key"]
    again = tracker(
        "yes", "affirm", requested_slot="confirm", submission_key=key, email="a@example.org",
        **asked, **QUALIFIED,
    )  # fmt: skip
    assert "submission_key" not in slots_set(await form.run(dispatcher, again, domain))


async def test_a_request_without_a_code_is_understood(dispatcher, domain):
    asked = tracker("I lost it", requested_slot="reference", request_kind="delete_my_data")
    slots = slots_set(await ValidateRequestForm().run(dispatcher, asked, domain))
    assert (slots["reference"], slots["requested_slot"]) == ("none", "confirm_request")


async def test_an_earlier_participation_is_asked_for_its_category_once(dispatcher, domain):
    form, told = ValidatePrescreenForm(), "yes, with IEC in 2017"
    asked = tracker(told, requested_slot="previous_participations", **CHECKED)
    slots = slots_set(await form.run(dispatcher, asked, domain))
    assert "previous_participations" not in slots
    assert responses_said(dispatcher) == ["utter_problem_participation_details_needed"]
    again = tracker(told, requested_slot="previous_participations", attempt=1, **CHECKED)
    slots = slots_set(await form.run(dispatcher, again, domain))
    assert slots["previous_participations"][0]["year"] == 2017


async def test_a_changed_answer_is_asked_again_and_the_outcome_told_stays_until_then(
    dispatcher, domain
):
    asked = tracker("Change my age", "correct_answer", **SUMMARY)
    slots = slots_set(await ValidateWaitingListForm().run(dispatcher, asked, domain))
    assert (slots["age"], slots["requested_slot"]) == (None, "age")
    assert "outcomes" not in slots
    assert responses_said(dispatcher) == []


@pytest.mark.parametrize(
    ("text", "said", "follows"),
    [
        ("I'm 25", ["utter_corrected", "utter_checked_again"], "confirm"),
        ("my age is 45", ["utter_corrected"], None),
        ("I'm 17", ["utter_corrected"], None),
        ("change something", ["utter_problem_what_to_change"], "confirm"),
        ("my name is fine", [], "confirm"),
    ],
)
async def test_a_reply_to_the_summary_is_checked_again_at_once(
    dispatcher, domain, text, said, follows
):
    slots = slots_set(
        await ValidateWaitingListForm().run(dispatcher, tracker(text, "inform", **SUMMARY), domain)
    )
    assert slots["requested_slot"] == follows
    assert slots.get("confirm") is None
    assert responses_said(dispatcher) == said


async def test_a_new_outcome_is_told_with_its_reasons_before_the_summary(dispatcher, domain):
    again = {"requested_slot": "funds_cad", "funds_cad": None}
    asked = tracker("I don't know", "not_sure", **{**SUMMARY, **again})
    slots = slots_set(await ValidateWaitingListForm().run(dispatcher, asked, domain))
    assert slots["outcomes"] == {"ro_working_holiday": "needs_review"}
    assert slots["requested_slot"] == "confirm"
    assert responses_said(dispatcher) == ["utter_outcome_changed"]
    assert "needs a person" in dispatcher.messages[1]["text"]


async def test_nothing_of_a_minor_is_kept_of_an_application_either(dispatcher, domain):
    asked = tracker("I'm 17", "inform", **SUMMARY)
    slots = slots_set(await ValidateWaitingListForm().run(dispatcher, asked, domain))
    assert slots["under_age"] is True
    assert {name for name in SUMMARY if slots.get(name, "kept")} == {"outcomes"}


async def test_another_age_makes_the_date_of_birth_void(dispatcher, domain):
    asked = tracker("I'm 25", "inform", date_of_birth="2002-01-01", **SUMMARY)
    slots = slots_set(await ValidateWaitingListForm().run(dispatcher, asked, domain))
    assert (slots["age"], slots["date_of_birth"]) == (25, None)


async def test_the_level_of_a_job_is_forgotten_with_the_job(dispatcher, domain):
    asked = tracker("I have no job offer", "inform", teer=2, job_offer=True, **SUMMARY)
    slots = slots_set(await ValidateWaitingListForm().run(dispatcher, asked, domain))
    assert (slots["job_offer"], slots["teer"]) == (False, None)


@pytest.mark.parametrize("question", ["consent", "applicant_name", "email"])
@pytest.mark.parametrize(("text", "age"), [("change my age", None), ("change my age to 25", 25)])
async def test_an_answer_can_be_changed_while_the_application_is_asked(
    dispatcher, domain, question, text, age
):
    asked = tracker(text, "inform", **{**SUMMARY, "requested_slot": question, question: None})
    slots = slots_set(await ValidateWaitingListForm().run(dispatcher, asked, domain))
    assert slots["age"] == age
    assert slots["requested_slot"] == (question if age else "age")
    assert question not in slots
