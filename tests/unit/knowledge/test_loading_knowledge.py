"""What the knowledge files hold, season by season."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date, datetime, timezone
from decimal import Decimal

import pytest

from bot.knowledge import (
    CATEGORIES,
    FIGURE_IDS,
    NOT_PUBLISHED,
    CountryStatus,
    KnowledgeError,
    known_seasons,
    load_knowledge,
    load_sources,
)

SEED = load_knowledge("2024", "2023")


@pytest.mark.parametrize("season", known_seasons())
def test_every_season_loads_with_all_figures_named(season: str):
    knowledge = load_knowledge(season, season)
    assert set(FIGURE_IDS) <= set(knowledge.figure_texts())
    for country in knowledge.iec.countries.values():
        assert country.source.read >= date(2026, 1, 1)
        for pool in country.pools.values():
            assert pool.season == season
            assert pool.sources


def test_seasons_2023_to_2026_are_known_and_the_files_are_found_by_their_names():
    assert known_seasons() == ("2023", "2024", "2025", "2026")


@pytest.mark.parametrize(("iec", "ro"), [("2027", "2023"), ("2024", "1999"), ("../2024", "2023")])
def test_an_unknown_season_is_refused_in_clear_words(iec: str, ro: str):
    with pytest.raises(KnowledgeError, match=r"Nothing is known about season .* 2023, 2024, 2025"):
        load_knowledge(iec, ro)


def test_the_two_active_seasons_are_kept_apart():
    assert SEED.season_of("international_coop").id == "2024"
    assert SEED.season_of("ro_working_holiday").id == "2023"
    assert SEED.program("ro_young_professional").name == "RO Young Professional 2023"


def test_an_unknown_program_is_refused():
    with pytest.raises(KnowledgeError, match="no program 'study_permit'"):
        SEED.program("study_permit")


def test_the_same_seasons_are_read_once():
    assert load_knowledge("2024", "2023") is SEED


def test_facts_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        SEED.iec.countries["FR"].pools["working_holiday"].months = 36  # type: ignore[misc]
    with pytest.raises(TypeError):
        SEED.iec.countries["XX"] = SEED.iec.countries["FR"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("season", "fees"),
    [
        ("2023", ["CAD 161", "CAD 100", "CAD 85", "CAD 346", "CAD 230"]),
        ("2024", ["CAD 172", "CAD 100", "CAD 85", "CAD 357", "CAD 230"]),
        ("2025", ["CAD 179.75", "CAD 100", "CAD 85", "CAD 364.75", "CAD 230"]),
        ("2026", ["CAD 184.75", "CAD 100", "CAD 85", "CAD 369.75", "CAD 230"]),
    ],
)
def test_the_fees_of_each_season(season: str, fees: list[str]):
    knowledge = load_knowledge(season, "2023")
    texts = knowledge.figure_texts()
    names = ["participation_fee", "open_work_permit_fee", "biometrics_fee"]
    assert [
        texts[f"{name}"] for name in (*names, "working_holiday_total_fee", "employer_fee")
    ] == fees
    total = sum(Decimal(str(knowledge.iec.figures[name].value)) for name in names)
    assert total == knowledge.iec.figures["working_holiday_total_fee"].value


@pytest.mark.parametrize(
    ("season", "opened", "first_round", "closed"),
    [
        ("2023", "19 December 2022", "9 January 2023", "13 October 2023"),
        ("2024", "11 December 2023", "the week of 8 January 2024", "21 October 2024"),
        ("2025", "16 December 2024", "13 January 2025", "20 October 2025"),
        ("2026", "19 December 2025", "January 2026", NOT_PUBLISHED),
    ],
)
def test_the_dates_of_each_season(season: str, opened: str, first_round: str, closed: str):
    texts = load_knowledge(season, "2023").figure_texts()
    said = [texts[name] for name in ("pools_open", "first_round", "pools_closed")]
    assert said == [opened, first_round, closed]


def test_figures_read_as_words_of_a_sentence():
    texts = SEED.figure_texts()
    expected = {
        "iec_season": "2024",
        "ro_season": "2023",
        "minimum_funds": "CAD 2,500",
        "processing_time": "about 8 weeks",
        "bank_statement_days": "7",
        "ita_accept_days": "10",
        "ita_submit_days": "20",
        "biometrics_days": "30",
        "poe_letter_months": "12",
        "profile_days": "365",
        "minimum_age": "18",
        "upper_ages": "30 or 35",
        "coop_teer": "0, 1, 2 or 3",
        "young_professionals_teer": "0, 1, 2 or 3",
        "default_permit_months": "12",
        "ro_upper_age": "35",
        "ro_lifetime_participations": "2",
        "ro_opening": "29 November 2022 at 10:00 am Pacific time",
        "country_count_working_holiday": "35",
        "country_count_young_professionals": "28",
        "country_count_international_coop": "27",
    }
    assert {name: texts[name] for name in expected} == expected


def test_the_ro_opening_is_kept_in_utc_and_is_not_published_for_a_season_without_one():
    opening = SEED.figure("ro_opening")
    assert opening is not None
    assert opening.value == datetime(2022, 11, 29, 18, 0, tzinfo=timezone.utc)
    assert load_knowledge("2024", "2025").figure_texts()["ro_opening"].startswith("19 July 2024")
    assert load_knowledge("2024", "2026").figure_texts()["ro_opening"] == NOT_PUBLISHED
    assert load_knowledge("2024", "2026").figure("ro_opening") is None


@pytest.mark.parametrize("season", ["2024", "2025", "2026"])
def test_the_latest_table_has_35_28_and_27_pools(season: str):
    iec = load_knowledge(season, season).iec
    assert [len(iec.open_countries(category)) for category in CATEGORIES] == [35, 28, 27]


def test_territories_belong_to_the_agreement_that_covers_them():
    expected = {"JE": "GB", "GG": "GB", "GL": "DK", "FO": "DK", "AW": "NL", "BQ": "NL"}
    found = {iso: SEED.iec.country(iso) for iso in expected}
    assert {iso: each.iso for iso, each in found.items() if each} == expected
    assert SEED.iec.country("IM") is None


def test_norway_is_a_country_and_not_a_no():
    norway = SEED.iec.country("NO")
    assert norway is not None
    assert norway.status is CountryStatus.ACTIVE
    assert norway.residence is not None
    assert norway.residence.places == ("NO",)


def test_every_truth_of_the_ro_text_is_there_for_both_programs():
    expected = {"opening", "past_contact", "other_program_past", "small_quota", "waiting_list"}
    expected |= {"free_waiting_list", "pay_after_acceptance", "right_program", "latest_details"}
    expected |= {"confirmation_is_no_place", "contact_until_full", "meeting", "late_or_silent"}
    expected |= {"one_application", "list_stays_open", "ask_a_person"}
    for program in ("ro_working_holiday", "ro_young_professional"):
        statements = SEED.program(program).statements
        assert expected <= statements.keys()
        for name in expected:
            assert statements[name].source.id == "stepwest_2023"
            assert statements[name].season == "2023"


def test_every_requirement_of_the_coop_text_is_there():
    program = SEED.program("international_coop")
    expected = {"student", "job_offer", "teer", "in_field_of_study", "placement_required"}
    expected |= {"citizenship", "category_pool", "passport", "age", "funds", "insurance"}
    expected |= {"admissibility", "return_ticket", "dependants", "residence"}
    expected |= {"earlier_participations"}
    assert program.by_criterion.keys() == expected
    assert {"fees", "school_letter", "internship_agreement", "agreement_contents"} <= set(
        program.statements
    )
    own = [each for each in program.requirements if each.criterion != "earlier_participations"]
    assert {each.source.id for each in own} == {"m2c_coop_2024"}


def test_sources_are_readable_in_one_line():
    source = load_sources()["m2c_coop_2024"]
    assert source.readable == (
        "Moving2Canada, IEC International Co-op, season 2024, read 21 November 2026: "
        "https://moving2canada.com/immigration/iec/iec-international-co-op/"
    )
