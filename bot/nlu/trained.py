"""A trained model, loaded in this process without dialogue or actions."""

from __future__ import annotations

import asyncio
import logging
import time
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.nlu.measuring.figures import Judgement
from bot.nlu.measuring.questions import Question


class TrainedModel:
    """Parses messages with the model file at `path`. Raises Rasa's errors if it does not load."""

    def __init__(self, path: Path) -> None:
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.ERROR)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from rasa.core.agent import Agent

            self._agent = Agent.load(str(path))

    def parse(self, texts: Iterable[str]) -> list[tuple[dict[str, Any], float]]:
        """Return for each text what Rasa makes of it, and the seconds that it took."""
        return asyncio.run(self._parse(list(texts)))

    def judge(self, questions: Sequence[Question]) -> list[Judgement]:
        """Return how our topic classifier judges the `questions`."""
        parsed = self.parse(question.text for question in questions)
        return [_judgement(q, result) for q, (result, _) in zip(questions, parsed, strict=True)]

    async def _parse(self, texts: list[str]) -> list[tuple[dict[str, Any], float]]:
        parsed = []
        for text in texts:
            started = time.perf_counter()
            result = await self._agent.parse_message(text)
            parsed.append((result, time.perf_counter() - started))
        return parsed


def _judgement(question: Question, result: dict[str, Any]) -> Judgement:
    guesses = tuple(guess["name"] for guess in result["label_ranking"])
    return Judgement(question.text, question.label, guesses, result["understanding"]["score"])
