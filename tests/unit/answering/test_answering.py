from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.conversation.answering import (
    Answer,
    answer,
    category_in,
    countries_asked_about,
    topic_for_countries,
)
from bot.conversation.country_lines import COUNTRY_TOPICS
from bot.conversation.words import Words
from bot.knowledge import CATEGORIES, Confidence, CountryStatus, Knowledge, load_knowledge
from bot.knowledge.country_names import country_names
from bot.knowledge.topics import topics

ROOT = Path(__file__).parents[3]
RESPONSES = yaml.safe_load((ROOT / "data/responses/countries.yml").read_text(encoding="utf-8"))[
    "responses"
]
WORDS = Words(RESPONSES)
SEASONS = ("2023", "2024", "2025", "2026")


def ask(
    topic: str, countries: list[str], category: str | None = None, season: str = "2024"
) -> Answer:
    return answer(topic, countries, category, knowledge(season), WORDS)


def knowledge(season: str = "2024") -> Knowledge:
    return load_knowledge(season, "2023")


def said(found: Answer) -> str:
    return WORDS.say(found.response, **found.values)


@pytest.mark.parametrize(
    ("topic", "countries", "category", "season", "expected"),
    [
        ("age_limit", ["AU"], None, "2024", "Working Holiday: 18 to 35."),
        ("age_limit", ["BE"], None, "2024", "Working Holiday: 18 to 30."),
        ("age_limit", ["GB"], "working_holiday", "2023", "Working Holiday: 18 to 30."),
        ("age_limit", ["LU"], "international_coop", "2024", "International Co-op: 18 to 30."),
        ("age_limit", ["LU"], "international_coop", "2026", "International Co-op: 18 to 35."),
        ("max_stay", ["IE"], None, "2024", "Working Holiday: up to 24 months."),
        ("max_stay", ["IE"], None, "2024", "International Co-op: up to 12 months."),
        ("max_stay", ["NZ"], None, "2024", "Working Holiday: up to 23 months."),
        ("max_stay", ["AT"], "international_coop", "2024", "up to 6 months."),
        ("max_stay", ["CH"], None, "2024", "All permits together: up to 18 months."),
        ("max_stay", ["GB"], None, "2024", "A second permit is for up to 12 months."),
        ("country_eligible", ["GB"], None, "2024", "Working Holiday: ages 18 to 35, up to 24"),
        ("country_eligible", ["JE"], None, "2024", "Jersey:\n• Working Holiday"),
        ("country_eligible", ["US"], None, "2024", "United States: no direct way into IEC."),
        ("country_eligible", ["MX"], None, "2024", "Mexico: the agreement with Canada is on hold"),
        ("country_eligible", ["UA"], None, "2024", "Ukraine: an agreement was signed, but"),
        ("country_eligible", ["ZA"], None, "2024", "South Africa: I find no IEC agreement"),
        ("country_eligible", ["FI"], None, "2023", "Finland: no IEC pool in season 2023."),
        ("country_eligible", ["CN"], None, "2024", "Which passport do you hold?"),
        ("country_eligible", ["IN"], None, "2024", "I cannot confirm it"),
        ("iec_categories", ["AT"], None, "2024", "The internship must be in forestry"),
        ("iec_categories", ["CH"], "working_holiday", "2024", "I find no Working Holiday pool"),
        ("second_participation", ["PT"], None, "2024", "• Once."),
        ("second_participation", ["DE"], None, "2024", "• Each time in another category."),
        ("second_participation", ["CL"], None, "2024", "• The same category may be used again."),
        ("second_participation", ["AU"], None, "2024", "Working Holiday or Young Professionals."),
        ("second_participation", ["KR"], None, "2024", "• Only once in International Co-op."),
        ("second_participation", ["PL"], None, "2024", "• At least 6 months between the two."),
        ("second_participation", ["IS"], None, "2024", "• No source says if the same category"),
        ("second_participation", ["JP"], None, "2025", "• From 1 April 2025: up to 2 times."),
        ("second_participation", ["AU"], None, "2024", "If you took part before 2015"),
        ("residence", ["ES"], None, "2024", "• You must live in Spain when you apply."),
        ("residence", ["IT"], None, "2024", "translated certificato di residenza"),
        ("residence", ["AT"], None, "2024", "• For International Co-op you must live in Austria"),
        ("residence", ["FR"], None, "2024", "• No such rule is published."),
        ("dual_citizenship", ["IE", "US"], None, "2024", "Ireland:\n• Working Holiday: 18 to 35."),
    ],
)
def test_a_question_about_a_country_is_answered_from_its_data(
    topic: str, countries: list[str], category: str | None, season: str, expected: str
) -> None:
    assert expected in said(ask(topic, countries, category, season))


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("topic", sorted(COUNTRY_TOPICS))
def test_every_country_of_the_world_has_an_answer_in_at_most_two_bubbles(
    topic: str, season: str
) -> None:
    for iso in country_names():
        for category in (None, *CATEGORIES):
            text = said(ask(topic, [iso], category, season))
            assert country_names()[iso].name in text
            assert len(text.split("\n\n")) <= 2
            assert "{" not in text


@pytest.mark.parametrize("season", SEASONS)
def test_ages_and_months_said_are_those_of_the_data(season: str) -> None:
    for country in knowledge(season).iec.countries.values():
        text = said(ask("country_eligible", [country.iso], season=season))
        for pool in country.pools.values():
            ages = f"ages {pool.ages.minimum} to {pool.ages.maximum}, up to {pool.months} months"
            assert ages in text


