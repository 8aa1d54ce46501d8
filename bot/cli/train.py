"""`iec train`: train the model when it is stale, with Rasa's own command, and explain a failure.

Rasa trains into a folder of its own; only a finished model replaces the one in use.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from bot.cli.children import die_with_parent
from bot.cli.errors import CommandError, one_line
from bot.cli.training_state import MODEL, fingerprint, is_current, remember
from bot.model_signature import sign, signature_of, verify
from bot.settings import PROJECT_ROOT, Settings, settings

RASA_FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")

_RED = re.compile(r"\x1b\[91m(.*?)\x1b\[0m", re.DOTALL)
_YELLOW = re.compile(r"\x1b\[93m(.*?)\x1b\[0m", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[\d+m")
_COMPONENT = re.compile(r"Starting to train component '(?:.*\.)?(\w+)'")
_HARMLESS = ("is not used in any story or rule", "duplicated intents")
_VALIDATION_FAILED = "Project validation completed with errors"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `iec train`."""
    parser = subparsers.add_parser("train", help="train the model if it is stale")
    parser.add_argument("--force", action="store_true", help="train even if nothing has changed")


def run(args: argparse.Namespace) -> int:
    """Train the project's model if it is stale or `--force` is given."""
    if not prepare_model(settings(), force=args.force):
        print(f"{MODEL} is up to date (--force trains it all the same).")
    return 0


def prepare_model(current: Settings, *, force: bool = False) -> bool:
    """Build the embedder's weights and train if stale or `force`; say whether it was trained.

    Raises:
        CommandError: see `ensure_trained`.
        UntrustedModel: the model is not the one that was signed.
        bot.nlu.weights.WeightsError: the weights are missing or damaged.
    """
    from bot.nlu.weights import build_weights

    build_weights()
    log, key = current.log_dir / "train.log", current.secret_key
    trained = ensure_trained(PROJECT_ROOT, log, sign_with=key, force=force)
    verify(PROJECT_ROOT / MODEL, key)
    return trained


def ensure_trained(
    root: Path,
    log: Path,
    *,
    sign_with: str | None = None,
    force: bool = False,
    command: Sequence[str] | None = None,
) -> bool:
    """Train `root`'s model if it is stale or `force` is set; say whether it was trained.

    A new model is signed with the key `sign_with`; one that lacks the signature asked for is stale.
    Of two at the same time the second waits, and mostly finds the model of the first. `command`
    stands in for `rasa train`; the output folder is appended to it. A failure leaves the old model
    and its fingerprint as they were.

    Raises:
        CommandError: a file is broken, or Rasa refused to train; says which and why.
    """
    if not force and _is_usable(root, sign_with):
        return False
    for name in RASA_FILES:
        read_yaml(root / name)
    with _one_at_a_time((root / MODEL).parent):
        if not force and _is_usable(root, sign_with):
            return False
        started = time.monotonic()
        print(f"Training {MODEL}", flush=True)
        _train(root, command or _rasa_train(), log, sign_with)
        print(f"  trained in {time.monotonic() - started:.0f} s", flush=True)
    return True


def read_yaml(path: Path) -> Mapping[str, Any]:
    """Return the mapping in the YAML file at `path`.

    Raises:
        CommandError: the file is missing, or is not a YAML mapping; names the file and line.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CommandError(f"{path.name} is missing.") from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        reason = getattr(error, "problem", None) or "not readable as YAML"
        raise CommandError(f"{path.name}{place}: {one_line(str(reason))}") from error
    if not isinstance(content, Mapping):
        raise CommandError(f"{path.name}: this is not a mapping of names to values.")
    return content


def reason_of(output: str) -> str:
    """Return why Rasa did not train, in one line, from everything that it printed.

    Rasa prints an error in red. When that only says that the validation failed, the warnings
    (yellow) tell more; when there is none, the last line of a traceback does.
    """
    reds = [one_line(red) for red in _RED.findall(output)]
    if reds and _VALIDATION_FAILED not in reds[-1]:
        return reds[-1]
    warnings = [
        one_line(yellow.split("UserWarning:")[-1])
        for yellow in _YELLOW.findall(output)
        if not any(harmless in yellow for harmless in _HARMLESS)
    ]
    if warnings:
        more = f" (and {len(warnings) - 1} more)" if len(warnings) > 1 else ""
        return warnings[0] + more
    lines = [line for line in _COLOUR.sub("", output).splitlines() if line.strip()]
    return one_line(lines[-1]) if lines else "it said nothing"


def _rasa_train() -> list[str]:
    # --force: Rasa's cache knows a component by its class alone, our fingerprint by all its code.
    options = ["--fixed-model-name", MODEL.name.removesuffix(".tar.gz"), "--force"]
    return [
        *[sys.executable, "-m", "rasa", "train", *options],
        *["--fail-on-validation-warnings", "--out"],
    ]


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".training").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another training to end", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_usable(root: Path, sign_with: str | None) -> bool:
    return is_current(root) and (sign_with is None or signature_of(root / MODEL).is_file())


def _train(root: Path, command: Sequence[str], log: Path, sign_with: str | None) -> None:
    trained_from = fingerprint(root)
    with tempfile.TemporaryDirectory(dir=(root / MODEL).parent, prefix=".training-") as folder:
        code, output = _follow([*command, folder], root, log)
        if code:
            reason = reason_of(output).replace(f"{root}/", "")
            raise CommandError(f"The model could not be trained: {reason} (all of it: {log})")
        finished = Path(folder) / MODEL.name
        if not finished.is_file():
            raise CommandError(f"Rasa trained no model. Its log: {log}")
        signature_of(root / MODEL).unlink(missing_ok=True)
        finished.replace(root / MODEL)
    if sign_with is not None:
        sign(root / MODEL, sign_with)
    remember(root, trained_from)


def _follow(command: Sequence[str], root: Path, log: Path) -> tuple[int, str]:
    """Run `command`, keep what it says in `log`, show its progress; return exit code and output."""
    log.parent.mkdir(parents=True, exist_ok=True)
    lines = []
    with (
        log.open("w", buffering=1, encoding="utf-8") as kept,
        subprocess.Popen(
            command,
            cwd=root,
            env={
                **os.environ,
                "PYTHONUNBUFFERED": "1",
                "PYTHONWARNINGS": "ignore::DeprecationWarning",
                "RASA_MAX_CACHE_SIZE": "0",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            preexec_fn=die_with_parent(),
        ) as process,
    ):
        assert process.stdout is not None
        try:
            for line in process.stdout:
                lines.append(line)
                kept.write(line)
                if component := _COMPONENT.search(line):
                    print(f"  {component[1]}", flush=True)
        except BaseException:
            process.terminate()
            raise
    return process.returncode, "".join(lines)
