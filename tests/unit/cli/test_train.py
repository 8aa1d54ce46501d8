"""`iec train`: nothing when fresh, a new model or the old one, and the reason in one line."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.cli import train
from bot.cli.errors import CommandError
from bot.cli.train import ensure_trained, read_yaml, reason_of
from bot.cli.training_state import FINGERPRINT, MODEL, is_current
from bot.model_signature import UntrustedModel, signature_of, verify
from bot.settings import read_settings

KEY = "a key of the tests"
RED, YELLOW, PLAIN = "\x1b[91m", "\x1b[93m", "\x1b[0m"

SUCCEEDS = (
    "import pathlib, sys\n"
    "print(\"INFO - Starting to train component 'bot.nlu.embedding.SentenceEmbedder'.\")\n"
    "pathlib.Path(sys.argv[1], 'iec.tar.gz').write_text('new')"
)
FAILS = f"import sys; print('{RED}InvalidDomain: no such action.{PLAIN}'); sys.exit(1)"
FORGETS_THE_MODEL = "pass"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@pytest.fixture
def project(tmp_path):
    for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        (tmp_path / name).write_text("language: en\n")
    return tmp_path


@pytest.fixture
def trained(project):
    ensure_trained(project, project / "train.log", command=python(SUCCEEDS))
    (project / MODEL).write_text("old")
    return project


def test_a_stale_model_is_trained_and_its_fingerprint_kept(project, capsys):
    assert ensure_trained(project, project / "train.log", command=python(SUCCEEDS)) is True
    assert (project / MODEL).read_text() == "new"
    assert is_current(project)
    assert "SentenceEmbedder" in capsys.readouterr().out
    assert sorted(path.name for path in (project / "models").glob("[!.]*")) == [
        FINGERPRINT.name,
        MODEL.name,
    ]


def test_a_fresh_model_is_left_alone(trained):
    assert ensure_trained(trained, trained / "train.log", command=python(FAILS)) is False
    assert (trained / MODEL).read_text() == "old"


def test_a_model_is_signed_and_one_without_a_signature_is_stale(project):
    log = project / "train.log"
    assert ensure_trained(project, log, sign_with=KEY, command=python(SUCCEEDS)) is True
    verify(project / MODEL, KEY)
    assert ensure_trained(project, log, sign_with=KEY, command=python(FAILS)) is False
    signature_of(project / MODEL).unlink()
    assert ensure_trained(project, log, sign_with=KEY, command=python(SUCCEEDS)) is True
    verify(project / MODEL, KEY)


def test_a_model_that_is_trained_unsigned_does_not_keep_the_signature_of_another(project):
    log = project / "train.log"
    ensure_trained(project, log, sign_with=KEY, command=python(SUCCEEDS))
    ensure_trained(project, log, command=python(SUCCEEDS), force=True)
    assert not signature_of(project / MODEL).exists()


def test_a_model_that_was_exchanged_is_refused_and_not_trained_over(project, monkeypatch):
    ensure_trained(project, project / "train.log", sign_with=KEY, command=python(SUCCEEDS))
    (project / MODEL).write_text("somebody's own")
    monkeypatch.setattr("bot.nlu.weights.build_weights", lambda: None)
    monkeypatch.setattr(train, "PROJECT_ROOT", project)
    current = read_settings({"IEC_DATA_DIR": str(project / "var"), "IEC_SECRET_KEY": KEY})
    with pytest.raises(UntrustedModel, match="not the one that was signed"):
        train.prepare_model(current)
    assert (project / MODEL).read_text() == "somebody's own"


def test_force_trains_a_fresh_model_too(trained):
    assert ensure_trained(trained, trained / "train.log", command=python(SUCCEEDS), force=True)
    assert (trained / MODEL).read_text() == "new"


def test_two_at_the_same_time_train_once(project):
    slow = python(SUCCEEDS + "\nimport time; time.sleep(0.5)")

    def train() -> bool:
        return ensure_trained(project, project / "train.log", command=slow)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(lambda _: train(), range(2))) == [False, True]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (FAILS, "could not be trained: InvalidDomain: no such action."),
        (FORGETS_THE_MODEL, "no model"),
    ],
)
def test_a_failed_training_leaves_the_old_model_and_says_why(trained, code, told):
    (trained / "domain.yml").write_text("intents: []\n")
    with pytest.raises(CommandError, match=told):
        ensure_trained(trained, trained / "train.log", command=python(code))
    assert (trained / MODEL).read_text() == "old"
    assert not is_current(trained)
    assert [path.name for path in (trained / "models").iterdir() if path.is_dir()] == []


def test_a_broken_file_is_named_with_its_line_before_rasa_is_started(project):
    (project / "domain.yml").write_text("intents:\n  - greet\n bad: [\n")
    with pytest.raises(CommandError, match=r"^domain\.yml, line 3: "):
        ensure_trained(project, project / "train.log", command=python(SUCCEEDS))


def test_a_missing_file_is_named(project):
    (project / "endpoints.yml").unlink()
    with pytest.raises(CommandError, match=r"^endpoints\.yml is missing\.$"):
        ensure_trained(project, project / "train.log", command=python(SUCCEEDS))


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "just words"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path, content):
    (tmp_path / "config.yml").write_text(content)
    with pytest.raises(CommandError, match=r"^config\.yml: this is not a mapping"):
        read_yaml(tmp_path / "config.yml")


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        (
            f"INFO x\n{RED}YamlSyntaxException: Failed to read 'data/a.yml'.\n  line 8{PLAIN}\n",
            "YamlSyntaxException: Failed to read 'data/a.yml'. line 8",
        ),
        (
            f"{YELLOW}/x/io.py:100: UserWarning: The intent 'a' is not used in any story or rule.\n"
            f"{PLAIN}{YELLOW}/x/io.py:100: UserWarning: The action 'b' is not listed.\n{PLAIN}"
            f"{RED}Project validation completed with errors.{PLAIN}\n",
            "The action 'b' is not listed.",
        ),
        (
            f"{YELLOW}io.py:100: UserWarning: one\n{PLAIN}"
            f"{YELLOW}io.py:100: UserWarning: two\n{PLAIN}"
            f"{RED}Project validation completed with errors.{PLAIN}\n",
            "one (and 1 more)",
        ),
        (
            "Traceback (most recent call last):\n  File x\nModuleNotFoundError: No module 'n'\n",
            "ModuleNotFoundError: No module 'n'",
        ),
        ("", "it said nothing"),
    ],
)
def test_rasas_reason_is_found_in_what_it_prints(output, reason):
    assert reason_of(output) == reason
