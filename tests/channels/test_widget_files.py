"""The widget's files: small, without tricks, and every string in every language, none unused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels import landing, page
from bot.channels.landing import render_pages
from bot.channels.page import FILES
from bot.channels.wording import STRINGS
from bot.knowledge import load_knowledge

MOST_BYTES = 30 * 1024
SCRIPTS = {name: file.content.decode() for name, file in FILES.items() if name.endswith(".js")}
SOURCE = "".join(text for name, text in SCRIPTS.items() if not name.startswith("strings."))
TEMPLATE = "".join(path.read_text(encoding="utf-8") for path in landing.FOLDER.iterdir())
TEMPLATE += Path(landing.__file__).read_text(encoding="utf-8")
COMPOSED = ("outcome_", "status_", "thumb_")
"""Beginnings of keys that the widget puts together from what the server sent."""


def keys_of(table: Any, path: str = "") -> Iterator[str]:
    if isinstance(table, dict):
        for key, value in table.items():
            yield from keys_of(value, f"{path}/{key}")
    else:
        yield f"{path}[{len(table)}]" if isinstance(table, list) else path


def placeholders_of(table: Any) -> list[str]:
    if isinstance(table, dict):
        return [name for key in sorted(table) for name in placeholders_of(table[key])]
    return sorted(re.findall(r"\{\w+\}", str(table)))


def test_all_that_a_visitor_loads_is_at_most_30_kilobytes_compressed() -> None:
    sizes = {name: len(file.compressed) for name, file in FILES.items()}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


@pytest.mark.parametrize("language", set(STRINGS) - {"en"})
def test_every_language_has_every_string_with_the_same_placeholders(language: str) -> None:
    assert set(keys_of(STRINGS[language])) == set(keys_of(STRINGS["en"]))
    assert placeholders_of(STRINGS[language]) == placeholders_of(STRINGS["en"])


@pytest.mark.parametrize("key", STRINGS["en"]["widget"])
def test_the_widget_uses_every_string_of_its_table(key: str) -> None:
    is_used = re.search(rf"words\.{key}\b|\"{key}\"", SOURCE)
    assert is_used or key.startswith(COMPOSED)


@pytest.mark.parametrize("key", STRINGS["en"]["page"])
def test_the_page_uses_every_string_of_its_table(key: str) -> None:
    assert re.search(rf"words\.{key}\b|['\"]{key}['\"]", TEMPLATE)


def test_the_widget_says_nothing_that_is_not_in_its_table() -> None:
    named = set(re.findall(r"\bwords\.(\w+)", SOURCE)) - {"startsWith"}
    assert named <= set(STRINGS["en"]["widget"])


def test_the_chooser_of_languages_offers_the_languages_that_have_a_table() -> None:
    offered = dict(re.findall(r"\b([a-z]{2}): \"(\w+)\"", SCRIPTS["language.js"]))
    assert offered == {code: table["name"] for code, table in STRINGS.items()}


@pytest.mark.parametrize(
    "trick", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", '"style"']
)
def test_text_is_built_from_nodes_and_looks_come_from_sheets(trick: str) -> None:
    assert trick not in SOURCE


def test_every_module_is_served_and_none_is_left_over() -> None:
    imported = {"widget.js", "page.js"} | set(re.findall(r'from "\./([\w.]+)"', SOURCE))
    assert imported | {f"strings.{language}.js" for language in STRINGS} == set(SCRIPTS)
    assert "import(`./strings.${language}.js`)" in SOURCE


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_module_has_one_concept(name: str) -> None:
    assert len(SCRIPTS[name].splitlines()) <= 300
    assert SCRIPTS[name].startswith(("//", "export default {"))


def test_nothing_but_the_listed_kinds_of_files_is_served() -> None:
    assert {path.suffix for path in page.FOLDER.iterdir()} <= set(page.CONTENT_TYPES)


@pytest.mark.parametrize("language", STRINGS)
def test_the_page_shows_the_figures_of_the_active_seasons_escaped(language: str) -> None:
    pages = render_pages(load_knowledge("2024", "2023"), '"><script>@example.org')
    text = pages[language].content.decode()
    fee = {"en": "CAD 357", "fr": "357 $ CA"}[language]
    opened = {"en": "29 November 2022", "fr": "29 novembre 2022"}[language]
    assert fee in text
    assert opened in text
    assert '"><script>' not in text


def test_the_page_says_so_when_a_season_has_not_published_a_figure() -> None:
    text = render_pages(load_knowledge("2024", "2024"), "team@example.org")["en"].content.decode()
    assert "not published yet" in text
