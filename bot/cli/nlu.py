"""`iec nlu`: tune the thresholds of the understanding."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.cli.train import prepare_model
from bot.cli.training_state import MODEL
from bot.clock import system_clock
from bot.nlu.measuring.config import write_thresholds
from bot.nlu.measuring.figures import choose_thresholds, figures
from bot.nlu.measuring.questions import read_questions, unseen
from bot.nlu.trained import TrainedModel
from bot.settings import PROJECT_ROOT, settings

TUNING_SET = Path("tests/nlu/tuning.yml")
EXAMPLES = "data/nlu/**/*.yml"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec nlu tune`."""
    parser = subparsers.add_parser("nlu", help="tune the understanding")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    tune = actions.add_parser("tune", help="choose the thresholds and write them to config.yml")
    tune.add_argument(
        "--unanswered",
        type=_share,
        default=0.04,
        metavar="SHARE",
        help="questions in scope that may stay without an answer (default: 0.04)",
    )
    tune.add_argument(
        "--turned-down",
        type=_share,
        default=0.01,
        metavar="SHARE",
        help="those among them that may get no question back either (default: 0.01)",
    )


def run(args: argparse.Namespace) -> int:
    """Tune the thresholds, after training the model if it is stale."""
    prepare_model(settings())
    return _tune(args.unanswered, args.turned_down)


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
