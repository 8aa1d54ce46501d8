"""What the reader of the knowledge files refuses, with file and line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, load_knowledge
from bot.knowledge.loading import FOLDER, PROGRAMS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge files that a test may spoil."""
    for name in ("seasons", "programs"):
        shutil.copytree(FOLDER / name, tmp_path / name)
    shutil.copy(FOLDER / "sources.yaml", tmp_path / "sources.yaml")
    return tmp_path


def spoil(file: Path, old: str, new: str) -> int:
    """Replace the first `old` of `file` and return its line."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


REFUSALS = {
    "a pool without source": (
        "seasons/2024.yaml",
        "ages: 18-35, months: 24, sources: [ircc_agreements, m2c_ages_2024], confidence: medium",
        "ages: 18-35, months: 24, confidence: medium",
        "has no 'sources'",
    ),
    "a pool with an empty list of sources": (
        "seasons/2024.yaml",
        "months: 23, sources: [ircc_agreements, m2c_ages_2024]",
        "months: 23, sources: []",
        "needs at least one source",
    ),
    "a source that is not registered": (
        "seasons/2024.yaml",
        "sources: [finland_2024], confidence: high,",
        "sources: [hearsay], confidence: high,",
        "'hearsay' is none of",
    ),
    "a figure without source": (
        "seasons/2024.yaml",
        "{cad: 172, sources: [m2c_coop_2024, bij_fees_2024], confidence: high}",
        "{cad: 172, confidence: high}",
        "participation_fee: has no 'sources'",
    ),
    "a figure without confidence": (
        "seasons/2024.yaml",
        "{cad: 172, sources: [m2c_coop_2024, bij_fees_2024], confidence: high}",
        "{cad: 172, sources: [m2c_coop_2024]}",
        "has no 'confidence'",
    ),
    "a figure without value": (
        "seasons/2024.yaml",
        "{cad: 172, sources",
        "{sources",
        "has no value",
    ),
    "a figure that is not a number": (
        "seasons/2024.yaml",
        "{cad: 172,",
        "{cad: about 172,",
        "does not look like 172 or 179.75",
    ),
    "a date that the calendar does not have": (
        "seasons/2024.yaml",
        "date: 2024-10-21",
        "date: 2024-02-30",
        "is no date of the calendar",
    ),
    "a figure that a criterion needs is missing": (
        "seasons/2024.yaml",
        "  minimum_funds:",
        "  least_funds:",
        "has no 'minimum_funds'",
    ),
    "a misspelt field": (
        "seasons/2024.yaml",
        "months: 23,",
        "moths: 23, months: 23,",
        "is not a field that is known here",
    ),
    "ages that are no range": (
        "seasons/2024.yaml",
        "ages: 18-35, months: 23",
        "ages: 35, months: 23",
        "'35' does not look like 18-35",
    ),
    "ages that end before they begin": (
        "seasons/2024.yaml",
        "ages: 18-35, months: 23",
        "ages: 35-18, months: 23",
        "35-18 ends before it begins",
    ),
    "a country that stands twice": (
        "seasons/2024.yaml",
        "  NZ:  # New Zealand",
        "  FR:  # New Zealand",
        "countries.FR: stands twice",
    ),
    "a country in lower case": (
        "seasons/2024.yaml",
        "  NZ:  # New Zealand",
        "  nz:  # New Zealand",
        "two-letter code in upper case",
    ),
    "an unknown status": (
        "seasons/2024.yaml",
        "status: suspended",
        "status: sleeping",
        "'sleeping' is none of",
    ),
    "an unknown word for repeats": (
        "seasons/2024.yaml",
        "{total: 1, repeat: never,",
        "{total: 1, repeat: sometimes,",
        "'sometimes' is none of never, always, unstated",
    ),
    "a season without its name": (
        "seasons/2024.yaml",
        'season: "2024"\n',
        "",
        "has no 'season'",
    ),
    "a season under another name": (
        "seasons/2024.yaml",
        'season: "2024"',
        'season: "2025"',
        "the file is named after season 2024",
    ),
    "a source without the day of reading": (
        "sources.yaml",
        '  season: "2026"\n  read: 2026-11-21\n',
        '  season: "2026"\n',
        "ircc_agreements: has no 'read'",
    ),
    "a source without season": (
        "sources.yaml",
        '  season: "2026"\n',
        "",
        "ircc_agreements: has no 'season'",
    ),
    "a source without address": (
        "sources.yaml",
        "url: https://",
        "url: see ",
        "does not look like https://www.canada.ca/",
    ),
    "a requirement without source": (
        "programs/international_coop.yaml",
        'text: "Come without dependants.", sources: [m2c_coop_2024]',
        'text: "Come without dependants."',
        "has no 'sources'",
    ),
    "a program without season": (
        "programs/international_coop.yaml",
        'season: "2024"\n',
        "",
        "has no 'season'",
    ),
    "a statement without text": (
        "programs/recognized_organization.yaml",
        '{text: "Being on the waiting list costs nothing.", ',
        "{",
        "free_waiting_list: has no 'text'",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "why"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_cannot_be_trusted_is_refused_with_file_and_line(
    folder: Path, file: str, old: str, new: str, why: str
):
    line = spoil(folder / file, old, new)
    with pytest.raises(KnowledgeError, match=re.escape(why)) as refusal:
        load_knowledge("2024", "2023", folder)
    place = re.match(r"(.+?), line (\d+):", str(refusal.value))
    assert place, str(refusal.value)
    assert place[1] == file
    whole_file = {"has no 'season'", "has no 'minimum_funds'"}
    if why not in whole_file:
        assert abs(int(place[2]) - line) <= 2


@pytest.mark.parametrize("text", ["", "season: [", "season: '2024'\x00", "- a list"])
def test_a_file_that_is_no_mapping_is_refused_by_name(folder: Path, text: str):
    (folder / "seasons" / "2024.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"seasons/2024\.yaml"):
        load_knowledge("2024", "2023", folder)


def test_a_missing_program_file_is_refused_by_name(folder: Path):
    (folder / "programs" / "international_coop.yaml").unlink()
    with pytest.raises(KnowledgeError, match=r"programs/international_coop\.yaml: cannot be read"):
        load_knowledge("2024", "2023", folder)


def test_a_new_season_is_one_more_file_and_no_code(folder: Path):
    text = (folder / "seasons" / "2026.yaml").read_text(encoding="utf-8")
    text = text.replace('season: "2026"', 'season: "2027"', 1)
    (folder / "seasons" / "2027.yaml").write_text(text, encoding="utf-8")
    knowledge = load_knowledge("2027", "2027", folder)
    assert [knowledge.program(name).season for name in PROGRAMS] == ["2027"] * 3
