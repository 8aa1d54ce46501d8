"""How findings become a decision: what beats what, purity, the order of questions."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.eligibility import Applicant, Outcome, Participation, Status, decide, decide_all
from bot.eligibility.case import months_later, place_name, whole_months
from bot.eligibility.criteria import CRITERIA
from bot.eligibility.programs import QUESTIONS
from bot.knowledge import KnowledgeError, load_knowledge
from bot.knowledge.loading import PROGRAMS
from tests.unit.eligibility.cases import read_cases

KNOWLEDGE = load_knowledge("2024", "2023")
ON = date(2024, 1, 15)

maybe = st.sampled_from([None, True, False])
participations = st.builds(
    Participation,
    category=st.sampled_from(
        [None, "working_holiday", "young_professionals", "international_coop"]
    ),
    year=st.none() | st.integers(2005, 2026),
    through_ro=maybe,
    permit_issued=maybe,
    months=st.none() | st.integers(0, 24),
)
codes = st.sampled_from([*KNOWLEDGE.iec.countries, "JE", "AW", "NG", "XK", "IM"])
applicants = st.builds(
    Applicant,
    nationalities=st.none() | st.lists(codes, min_size=1, max_size=3, unique=True).map(tuple),
    age=st.none() | st.integers(0, 60),
    date_of_birth=st.none() | st.dates(date(1960, 1, 1), date(2020, 1, 1)),
    residence=st.none() | codes,
    student=maybe,
    placement_required=maybe,
    job_offer=maybe,
    teer=st.none() | st.integers(0, 5),
    in_field_of_study=maybe,
    previous_participations=st.none() | st.lists(participations, max_size=3).map(tuple),
    passport_expires=st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    funds_cad=st.none() | st.integers(0, 10_000),
    insurance=maybe,
    return_ticket=maybe,
    dependants=maybe,
    admissibility_concern=maybe,
)


@settings(deadline=None, max_examples=300)
@given(applicant=applicants, program=st.sampled_from(PROGRAMS))
def test_unmet_beats_unknown_beats_met_whatever_is_answered(applicant: Applicant, program: str):
    decision = decide(applicant, program, ON, KNOWLEDGE)
    statuses = {each.status for each in decision.findings}
    if Status.UNMET in statuses:
        expected = Outcome.NOT_QUALIFIED
    else:
        expected = Outcome.NEEDS_REVIEW if Status.UNKNOWN in statuses else Outcome.QUALIFIED
    assert decision.outcome is expected
    assert decision.open_questions == () or decision.outcome is Outcome.NEEDS_REVIEW
    assert list(decision.open_questions) == [
        each for each in QUESTIONS if each in decision.open_questions
    ]
    for question in decision.open_questions:
        assert getattr(applicant, question) is None
    names = [each.criterion for each in decision.findings]
    assert names == [name for name in CRITERIA if name in names]
    if decision.outcome is Outcome.NOT_QUALIFIED:
        assert decision.max_stay_months is None
    elif decision.max_stay_months is not None:
        assert 1 <= decision.max_stay_months <= 24


@settings(deadline=None, max_examples=200)
@given(applicant=applicants, program=st.sampled_from(PROGRAMS))
def test_a_decision_without_doubts_needs_every_answer_that_the_program_asks_for(
    applicant: Applicant, program: str
):
    decision = decide(applicant, program, ON, KNOWLEDGE)
    if decision.outcome is Outcome.QUALIFIED:
        for field in ("nationalities", "passport_expires", "funds_cad", "admissibility_concern"):
            assert getattr(applicant, field) is not None
        assert applicant.admissibility_concern is False
        assert applicant.dependants is False
        assert applicant.age_on(ON) is not None


@settings(deadline=None, max_examples=200)
@given(applicant=applicants)
def test_one_more_passport_never_makes_it_worse(applicant: Applicant):
    if not applicant.nationalities or applicant.previous_participations:
        return
    rank = [Outcome.QUALIFIED, Outcome.NEEDS_REVIEW, Outcome.NOT_QUALIFIED]
    one = Applicant(**{**vars(applicant), "nationalities": applicant.nationalities[:1]})
    for program, decision in decide_all(applicant, ON, KNOWLEDGE).items():
        assert rank.index(decision.outcome) <= rank.index(
            decide(one, program, ON, KNOWLEDGE).outcome
        )


def test_the_same_question_has_the_same_answer():
    for case in read_cases().values():
        assert case.decide() == case.decide()


def test_a_decision_can_be_written_as_json():
    decision = decide(Applicant(nationalities=("FR",), age=24), PROGRAMS[0], ON, KNOWLEDGE)
    kept = json.loads(json.dumps(decision.as_dict()))
    assert kept["outcome"] == "needs_review"
    assert kept["citizenship"] == "FR"
    assert kept["findings"][0]["finding"] == "met"
    assert kept["open_questions"][0] == "previous_participations"


def test_an_unknown_program_is_refused():
    with pytest.raises(KnowledgeError, match="no program"):
        decide(Applicant(), "study_permit", ON, KNOWLEDGE)


def test_only_the_programs_asked_for_are_decided():
    assert list(decide_all(Applicant(), ON, KNOWLEDGE, ["international_coop"])) == [
        "international_coop"
    ]
    assert list(decide_all(Applicant(), ON, KNOWLEDGE)) == list(PROGRAMS)


def test_every_criterion_of_the_program_files_exists():
    for program in KNOWLEDGE.programs.values():
        assert program.by_criterion.keys() <= CRITERIA.keys()


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2024, 1, 15), date(2024, 2, 14), 0),
        (date(2024, 1, 15), date(2024, 2, 15), 1),
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 2, 29), date(2024, 2, 28), 0),
        (date(2023, 12, 31), date(2024, 12, 30), 11),
    ],
)
def test_only_whole_months_count(start: date, end: date, months: int):
    assert whole_months(start, end) == months


def test_a_month_later_is_never_beyond_the_end_of_that_month():
    assert months_later(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_later(date(2023, 12, 31), 14) == date(2025, 2, 28)
    assert months_later(date(2023, 12, 1), 1) == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("iso", "name"),
    [("NL", "the Netherlands"), ("GB", "the United Kingdom"), ("FR", "France"), ("AQ", "AQ")],
)
def test_a_country_is_named_as_a_sentence_names_it(iso: str, name: str):
    assert place_name(iso) == name
