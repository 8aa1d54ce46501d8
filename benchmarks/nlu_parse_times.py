"""How long ours and Rasa's default take to parse: one process, question by question in turn.

    python -m benchmarks.nlu_parse_times result.json

Whatever else the machine does slows both alike, and processor time is counted, not the clock. How
long DIET learnt does not change how long it takes to parse, so it learns for one epoch only.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.nlu_contenders import HELD_OUT, TUNING, Parse, ours, stock_rasa
from bot.nlu.measuring.questions import read_questions

WARM_UP = 50


def parse_times() -> dict[str, list[float]]:
    """Return the CPU seconds of each contender for each held-out question."""
    contenders: dict[str, Parse] = {"ours": ours()[0], "stock_rasa": stock_rasa(epochs=1)[0]}
    for question in read_questions(TUNING)[:WARM_UP]:
        for parse in contenders.values():
            parse(question.text)
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for question in read_questions(HELD_OUT):
        for name, parse in contenders.items():
            started = time.process_time()
            parse(question.text)
            times[name].append(time.process_time() - started)
    return times


def main(arguments: Sequence[str]) -> int:
    """Measure and write the seconds to a JSON file."""
    parser = argparse.ArgumentParser(description="Measure parse times.")
    parser.add_argument("output", type=Path)
    args = parser.parse_args(arguments)
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    args.output.write_text(json.dumps(parse_times()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
