"""Train one contender on the project's examples and let it judge the test questions.

    python -m benchmarks.nlu_contenders ours result.json

Each runs in a process of its own, so that none warms a cache for another and processor time is its
own. Time counts from the first example read to the model on disk; imports do not count.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.nlu.measuring.questions import Question, read_questions
from bot.nlu.measuring.typos import mistyped
from bot.settings import PROJECT_ROOT

EXAMPLES = PROJECT_ROOT / "data" / "nlu"
HELD_OUT = PROJECT_ROOT / "tests" / "nlu" / "held_out.yml"
TUNING = PROJECT_ROOT / "tests" / "nlu" / "tuning.yml"
TYPO_SEED = 1
KEPT_GUESSES = 10
FLAT = "--"


class Guess(NamedTuple):
    """The labels for a text, likeliest first, how sure of the first, and if it is to be trusted."""

    guesses: list[str]
    score: float
    trusted: bool


Parse = Callable[[str], Guess]


def ours() -> tuple[Parse, float]:
    """Train the pipeline of `config.yml` (its NLU part); return its parse and CPU seconds."""
    return _rasa(PROJECT_ROOT / "config.yml", EXAMPLES, _guess_of_ours)


def stock_rasa(epochs: int = 100) -> tuple[Parse, float]:
    """Train what Rasa suggests to a new project: DIET and FallbackClassifier.

    Every topic is an intent of its own, so that DIET alone does what our classifier does: with a
    ResponseSelector behind it, training takes twice as long and two mistakes can add up.
    """
    with tempfile.TemporaryDirectory() as folder:
        examples = Path(folder) / "nlu.yml"
        _write_plain_intents(read_questions(*sorted(EXAMPLES.rglob("*.yml"))), examples)
        config = Path(folder) / "config.yml"
        stock = Path(__file__).with_name("stock_config.yml").read_text(encoding="utf-8")
        config.write_text(stock.replace("epochs: 100", f"epochs: {epochs}"), encoding="utf-8")
        return _rasa(config, examples, _guess_of_stock)


def tfidf() -> tuple[Parse, float]:
    """Train scikit-learn's TfidfVectorizer and LogisticRegression as they come."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return _scikit_learn(TfidfVectorizer(), {})


def tfidf_tuned() -> tuple[Parse, float]:
    """Train the same on words, pairs of words and letter groups, with less regularisation."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2)),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2),
    )
    return _scikit_learn(features, {"C": 20.0, "tol": 0.01})


CONTENDERS = {
    "ours": ours,
    "stock_rasa": stock_rasa,
    "tfidf": tfidf,
    "tfidf_tuned": tfidf_tuned,
}


def measure(name: str) -> dict[str, Any]:
    """Return what the contender `name` made of every test question, and what that cost."""
    parse, training_cpu = CONTENDERS[name]()
    held_out, tuning = read_questions(HELD_OUT), read_questions(TUNING)
    for question in tuning[:50]:
        parse(question.text)
    times: list[float] = []
    return {
        "training_cpu": training_cpu,
        "held_out": _judge(parse, held_out, times),
        "mistyped": _judge(parse, mistyped(held_out, TYPO_SEED), []),
        "tuning": _judge(parse, tuning, []),
        "parse_seconds": times,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _judge(parse: Parse, questions: Sequence[Question], times: list[float]) -> list[dict[str, Any]]:
    judged = []
    for question in questions:
        started = time.process_time()
        guess = parse(question.text)
        times.append(time.process_time() - started)
        judged.append({"text": question.text, "label": question.label, **guess._asdict()})
    return judged


def _write_plain_intents(examples: Sequence[Question], file: Path) -> None:
    groups: dict[str, list[str]] = {}
    for example in examples:
        groups.setdefault(example.label.replace("/", FLAT), []).append(f"- {example.text}\n")
    with file.open("w", encoding="utf-8") as stream:
        stream.write('version: "3.1"\nnlu:\n')
        for label, lines in groups.items():
            text = json.dumps("".join(lines), ensure_ascii=False)
            stream.write(f"- intent: {label}\n  examples: {text}\n")


def _rasa(
    config: Path, examples: Path, guess_of: Callable[[dict[str, Any]], Guess]
) -> tuple[Parse, float]:
    import asyncio
    import logging

    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        model = train_nlu(str(config), str(examples), folder)
        training_cpu = time.process_time() - started
        agent = Agent.load(model)
    loop = asyncio.new_event_loop()

    def parse(text: str) -> Guess:
        return guess_of(loop.run_until_complete(agent.parse_message(text)))

    return parse, training_cpu


def _guess_of_ours(result: dict[str, Any]) -> Guess:
    labels = [guess["name"] for guess in result["label_ranking"]]
    understanding = result["understanding"]
    return Guess(labels, understanding["score"], understanding["zone"] == "sure")


def _guess_of_stock(result: dict[str, Any]) -> Guess:
    ranking = [guess for guess in result["intent_ranking"] if guess["name"] != "nlu_fallback"]
    labels = [guess["name"].replace(FLAT, "/") for guess in ranking]
    trusted = result["intent"]["name"] != "nlu_fallback"
    return Guess(labels[:KEPT_GUESSES], ranking[0]["confidence"], trusted)


def _scikit_learn(features: Any, options: dict[str, Any]) -> tuple[Parse, float]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    started = time.process_time()
    examples = read_questions(*sorted(EXAMPLES.rglob("*.yml")))
    model = make_pipeline(features, LogisticRegression(max_iter=1000, random_state=1, **options))
    model.fit([e.text for e in examples], [e.label for e in examples])
    training_cpu = time.process_time() - started

    def parse(text: str) -> Guess:
        probabilities = model.predict_proba([text])[0]
        order = probabilities.argsort()[::-1][:KEPT_GUESSES]
        return Guess([str(model.classes_[i]) for i in order], float(probabilities[order[0]]), True)

    return parse, training_cpu


def main(arguments: Sequence[str]) -> int:
    """Measure the contender and write what was found to a JSON file."""
    parser = argparse.ArgumentParser(description="Train and measure one contender.")
    parser.add_argument("name", choices=CONTENDERS)
    parser.add_argument("output", type=Path)
    args = parser.parse_args(arguments)
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    args.output.write_text(json.dumps(measure(args.name)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
