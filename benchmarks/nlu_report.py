"""`make nlu-report`: measure our understanding beside two others, and write `docs/nlu.md`.

Every contender trains on the same examples and judges the same questions, each in a process of
its own, one thread, one after the other. A result is kept in `results/nlu` as long as what it was
made from stays the same, as Rasa's own takes most of an hour; `--fresh` measures all again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks import reading_report
from benchmarks.chart import bar_chart
from benchmarks.nlu_contenders import EXAMPLES, HELD_OUT, TUNING
from bot.clock import system_clock
from bot.nlu.measuring.figures import Figures, Judgement, choose_thresholds, figures
from bot.nlu.measuring.questions import Question, read_questions
from bot.settings import PROJECT_ROOT

RESULTS = PROJECT_ROOT / "results" / "nlu"
REPORT = PROJECT_ROOT / "docs" / "nlu.md"
CHART = PROJECT_ROOT / "docs" / "images" / "nlu.svg"
BEGIN, END = "<!-- figures: written by make nlu-report -->", "<!-- end of the figures -->"
UNANSWERED, TURNED_DOWN = 0.02, 0.01
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
}
HERE = Path(__file__).parent
NAMES = {
    "ours": "Ours",
    "stock_rasa": "Rasa's default (DIET)",
    "tfidf": "TF-IDF + LR",
    "tfidf_tuned": "TF-IDF + LR, tuned",
}
MADE_FROM = {
    "ours": [PROJECT_ROOT / "config.yml", *sorted((PROJECT_ROOT / "bot" / "nlu").rglob("*.py"))],
    "stock_rasa": [HERE / "stock_config.yml"],
    "tfidf": [],
    "tfidf_tuned": [],
}


@dataclass(frozen=True)
class Result:
    """What one contender achieved: on the test questions, on the same with typos, and its cost."""

    plain: Figures
    mistyped: Figures
    served: Figures
    training_cpu: float
    parse_p50: float
    parse_p99: float
    peak_mb: float

    @classmethod
    def of(cls, measured: dict[str, Any]) -> Result:
        """Return the figures; the threshold is chosen on the tuning questions, for all alike."""
        sure = choose_thresholds(_judgements(measured["tuning"]), UNANSWERED, TURNED_DOWN).sure
        percentiles = quantiles(measured["parse_seconds"], n=100)
        return cls(
            plain=figures(_judgements(measured["held_out"]), sure),
            mistyped=figures(_judgements(measured["mistyped"]), sure),
            served=figures(_as_served(measured["held_out"]), 0.5),
            training_cpu=measured["training_cpu"],
            parse_p50=percentiles[49] * 1000,
            parse_p99=percentiles[98] * 1000,
            peak_mb=measured["peak_mb"],
        )


def fingerprint(name: str) -> str:
    """Return a digest of everything that the result of contender `name` depends on."""
    rows = [*_examples(), *read_questions(HELD_OUT, TUNING)]
    content = [repr(rows).encode(), *(file.read_bytes() for file in MADE_FROM[name])]
    return hashlib.sha256(b"\0".join(content)).hexdigest()


def measured(name: str, *, fresh: bool) -> dict[str, Any]:
    """Return what contender `name` did, from `results/nlu` if that is still true."""
    kept = RESULTS / f"{name}.json"
    if not fresh and kept.exists():
        content: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        if content["fingerprint"] == fingerprint(name):
            return content
    RESULTS.mkdir(parents=True, exist_ok=True)
    print(f"Training and asking: {NAMES[name]}", flush=True)
    made_from = fingerprint(name)
    _run("benchmarks.nlu_contenders", [name, str(kept)], RESULTS / f"{name}.log")
    content = json.loads(kept.read_text(encoding="utf-8"))
    content |= {"fingerprint": made_from, "day": system_clock().date().isoformat()}
    kept.write_text(json.dumps(content), encoding="utf-8")
    return content


def parse_times(*, fresh: bool) -> dict[str, list[float]]:
    """Return the CPU seconds of each question of ours and of Rasa's default, taken in turn."""
    kept = RESULTS / "parse_times.json"
    if fresh or not kept.exists():
        print("Measuring parse times", flush=True)
        _run("benchmarks.nlu_parse_times", [str(kept)], RESULTS / "parse_times.log")
    times: dict[str, list[float]] = json.loads(kept.read_text(encoding="utf-8"))
    return times


def _run(module: str, arguments: Sequence[str], log_file: Path) -> None:
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(PROJECT_ROOT)}
    with log_file.open("w", encoding="utf-8") as log:
        subprocess.run(
            [sys.executable, "-m", module, *arguments],
            check=True,
            cwd=PROJECT_ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )


