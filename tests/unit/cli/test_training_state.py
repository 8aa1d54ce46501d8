"""The fingerprint: training again when, and only when, a file that shapes the model changed."""

from __future__ import annotations

import pytest

from bot.cli.training_state import FINGERPRINT, MODEL, fingerprint, is_current, remember

SHAPES_THE_MODEL = [
    "config.yml",
    "domain.yml",
    "uv.lock",
    "data/nlu/faq/fees.yml",
    "data/stories/faq_rules.yml",
    "bot/nlu/embedding.py",
    "bot/conversation/reading/ages.py",
    "bot/knowledge/country_names.py",
    "bot/knowledge/country_names.yaml",
]
LEAVES_IT_AS_IT_IS = [
    "README.md",
    "actions/faq.py",
    "bot/settings.py",
    "bot/knowledge/topics/fees.yaml",
    "bot/nlu/__pycache__/embedding.cpython-310.pyc",
    "models/iec.tar.gz",
    "tests/nlu/held_out.yml",
]


@pytest.fixture
def project(tmp_path):
    for name in [*SHAPES_THE_MODEL, *LEAVES_IT_AS_IT_IS]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    remember(tmp_path, fingerprint(tmp_path))
    return tmp_path


def test_an_untouched_project_needs_no_training(project):
    assert is_current(project)


@pytest.mark.parametrize("name", SHAPES_THE_MODEL)
def test_a_change_of_this_file_makes_the_model_stale(project, name):
    (project / name).write_text("changed")
    assert not is_current(project)


@pytest.mark.parametrize("name", SHAPES_THE_MODEL)
def test_without_this_file_the_model_is_stale(project, name):
    (project / name).unlink()
    assert not is_current(project)


@pytest.mark.parametrize("name", LEAVES_IT_AS_IT_IS)
def test_a_change_of_this_file_leaves_the_model_current(project, name):
    (project / name).write_text("changed")
    assert is_current(project)


def test_a_new_topic_makes_the_model_stale(project):
    (project / "data/nlu/faq/new.yml").write_text("")
    assert not is_current(project)


def test_a_renamed_file_makes_the_model_stale(project):
    (project / "data/nlu/faq/fees.yml").rename(project / "data/nlu/faq/costs.yml")
    assert not is_current(project)


def test_undoing_a_change_makes_the_model_current_again(project):
    (project / "config.yml").write_text("changed")
    (project / "config.yml").write_text("config.yml")
    assert is_current(project)


@pytest.mark.parametrize("name", [MODEL, FINGERPRINT])
def test_without_a_model_or_its_fingerprint_training_is_needed(project, name):
    (project / name).unlink()
    assert not is_current(project)
