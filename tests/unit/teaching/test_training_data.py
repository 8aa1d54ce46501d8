"""Decided messages as training data."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.cli.main import main
from bot.database import open_engine
from bot.settings import PROJECT_ROOT, settings
from bot.teaching import Decision, TeachingInbox, gather
from bot.teaching.training_data import (
    NoSuchTopic,
    as_yaml,
    files_by_label,
    merged,
    new_examples,
)
from tests.unit.teaching.test_inbox import riddle
from tests.unit.transcripts.stored import store

MONEY = """version: "3.1"

nlu:
- intent: faq/fee
  examples: |
    - What does it cost?
    - how much is [IEC](program)

- intent: faq/funds
  examples: |
    - how much money must I have
responses:
  utter_faq/fee:
  - text: It costs CAD 172.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "nlu" / "faq").mkdir(parents=True)
    (tmp_path / "nlu" / "faq" / "money.yml").write_text(MONEY, encoding="utf-8")
    return tmp_path / "nlu"


def test_every_label_of_the_project_has_its_file() -> None:
    files = files_by_label(PROJECT_ROOT / "data" / "nlu")
    assert files["faq/participation_fee"].name == "money.yml"
    assert files["out_of_scope"].name == "out_of_scope.yml"
    assert len(files) > 60


def test_new_examples_are_sorted_and_none_stands_there_already(folder: Path) -> None:
    decided = [
        ("faq/funds", "Zero money?"),
        ("faq/fee", "WHAT does it cost"),
        ("faq/fee", "How much is iec?"),
        ("faq/funds", "another sum"),
        ("faq/funds", "Another sum!"),
        ("faq/fee", "price"),
    ]
    assert new_examples(decided, folder) == {
        "faq/fee": ("price",),
        "faq/funds": ("another sum", "Zero money?"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "- a dash: and a colon",
        "# no comment",
        "[number hidden](age)",
        '[x]{"entity": "age"}',
        "'quoted' \"twice\" {{ braces }} & *stars* | pipes > more",
        "two\nlines",
    ],
)
def test_whatever_visitors_typed_is_one_plain_example_for_rasa(folder: Path, text: str) -> None:
    from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

    content = as_yaml(new_examples([("faq/fee", text)], folder), files_by_label(folder), folder)
    (example,) = RasaYAMLReader().reads(content).intent_examples
    assert example.get_full_intent() == "faq/fee"
    assert example.get("entities", []) == []
    assert example.get("text").replace("] ", "]") == " ".join(text.split()).replace("] ", "]")


def test_the_export_names_the_file_of_each_topic(folder: Path) -> None:
    text = as_yaml({"faq/fee": ("price",)}, files_by_label(folder), folder.parent)
    assert "# nlu/faq/money.yml\n- intent: faq/fee\n" in text
    assert yaml.safe_load(text)["nlu"][0]["examples"] == "- price\n"
    assert yaml.safe_load(as_yaml({}, {}, folder)) == {"version": "3.1", "nlu": []}


def test_merging_adds_lines_under_the_topic_and_touches_nothing_else() -> None:
    result = merged(MONEY, "faq/fee", ["price", "what is the price"])
    kept = result.replace("    - price\n    - what is the price\n", "")
    assert kept == MONEY
    read = yaml.safe_load(result)
    assert read["nlu"][0]["examples"].splitlines()[2:4] == ["- price", "- what is the price"]
    assert (
        yaml.safe_load(merged(MONEY, "faq/funds", ["a"]))["responses"]
        == (yaml.safe_load(MONEY)["responses"])
    )
    with pytest.raises(NoSuchTopic, match="faq/none"):
        merged(MONEY, "faq/none", ["a"])


def test_the_command_lists_exports_and_merges(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    from bot.cli import inbox as command

    monkeypatch.setenv("IEC_DATABASE_URL", f"sqlite:///{tmp_path / 'i.db'}")
    monkeypatch.setattr(command, "DATA", folder)
    monkeypatch.setattr(command, "PROJECT_ROOT", folder.parent)
    settings.cache_clear()
    try:
        engine = open_engine(settings().database_url)
        store(engine, "web-1", *riddle("the price please", "faq/fee"), *riddle("my dog"))
        gather(engine)
        inbox = TeachingInbox(engine)
        chosen = next(each for each in inbox.open_riddles() if each.guess == "faq/fee")
        inbox.decide(chosen.id, Decision.RIGHT, "eva")
        assert main(["inbox", "list"]) == 0
        assert "my dog\n1 messages wait" in capsys.readouterr().out
        assert main(["inbox", "export"]) == 0
        assert "    - the price please\n" in capsys.readouterr().out
        assert main(["inbox", "export", "--merge"]) == 0
        assert capsys.readouterr().out == "nlu/faq/money.yml: faq/fee: 1 new\n"
        assert "    - the price please\n" in (folder / "faq" / "money.yml").read_text()
        assert main(["inbox", "export", "--merge"]) == 0
        assert capsys.readouterr().out == "Nothing new.\n"
    finally:
        settings.cache_clear()