@pytest.mark.parametrize("season", SEASONS)
def test_a_disagreement_between_sources_is_always_said(season: str) -> None:
    for country in knowledge(season).iec.countries.values():
        for pool in country.pools.values():
            text = said(ask("country_eligible", [country.iso], pool.category, season))
            assert ("Sources differ" in text) == (pool.other is not None)


@pytest.mark.parametrize(
    ("iso", "season", "expected"),
    [
        ("AU", "2024", "another one says 18 to 35 and up to 12 months"),
        ("IT", "2024", "another one says up to 12 months"),
        ("KR", "2024", "another one does not list this pool"),
    ],
)
def test_a_disagreement_says_what_the_other_source_says(
    iso: str, season: str, expected: str
) -> None:
    assert expected in said(ask("iec_categories", [iso], "international_coop", season))


def test_figures_taken_from_a_text_of_another_season_are_marked() -> None:
    assert "text of season 2026" in said(ask("age_limit", ["BE"], season="2024"))
    assert "text of season" not in said(ask("age_limit", ["BE"], season="2026"))


def test_figures_read_in_a_text_of_the_season_are_not_marked() -> None:
    pool = knowledge("2024").iec.countries["HR"].pools["international_coop"]
    assert pool.confidence is Confidence.HIGH
    assert "text of season" not in said(ask("age_limit", ["HR"], "international_coop"))


def test_an_open_and_a_closed_country_are_both_answered() -> None:
    text = said(ask("age_limit", ["US", "IE"]))
    assert "United States: no direct way" in text
    assert "Ireland:\n• Working Holiday: 18 to 35." in text


def test_where_somebody_lives_is_left_out_when_their_passport_has_an_answer() -> None:
    text = said(ask("residence", ["DE", "BR"]))
    assert "Germany" in text
    assert "Brazil" not in text


def test_canadians_are_told_who_the_permits_are_for() -> None:
    assert "not for Canadians" in said(ask("country_eligible", ["CA"]))


def test_only_the_first_three_countries_are_answered() -> None:
    text = said(ask("age_limit", ["DE", "FR", "IE", "PL"]))
    assert "Ireland" in text
    assert "Poland" not in text


def test_every_status_of_a_country_has_words() -> None:
    closed = set(CountryStatus) - {CountryStatus.ACTIVE}
    assert {f"utter_country_status_{status.value}" for status in closed} <= RESPONSES.keys()


def test_without_a_country_the_general_answer_is_given() -> None:
    found = ask("age_limit", [])
    assert found.response == "utter_faq/age_limit"
    assert found.values["minimum_age"] == "18"


def test_a_country_changes_nothing_where_the_rule_is_the_same_for_all() -> None:
    assert ask("participation_fee", ["FR"]).response == "utter_faq/participation_fee"


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("topic", topics())
def test_every_answer_names_a_source_with_title_season_day_and_address(
    topic: str, season: str
) -> None:
    line = ask(topic, [], season=season).source_line
    assert line["url"].startswith("http")
    assert line["source"]
    assert line["read"]
    assert line["season"] in {season, "2023"}


def test_the_source_of_a_figure_is_the_one_of_the_active_season() -> None:
    assert (
        ask("participation_fee", [], season="2023").source_line["url"].endswith("whv-faq-before/")
    )
    assert "wheretoemigrate" in ask("participation_fee", [], season="2026").source_line["url"]


def test_a_country_answer_names_the_source_of_its_own_figures() -> None:
    line = ask("max_stay", ["GB"]).source_line
    assert line["source"] == "IRCC, program update of 11 December 2023"


def test_buttons_carry_the_next_questions_as_a_person_would_type_them() -> None:
    assert ask("age_limit", []).buttons == (
        {"title": "When age is counted", "payload": "On which day is my age counted?"},
        {"title": "Check if I qualify", "payload": "/start_prescreening"},
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("max age working holiday for japan", "working_holiday"),
        ("how long is a WHV for french people", "working_holiday"),
        ("working-holliday age?", "working_holiday"),
        ("can swiss do yung professionals", "young_professionals"),
        ("YP for germans", "young_professionals"),
        ("co-op length for australians", "international_coop"),
        ("how long can an intern from chile stay", "international_coop"),
        ("which countries have coop", "international_coop"),
        ("working holiday or young professionals for italians", None),
        ("what is the age limit", None),
        ("my internal type of cooperation", None),
    ],
)
def test_the_category_asked_about_is_read_from_the_question(
    text: str, expected: str | None
) -> None:
    assert category_in(text) == expected


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("nigeria", None, "country_eligible"),
        ("what about japan?", None, "country_eligible"),
        ("and for the Irish?", "age_limit", "age_limit"),
        ("I'm German", "max_stay", "max_stay"),
        ("I'm German", None, None),
        ("can Germans bring kids", "age_limit", None),
    ],
)
def test_countries_alone_go_on_with_the_topic_before(
    text: str, before: str | None, expected: str | None
) -> None:
    assert topic_for_countries(text, before) == expected


@pytest.mark.parametrize(
    ("text", "told", "before", "expected"),
    [
        ("can brits apply", ["FR"], ["CL"], ["GB"]),
        ("and how long?", ["FR"], ["CL"], ["CL"]),
        ("how long can they stay", [], ["CL"], ["CL"]),
        ("how long can I stay", ["FR"], ["CL"], ["FR"]),
        ("how long can I stay", [], ["CL"], ["CL"]),
        ("and how long?", ["FR"], [], ["FR"]),
        ("and how long?", [], [], []),
    ],
)
def test_a_question_without_a_country_goes_on_with_the_one_before_or_is_about_the_speaker(
    text: str, told: list[str], before: list[str], expected: list[str]
):
    assert countries_asked_about(text, told, before) == expected
