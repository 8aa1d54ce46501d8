"""`iec nlu`: learn, tune and measure the understanding."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

import yaml

from bot.cli.train import prepare_model
from bot.cli.training_state import MODEL
from bot.clock import system_clock
from bot.conversation.reading.weighing.examples import Description, examples
from bot.conversation.reading.weighing.learning import learn
from bot.conversation.reading.weighing.weighed import WEIGHTS
from bot.nlu.measuring.config import read_thresholds, write_thresholds
from bot.nlu.measuring.figures import accuracy_by_label, choose_thresholds, figures
from bot.nlu.measuring.questions import read_questions, unseen
from bot.nlu.measuring.typos import mistyped
from bot.nlu.trained import TrainedModel
from bot.settings import PROJECT_ROOT, settings

TUNING_SET = Path("tests/nlu/tuning.yml")
HELD_OUT = Path("tests/nlu/held_out.yml")
WEAKEST = 8
TYPO_DRAWS = 8
EXAMPLES = "data/nlu/**/*.yml"
READING_TABLE = Path("tests/unit/reading/facts.yaml")
EMPHASIS = 3
"""How often each row of the table is learnt: it holds what the weights must not contradict."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec nlu learn`, `iec nlu tune` and `iec nlu report`."""
    parser = subparsers.add_parser("nlu", help="tune and measure the understanding")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    tune = actions.add_parser("tune", help="choose the thresholds and write them to config.yml")
    tune.add_argument(
        "--unanswered",
        type=_share,
        default=0.02,
        metavar="SHARE",
        help="questions in scope that may stay without an answer (default: 0.02)",
    )
    tune.add_argument(
        "--turned-down",
        type=_share,
        default=0.01,
        metavar="SHARE",
        help="those among them that may get no question back either (default: 0.01)",
    )
    actions.add_parser("report", help="measure the model on the held-out questions")
    actions.add_parser(
        "learn", help="learn the weights of reading anew from its examples; takes a minute"
    )


def run(args: argparse.Namespace) -> int:
    """Learn, or tune or report, after training the model if it is stale."""
    if args.action == "learn":
        return _learn()
    prepare_model(settings())
    if args.action == "report":
        return _report()
    return _tune(args.unanswered, args.turned_down)


def _report() -> int:
    model, questions = TrainedModel(PROJECT_ROOT / MODEL), read_questions(PROJECT_ROOT / HELD_OUT)
    judgements = model.judge(questions)
    sure = read_thresholds(PROJECT_ROOT / "config.yml").sure
    measured = figures(judgements, sure)
    lost = [
        100 * (measured.accuracy - figures(model.judge(mistyped(questions, seed)), sure).accuracy)
        for seed in range(1, TYPO_DRAWS + 1)
    ]
    print(f"{measured.questions} questions in scope and {measured.out_of_scope} out of scope:")
    print(f"{measured.accuracy:7.1%}  right topic first")
    print(f"{measured.refused:7.1%}  of those in scope not answered")
    print(f"{measured.wrong:7.1%}  of those in scope answered with the wrong topic")
    print(f"{measured.recall:7.1%}  of those out of scope recognised")
    print(
        f"{fmean(lost):6.1f}   points lost to a typo in every word, the mean of {TYPO_DRAWS} draws "
        f"({min(lost):.1f} to {max(lost):.1f})"
    )
    print("Weakest labels, by first guess:")
    weakest = sorted(accuracy_by_label(judgements).items(), key=lambda entry: entry[1])
    for label, share in weakest[:WEAKEST]:
        print(f"{share:7.1%}  {label}")
    return 0


def _learn() -> int:
    lessons = [*examples(), *EMPHASIS * list(_of_the_table())]
    for name, scales in learn(lessons).items():
        path = WEIGHTS / f"{name}.jsonl"
        scales.write(path)
        print(f"{path.relative_to(PROJECT_ROOT)}: {len(scales.rows)} pieces of evidence")
    print(f"Learnt from {len(lessons)} sentences. `python -m benchmarks.reading_report` measures.")
    return 0


def _of_the_table() -> Iterator[Description]:
    """Yield what the unit tests of reading demand."""
    tables = yaml.safe_load((PROJECT_ROOT / READING_TABLE).read_text(encoding="utf-8"))
    for rows in tables.values():
        for say, facts in rows.items():
            yield Description(say, facts, maybe={})


def _tune(unanswered: float, turned_down: float) -> int:
    examples = read_questions(*sorted(PROJECT_ROOT.glob(EXAMPLES)))
    questions = unseen(read_questions(PROJECT_ROOT / TUNING_SET), examples)
    judgements = TrainedModel(PROJECT_ROOT / MODEL).judge(questions)
    thresholds = choose_thresholds(judgements, unanswered, turned_down)
    measured = figures(judgements, thresholds.sure)
    today = system_clock().date()
    origin = (
        f"from {TUNING_SET}, {measured.questions} questions and {measured.out_of_scope} "
        f"out of scope, {today.isoformat()}"
    )
    write_thresholds(PROJECT_ROOT / "config.yml", thresholds, origin)
    print(f"sure: {thresholds.sure}  between: {thresholds.between}  ({origin})")
    print(
        f"There, {measured.refused:.1%} of the questions are not answered, {measured.wrong:.1%} "
        f"are answered wrongly, and {measured.recall:.1%} of those out of scope are recognised."
    )
    print("config.yml is written; `iec train` makes it count.")
    return 0


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a share between 0 and 1")
    return share
