"""A launcher with fake parts, run as a process of its own by test_up.py.

Arguments: the data directory, then for each part the Python code that it runs. It is ready as soon
as every part has written `up` into its log.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.cli.children import Part
from bot.cli.errors import CommandError
from bot.cli.up import supervise
from bot.settings import read_settings


def main() -> int:
    settings = read_settings({"IEC_DATA_DIR": sys.argv[1]})
    parts = [
        Part(f"part{number}", [sys.executable, "-u", "-c", code])
        for number, code in enumerate(sys.argv[2:])
    ]
    logs = [settings.log_dir / f"{part.name}.log" for part in parts]

    def ready() -> bool:
        return all(Path(log).exists() and "up" in log.read_text() for log in logs)

    try:
        supervise(settings, parts, ready=ready, timeout=3)
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
