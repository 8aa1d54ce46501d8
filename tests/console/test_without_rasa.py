"""The console outlives Rasa: it imports nothing of it, nor what only Python 3.10 has."""

from __future__ import annotations

import subprocess
import sys

from bot.settings import PROJECT_ROOT

ABSENT = ("rasa", "rasa_sdk", "tensorflow", "sanic", "spacy", "onnxruntime", "numpy")


def test_the_console_starts_without_rasa_and_its_libraries():
    code = f"""
import sys
import bot.console.__main__
loaded = {{name.split(".")[0] for name in sys.modules}}
print(sorted(loaded & set({ABSENT!r})))
"""
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
