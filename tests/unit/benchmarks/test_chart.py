"""The picture of the report."""

from __future__ import annotations

from xml.etree import ElementTree

from benchmarks.chart import bar_chart


def test_a_chart_shows_a_bar_and_its_share_for_every_series_of_every_group() -> None:
    drawn = bar_chart("A < B", ["ours", "theirs"], {"right": [0.5, 0.25], "wrong": [0.0, 1.0]})
    texts = [node.text for node in ElementTree.fromstring(drawn).iter() if node.text]
    assert "A < B" in texts
    assert [text for text in texts if text.endswith("%")] == ["50.0%", "25.0%", "0.0%", "100.0%"]
    assert {"ours", "theirs", "right", "wrong"} <= set(texts)
