"""How well self-descriptions are read, set by set, written into `docs/reading.md`.

python -m benchmarks.reading_report
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.nlu.measuring.reading import (
    ReadingFigures,
    SetOfDescriptions,
    measure_reading,
    read_sets,
)
from bot.settings import PROJECT_ROOT

TABLE = PROJECT_ROOT / "tests" / "nlu" / "self_descriptions.yml"
REPORT = PROJECT_ROOT / "docs" / "reading.md"
BEGIN, END = "<!-- figures: written by make nlu-report -->", "<!-- end of the figures -->"

Measured = Sequence[tuple[SetOfDescriptions, ReadingFigures]]


def tables(measured: Measured) -> str:
    """Return the figures in Markdown: those of the unseen sets first, then every set."""
    kinds = sorted({_kind(one) for one, _ in measured}, reverse=True)
    lines = [
        "| | sentences | right | with a wrong value | facts right | values wrong |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_sum(name, [pair for pair in measured if _kind(pair[0]) == name]) for name in kinds),
        "",
        "| set | sentences | when new: right | wrong "
        "| now: right | wrong | facts right | values wrong |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {one.name.replace('_', ' ')} | {found.sentences} | {one.first.right:.1f} % | "
            f"{one.first.wrong:.1f} % | "
            f"{_shares(found.right, found.wrong, found.facts, found.false)}"
            for one, found in measured
        ),
    ]
    return "\n".join(lines)


def _kind(one: SetOfDescriptions) -> str:
    return "never looked at" if one.kept_apart else f"learnt from, by {one.by}"


def _sum(name: str, measured: Measured) -> str:
    sentences = sum(found.sentences for _, found in measured)
    shares = (
        sum(getattr(found, share) * found.sentences for _, found in measured) / sentences
        for share in ("right", "wrong", "facts", "false")
    )
    return f"| {name} | {sentences} | {_shares(*shares)}"


def _shares(*shares: float) -> str:
    return " | ".join(f"{share:.1%}" for share in shares) + " |"


def main() -> None:
    """Measure every set and write the figures between their marks."""
    measured = [(one, measure_reading(one.path)) for one in read_sets(TABLE)]
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    REPORT.write_text(f"{before}{BEGIN}\n{tables(measured)}\n{END}{after}", encoding="utf-8")
    print(tables(measured))


if __name__ == "__main__":
    main()
