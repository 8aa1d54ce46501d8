"""What the documents promise: links lead somewhere, settings and commands are the real ones."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
import tomli

from bot.cli.main import COMMANDS
from bot.settings import Periods, Settings
from tests.project.files import ROOT, anchors_of, documents, modules

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]+src=\"([^\"]+)\"")
LONGEST_MODULE = 400
MOST_PICTURE_BYTES = 300_000
README = (ROOT / "README.md").read_text(encoding="utf-8")


def links_of(document) -> list[str]:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [first or second for first, second in LINK.findall(text)]


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_project_leads_somewhere(document):
    broken = []
    for link in links_of(document):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)
    assert broken == []


PICTURES = sorted((ROOT / "docs" / "images").iterdir())


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_a_picture_loads_quickly(picture):
    assert picture.stat().st_size < MOST_PICTURE_BYTES


def settings_table() -> dict[str, str]:
    """Return the README's settings: name to default."""
    return dict(re.findall(r"^\| `(IEC_\w+)` \| ([^|]*?) +\|", README, re.MULTILINE))


def test_the_settings_table_lists_exactly_the_settings_that_are_read():
    source = (ROOT / "bot/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'environment(?:\.get\(|, )"(IEC_\w+)"', source))
    assert set(settings_table()) == read
    assert len(read) == len(fields(Settings)) - 1 + len(fields(Periods))


def test_the_settings_table_tells_the_real_defaults():
    source = (ROOT / "bot/settings.py").read_text(encoding="utf-8")
    numbers = dict(re.findall(r'_number\(environment, "(IEC_\w+)", ([\d_]+),', source))
    words = dict(re.findall(r'environment\.get\("(IEC_\w+)"\) or "([^"{]+)"', source))
    told = settings_table()
    defaults = {**{name: value.replace("_", "") for name, value in numbers.items()}, **words}
    assert {name: told[name].strip("`") for name in defaults} == defaults


def test_every_setting_that_an_operator_is_told_of_exists():
    operated = [ROOT / "docs/run-in-production.md", ROOT / "docs/security.md"]
    known = set(settings_table())
    named = {
        name
        for path in [*operated, *(ROOT / "deploy").iterdir()]
        for name in re.findall(r"\bIEC_[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8"))
    }
    assert {name for name in named if name.removesuffix("_FILE") not in known} == set()


def test_no_module_reads_a_setting_past_the_settings():
    past = {
        str(path.relative_to(ROOT))
        for path in modules("bot", "actions")
        if path.name != "settings.py"
        and re.search(r"(environ|getenv).{0,10}IEC_", path.read_text(encoding="utf-8"))
    }
    assert past == set()


def test_the_readme_names_the_two_commands_of_a_newcomer():
    assert "make run" in README
    assert "make test" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_explains_every_subcommand(command):
    assert f"`iec {command}" in README


def test_every_make_target_that_a_document_names_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {
        name
        for path in [*documents(), *modules("bot", "actions")]
        for name in re.findall(r"`make ([a-z-]+)", path.read_text(encoding="utf-8"))
    }
    assert named - targets == set()


def test_the_version_is_the_newest_of_the_changelog():
    version = tomli.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[?(\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    assert newest is not None
    assert newest[1] == version


def test_no_module_is_longer_than_a_person_reads_in_one_go():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules("bot", "actions")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_MODULE
    }
    assert long == {}


def test_no_module_is_called_after_nothing():
    vague = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [path for path in modules("bot", "actions") if path.name in vague] == []


def test_decision_records_are_numbered_without_gaps_and_listed():
    records = sorted(path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert [int(name[:3]) for name in records] == list(range(1, len(records) + 1))
