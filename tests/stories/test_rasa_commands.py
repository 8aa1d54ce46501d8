"""Rasa's own commands on the project, as a Rasa user would run them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from bot.settings import PROJECT_ROOT

STORIES = sorted((PROJECT_ROOT / "tests/stories").glob("test_*.yml"))


def rasa(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_rasa_test_predicts_every_story(trained_model_path: Path, tmp_path: Path):
    written = sum(len(yaml.safe_load(path.read_text())["stories"]) for path in STORIES)
    assert written > 0
    result = rasa(
        "test", "core", "--e2e", "--stories", "tests/stories", "--model", str(trained_model_path),
        "--fail-on-prediction-errors", "--no-plot", "--out", str(tmp_path),
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"Correct:          {written} / {written}" in result.stderr + result.stdout


def test_rasa_data_validate_finds_nothing_wrong():
    result = rasa("data", "validate", "--max-history", "6")
    assert result.returncode == 0, result.stdout + result.stderr
