"""What is offered when a message was not understood with certainty."""

from __future__ import annotations

from bot.conversation.clarifying import likely_topics, topic_of


def message(zone: str) -> dict[str, object]:
    names = ["faq/age_limit", "greet", "faq/no_such_topic", "faq/max_stay", "faq/residence"]
    return {
        "understanding": {"zone": zone},
        "label_ranking": [{"name": name, "confidence": 0.3} for name in names],
    }


def test_the_two_likeliest_topics_are_offered_between_sure_and_no_idea():
    assert [topic.name for topic in likely_topics(message("between"))] == ["age_limit", "max_stay"]


def test_nothing_is_offered_when_there_is_no_idea():
    assert likely_topics(message("no_idea")) == ()
    assert likely_topics({}) == ()


def test_the_topic_is_the_label_without_its_intent():
    selector = {"faq": {"response": {"intent_response_key": "faq/age_limit"}}}
    assert topic_of({"response_selector": selector}) == "age_limit"
