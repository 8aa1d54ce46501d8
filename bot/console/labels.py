"""The topics and intents that staff can choose from, each with words to find it by."""

from __future__ import annotations

from functools import cache

from bot.knowledge.topics import topics
from bot.settings import PROJECT_ROOT
from bot.teaching.training_data import files_by_label


@cache
def known_labels() -> tuple[tuple[str, str], ...]:
    """Return each label of the training data with a question or words that describe it."""
    questions = {f"faq/{name}": topic.question for name, topic in topics().items()}
    labels = files_by_label(PROJECT_ROOT / "data" / "nlu")
    return tuple(
        (label, questions.get(label, label.replace("_", " ").capitalize()))
        for label in sorted(labels)
    )
