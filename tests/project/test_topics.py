"""Every topic is complete: examples, an answer that keeps the rules of words, and an entry."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import textstat
import yaml

from bot.knowledge import NOT_PUBLISHED, load_knowledge, load_sources
from bot.knowledge.topics import PRESCREEN, topics

ROOT = Path(__file__).parents[2]
FAQ = ROOT / "data/nlu/faq"
FEWEST_EXAMPLES = 30
MOST_BUBBLES = 2
LONGEST_BUBBLE = 700
HIGHEST_GRADE = 8.0
SEASONS = ("2023", "2024", "2025", "2026")
# With each IEC season, the latest RO season whose opening was published.
RO_SEASONS = {"2023": "2023", "2024": "2023", "2025": "2025", "2026": "2025"}
NAMES_WITH_DIGITS = ("IMM 5707", "A9999999")
TOPICS = {
    "what_is_iec",
    "iec_categories",
    "what_is_ro",
    "ro_how_to_apply",
    "ro_programs",
    "ro_opening",
    "ro_past_contact",
    "ro_multiple_applications",
    "ro_waiting_list",
    "ro_quota",
    "ro_confirmation_email",
    "ro_meeting",
    "ro_payment",
    "ro_missed_payment",
    "ro_response_time",
    "ro_update_details",
    "coop_what_is",
    "coop_advantages",
    "coop_requirements",
    "internship_agreement",
    "school_letter",
    "country_eligible",
    "age_limit",
    "max_stay",
    "second_participation",
    "season_dates",
    "invitation_rounds",
    "iec_how_to_apply",
    "invitation_to_apply",
    "documents",
    "job_offer",
    "noc_teer",
    "change_employer",
    "participation_fee",
    "employer_fee",
    "processing_time",
    "proof_of_funds",
    "health_insurance",
    "passport",
    "return_ticket",
    "dependants",
    "residence",
    "admissibility",
    "age_calculation",
    "dual_citizenship",
    "poe_letter",
    "extend_stay",
    "biometrics_medical",
    "refunds",
    "work_conditions",
    "pr_after_iec",
    "account_technical",
}


@cache
def themes() -> dict[str, dict[str, Any]]:
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted(FAQ.glob("*.yml"))
    }


@cache
def examples() -> dict[str, list[str]]:
    return {
        entry["intent"].removeprefix("faq/"): [
            line.removeprefix("- ").strip() for line in entry["examples"].splitlines()
        ]
        for theme in themes().values()
        for entry in theme["nlu"]
    }


@cache
def answers() -> dict[str, str]:
    return {
        name.removeprefix("utter_faq/"): variations[0]["text"].strip()
        for theme in themes().values()
        for name, variations in theme["responses"].items()
    }


@cache
def figures(season: str) -> dict[str, str]:
    return load_knowledge(season, RO_SEASONS[season]).figure_texts()


def plain(example: str) -> str:
    return " ".join(re.findall(r"\w+", example.casefold()))


def syllables(word: str) -> int:
    """Count groups of vowels; a silent ending counts for nothing."""
    spoken = re.sub(r"(?:[^laeiouy]es|[^tdaeiouy]ed|[^laeiouy]e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]{1,2}", spoken)))


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade; textstat's own needs a dictionary from the network for syllables."""
    words = re.findall(r"[A-Za-z']+", text)
    per_word = sum(map(syllables, words)) / len(words)
    return float(0.39 * textstat.words_per_sentence(text) + 11.8 * per_word - 15.59)


def test_every_topic_of_the_assistant_is_there() -> None:
    assert topics().keys() >= TOPICS


def test_topics_examples_and_answers_have_the_same_names() -> None:
    assert topics().keys() == examples().keys() == answers().keys()


