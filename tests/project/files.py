"""What the tests of the project read: its modules, its YAML and its documents, without Rasa."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.settings import PROJECT_ROOT as ROOT

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def read_yaml(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader) or {}


@cache
def domain() -> dict[str, Any]:
    return read_yaml(ROOT / "domain.yml")


@cache
def data_files() -> tuple[Path, ...]:
    return tuple(sorted((ROOT / "data").rglob("*.yml")))


def in_data(key: str) -> Iterator[tuple[Path, Any]]:
    """Yield what stands under the top-level `key` of each data file, with the file's path."""
    for path in data_files():
        if content := read_yaml(path).get(key):
            yield path, content


def examples_by_intent() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, blocks in in_data("nlu"):
        for block in blocks:
            if "intent" in block:
                lines = block["examples"].splitlines()
                found.setdefault(block["intent"], []).extend(
                    line.removeprefix("- ").strip() for line in lines if line.startswith("- ")
                )
    return found


def responses() -> dict[str, list[dict[str, Any]]]:
    found = dict(domain().get("responses") or {})
    for _, block in in_data("responses"):
        found.update(block)
    return found


def steps() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every step of every rule and story, with the file's path."""
    for key in ("rules", "stories"):
        for path, blocks in in_data(key):
            for block in blocks:
                for step in block["steps"]:
                    yield path, step


@cache
def modules(*packages: str) -> tuple[Path, ...]:
    """Return the Python files of `packages`, tracked ones and new ones alike."""
    return tuple(sorted(path for name in packages for path in (ROOT / name).rglob("*.py")))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    """Return the dotted name of the module in the file at `path`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    """Return the dotted names that a module imports anywhere, also inside functions."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.relative_to(ROOT)}: relative import, name it in full"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def strings_in(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield each string of a module but its docstrings; True if an f-string goes on after it."""
    inside = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Expr):
            inside.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            first = node.values[0] if node.values else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, True
    for node in ast.walk(tree_of(path)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inside
        ):
            yield node.value, False


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def anchors_of(path: Path) -> set[str]:
    """Return the anchors that a renderer gives to the headings of a Markdown file."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ +(.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in headings}
