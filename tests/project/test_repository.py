"""What is committed: sources, and pictures of the documents."""

from __future__ import annotations

import subprocess
from pathlib import PurePath

from tests.project.files import ROOT

LARGEST = 500_000


def committed() -> list[PurePath]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [PurePath(name) for name in listed.stdout.split("\0") if (ROOT / name).is_file()]


def is_text(path: PurePath) -> bool:
    try:
        (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_nothing_binary_is_committed_but_pictures_of_the_documents():
    pictures = PurePath("docs/images")
    assert [
        path for path in committed() if pictures not in path.parents and not is_text(path)
    ] == []


def test_no_committed_file_is_large():
    assert [path for path in committed() if (ROOT / path).stat().st_size > LARGEST] == []
