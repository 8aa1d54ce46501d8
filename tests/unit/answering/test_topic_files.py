from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.topics import TopicError, topics

ENTRY = """
fees:
  title: Fees
  question: How much is it?
  season: iec
  sources: [participation_fee]
  next: [prescreen]
"""


def write(folder: Path, text: str, name: str = "money.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_an_entry_becomes_a_topic_that_knows_its_theme(tmp_path: Path) -> None:
    topic = topics(write(tmp_path, ENTRY))["fees"]
    assert (topic.name, topic.theme, topic.title) == ("fees", "money", "Fees")
    assert topic.sources == ("participation_fee",)
    assert topic.next == ("prescreen",)


@pytest.mark.parametrize("field", ["title", "question", "season", "sources", "next"])
def test_a_missing_field_is_named_with_its_file_and_topic(tmp_path: Path, field: str) -> None:
    kept = [line for line in ENTRY.splitlines() if not line.startswith(f"  {field}:")]
    with pytest.raises(TopicError, match=f"money.yaml: fees: {field}: is missing"):
        topics(write(tmp_path, "\n".join(kept)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("season: iec", "season: winter", "season: one of iec, ro, none is expected"),
        ("title: Fees", "title: Fees of all kinds and sorts", "longer than the 20 characters"),
        ("[participation_fee]", "participation_fee", "sources: a list is expected"),
        ("title: Fees", "title: 12", "title: a str is expected"),
        ("title: Fees", "title: Fees\n  colour: red", "colour: no such field"),
        ("next: [prescreen]", "next: [nowhere]", "next: no topic 'nowhere'"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_with_the_reason(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(TopicError, match=message):
        topics(write(tmp_path, ENTRY.replace(old, new)))


def test_a_topic_that_stands_in_two_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path, ENTRY)
    with pytest.raises(TopicError, match=r"prices.yaml: fees: stands already in money.yaml"):
        topics(write(tmp_path, ENTRY, "prices.yaml"))


@pytest.mark.parametrize("text", ["", "- fees", "fees: 12"])
def test_a_file_without_entries_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(TopicError, match=r"money.yaml: .*expected"):
        topics(write(tmp_path, text))