def test_examples_answer_and_entry_of_a_topic_stand_in_the_same_theme() -> None:
    for theme, content in themes().items():
        named = {entry["intent"].removeprefix("faq/") for entry in content["nlu"]}
        assert named == {name.removeprefix("utter_faq/") for name in content["responses"]}
        assert named == {topic.name for topic in topics().values() if topic.theme == theme}


@pytest.mark.parametrize("topic", topics())
def test_a_topic_has_enough_different_examples(topic: str) -> None:
    assert len({plain(example) for example in examples()[topic]}) >= FEWEST_EXAMPLES


def test_no_example_stands_in_two_topics_or_twice_in_one() -> None:
    counted = Counter(plain(example) for texts in examples().values() for example in texts)
    assert [example for example, times in counted.items() if times > 1] == []


def test_countries_in_examples_are_plain_text_without_annotation() -> None:
    annotated = [
        each for texts in examples().values() for each in texts if re.search(r"[\[\]]", each)
    ]
    assert annotated == []


@pytest.mark.parametrize("topic", topics())
def test_the_question_on_a_button_is_one_of_the_examples(topic: str) -> None:
    assert topics()[topic].question in examples()[topic]


def test_no_two_buttons_have_the_same_words() -> None:
    titles = Counter(topic.title.casefold() for topic in topics().values())
    assert [title for title, times in titles.items() if times > 1] == []


@pytest.mark.parametrize("topic", topics())
def test_a_topic_leads_to_two_others_and_not_to_itself(topic: str) -> None:
    following = topics()[topic].next
    assert len(set(following)) == 2
    assert topic not in following
    assert set(following) <= {*topics(), PRESCREEN}


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("topic", topics())
def test_a_topic_has_a_source_in_every_season(topic: str, season: str) -> None:
    known = load_knowledge(season, season)
    sources = topics()[topic].sources
    assert set(sources) <= load_sources().keys() | figures(season).keys()
    assert any(name in load_sources() or known.figure(name) for name in sources)


@pytest.mark.parametrize("topic", topics())
def test_an_answer_has_at_most_two_short_bubbles(topic: str) -> None:
    bubbles = answers()[topic].split("\n\n")
    assert len(bubbles) <= MOST_BUBBLES
    assert all(len(bubble) <= LONGEST_BUBBLE for bubble in bubbles)


@pytest.mark.parametrize("topic", topics())
def test_an_answer_has_no_typed_figure(topic: str) -> None:
    text = re.sub(r"{\w+}", "", answers()[topic])
    for name in NAMES_WITH_DIGITS:
        text = text.replace(name, "")
    assert re.findall(r"\S*\d\S*", text) == []


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("topic", topics())
def test_an_answer_can_be_filled_and_is_easy_to_read_in_every_season(
    topic: str, season: str
) -> None:
    text = answers()[topic].format_map(figures(season))
    assert reading_grade(text) <= HIGHEST_GRADE


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("topic", topics())
def test_a_figure_that_is_not_published_leaves_a_readable_sentence(topic: str, season: str) -> None:
    text = answers()[topic].format_map(figures(season))
    assert text.count(NOT_PUBLISHED) == len(re.findall(rf": {NOT_PUBLISHED}\.", text))


@pytest.mark.parametrize("topic", topics())
def test_an_answer_promises_and_advises_nothing(topic: str) -> None:
    forbidden = (
        r"you are eligible|you qualify|you should (?:choose|apply)|guarantee that|we recommend"
    )
    assert not re.search(forbidden, answers()[topic].casefold())


def test_sentences_about_a_country_are_easy_to_read() -> None:
    path = ROOT / "data/responses/countries.yml"
    responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    values = {"lines": "France:\n• Once.", "country": "France", "others": "Young Professionals"}
    hard = {
        name: reading_grade(text)
        for name, (variation, *_) in responses.items()
        for text in [re.sub(r"{(\w+)}", lambda m: values.get(m[1], "2"), variation["text"])]
        if len(text.split()) > 12 and reading_grade(text) > HIGHEST_GRADE
    }
    assert hard == {}
