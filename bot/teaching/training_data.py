"""Decided messages as Rasa's training data: which topic stands in which file, and what is new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.teaching.gathering import plain

_INTENT = re.compile(r"^- intent: *(\S+) *$", re.MULTILINE)
_EXAMPLE = re.compile(r"^ +- (.*\S)", re.MULTILINE)
_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
_LIKE_AN_ANNOTATION = re.compile(r"\](?=[({])")


class NoSuchTopic(LookupError):
    """No file of the training data has this topic."""


def files_by_label(folder: Path) -> dict[str, Path]:
    """Return the file in which the examples of each label stand."""
    return {
        label: path
        for path in sorted(folder.rglob("*.yml"))
        for label in _INTENT.findall(path.read_text(encoding="utf-8"))
    }


def new_examples(decided: Iterable[tuple[str, str]], folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the texts that are no examples yet, sorted, by label in the order of the alphabet.

    `decided`: label and text of each message. Texts that differ only in case or end marks are one.
    """
    known = {
        plain(_ANNOTATION.sub(r"\1", example))
        for path in folder.rglob("*.yml")
        for example in _EXAMPLE.findall(path.read_text(encoding="utf-8"))
    }
    found: dict[str, dict[str, str]] = {}
    for label, text in decided:
        if plain(text) not in known:
            found.setdefault(label, {}).setdefault(plain(text), _example(text))
    return {
        label: tuple(sorted(texts.values(), key=str.casefold))
        for label, texts in sorted(found.items())
    }


def as_yaml(examples: Mapping[str, tuple[str, ...]], files: Mapping[str, Path], root: Path) -> str:
    """Return the examples in Rasa's format; a comment names the file each topic belongs to."""
    lines = ['version: "3.1"', "", "nlu:"]
    for label, texts in examples.items():
        lines.append("")
        if label in files:
            lines.append(f"# {files[label].relative_to(root).as_posix()}")
        lines += [f"- intent: {label}", "  examples: |"]
        lines += [f"    - {text}" for text in texts]
    if not examples:
        lines[-1] = "nlu: []"
    return "\n".join(lines) + "\n"


def merged(content: str, label: str, texts: Iterable[str]) -> str:
    """Return the text of a training file with `texts` after the last example of `label`.

    Raises:
        NoSuchTopic: the file has no examples of that label.
    """
    lines = content.splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if line.rstrip() == f"- intent: {label}"), None)
    if start is None:
        raise NoSuchTopic(f"{label}: no file of the training data has this topic.")
    end = next((i for i in range(start + 1, len(lines)) if re.match(r"\S", lines[i])), len(lines))
    last = max((i for i in range(start, end) if _EXAMPLE.match(lines[i])), default=None)
    if last is None:
        raise NoSuchTopic(f"{label}: its examples cannot be found in the file.")
    indent = lines[last][: len(lines[last]) - len(lines[last].lstrip())]
    return "".join(
        [*lines[: last + 1], *(f"{indent}- {text}\n" for text in texts), *lines[last + 1 :]]
    )


def _example(text: str) -> str:
    """Return a text as one line that Rasa reads as plain words, never as an entity."""
    return _LIKE_AN_ANNOTATION.sub("] ", " ".join(text.split()))
