"""Sets of questions in Rasa's NLU format, each with the label that is right for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.nlu.text import clean

_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
_EXAMPLE = re.compile(r"^\s*- (.*\S)", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """What somebody writes, and its label (an intent, or `faq/<topic>`)."""

    text: str
    label: str


def read_questions(*files: Path) -> list[Question]:
    """Return the examples of all `files`, without entity annotations.

    Raises OSError or ruamel.yaml.YAMLError when a file is not readable.
    """
    return [question for file in files for question in _questions_in(file)]


def unseen(questions: Iterable[Question], examples: Iterable[Question]) -> list[Question]:
    """Return the `questions` that do not stand word for word among the `examples`."""
    seen = {_words(example.text) for example in examples}
    return [question for question in questions if _words(question.text) not in seen]


def _questions_in(file: Path) -> Iterator[Question]:
    from ruamel.yaml import YAML

    content = YAML(typ="safe").load(file.read_text(encoding="utf-8")) or {}
    for group in content.get("nlu", []):
        if "intent" in group:
            for example in _EXAMPLE.findall(group["examples"]):
                yield Question(_ANNOTATION.sub(r"\1", example), group["intent"])


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", clean(text)))