def report(contents: dict[str, dict[str, Any]]) -> str:
    """Return the tables, in Markdown."""
    results = {name: Result.of(content) for name, content in contents.items()}
    ours, rasa, simple = (results[name] for name in ("ours", "stock_rasa", "tfidf"))
    lead = ours.plain.accuracy - max(rasa.plain.accuracy, simple.plain.accuracy)
    typos = ours.plain.accuracy - ours.mistyped.accuracy
    speed, cost = ours.parse_p50 / rasa.parse_p50, rasa.training_cpu / ours.training_cpu
    goals = [
        ("topic accuracy", "≥ 95 %", f"{ours.plain.accuracy:.1%}", ours.plain.accuracy >= 0.95),
        ("points above the better of both", "≥ 5", f"{100 * lead:.1f}", lead >= 0.05),
        ("out of scope recognised", "≥ 90 %", f"{ours.plain.recall:.1%}", ours.plain.recall >= 0.9),
        ("in scope, yet not answered", "≤ 4 %", f"{ours.plain.refused:.1%}",
         ours.plain.refused <= 0.04),
        ("answered with the wrong topic", "≤ 3 %", f"{ours.plain.wrong:.1%}",
         ours.plain.wrong <= 0.03),
        ("points lost to a typo in every word", "≤ 5", f"{100 * typos:.1f}", typos <= 0.05),
        ("parse p50, DIET = 1", "≤ 0.5", f"{speed:.2f}", speed <= 0.5),
        ("training CPU, DIET = 1", "≤ 1/20", f"1/{cost:.0f}", cost >= 20),
    ]  # fmt: skip
    days = sorted({content["day"] for content in contents.values()})
    lines = [
        f"Measured on {' and '.join(days)} ({_machine()}): {len(_examples())} examples; "
        f"{ours.plain.questions} held-out questions in scope and {ours.plain.out_of_scope} out of "
        "scope. Processor times and milliseconds were taken on a machine busy with other work: "
        "trust the ratios.",
        "",
        "| goal | | measured | met |",
        "| --- | --- | --- | --- |",
        *(f"| {name} | {goal} | {value} | {'yes' if met else '**no**'} |"
          for name, goal, value, met in goals),
        "",
        f"| | {' | '.join(NAMES[name] for name in results)} |",
        "| --- |" + " --- |" * len(results),
        *_rows(list(results.values())),
    ]  # fmt: skip
    return "\n".join(lines)


def chart(contents: dict[str, dict[str, Any]]) -> str:
    """Return the picture of the shares that matter most."""
    results = [Result.of(content) for content in contents.values()]
    return bar_chart(
        "Held-out questions: right topic, right in spite of typos, and knowing its limits",
        [NAMES[name] for name in contents],
        {
            "right topic": [r.plain.accuracy for r in results],
            "right topic, a typo in every word": [r.mistyped.accuracy for r in results],
            "out of scope recognised": [r.plain.recall for r in results],
            "answered with the wrong topic": [r.plain.wrong for r in results],
        },
    )


def _rows(results: Sequence[Result]) -> list[str]:
    rows = {
        "topic accuracy": [f"{r.plain.accuracy:.1%}" for r in results],
        "the same, one typo a word": [f"{r.mistyped.accuracy:.1%}" for r in results],
        "out of scope, recognised": [f"{r.plain.recall:.1%}" for r in results],
        "in scope, yet not answered": [f"{r.plain.refused:.1%}" for r in results],
        "answered with the wrong topic": [f"{r.plain.wrong:.1%}" for r in results],
        "as configured: out of scope, recognised": [f"{r.served.recall:.1%}" for r in results],
        "as configured: not answered": [f"{r.served.refused:.1%}" for r in results],
        "as configured: wrong topic": [f"{r.served.wrong:.1%}" for r in results],
        "training, CPU seconds": [f"{r.training_cpu:.0f}" for r in results],
        "parse p50 / p99, CPU ms": [f"{r.parse_p50:.1f} / {r.parse_p99:.1f}" for r in results],
        "peak memory, MB": [f"{r.peak_mb:.0f}" for r in results],
    }
    return [f"| {name} | {' | '.join(values)} |" for name, values in rows.items()]


def _judgements(rows: Sequence[dict[str, Any]]) -> list[Judgement]:
    return [Judgement(r["text"], r["label"], tuple(r["guesses"]), r["score"]) for r in rows]


def _as_served(rows: Sequence[dict[str, Any]]) -> list[Judgement]:
    """Score 1 what the contender itself would answer (its own thresholds), and 0 what not."""
    return [
        Judgement(r["text"], r["label"], tuple(r["guesses"]), float(r["trusted"])) for r in rows
    ]


def _examples() -> list[Question]:
    return read_questions(*sorted(EXAMPLES.rglob("*.yml")))


def _machine() -> str:
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}"


def main(arguments: Sequence[str]) -> int:
    """Measure what is not measured yet and write the report and its chart."""
    parser = argparse.ArgumentParser(description="Measure the understanding side by side.")
    parser.add_argument("--fresh", action="store_true", help="measure every contender again")
    args = parser.parse_args(arguments)
    contents = {name: measured(name, fresh=args.fresh) for name in NAMES}
    for name, seconds in parse_times(fresh=args.fresh).items():
        contents[name]["parse_seconds"] = seconds
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    tables = f"{BEGIN}\n{report(contents)}\n{END}"
    REPORT.write_text(before + tables + after, encoding="utf-8")
    CHART.write_text(chart(contents), encoding="utf-8")
    print(report(contents))
    reading_report.main()
    print(f"\nWritten to {REPORT.relative_to(PROJECT_ROOT)} and docs/reading.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
