"""What every test shares: data of its own, no telemetry, and the trained model."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

os.environ.update(
    RASA_TELEMETRY_ENABLED="false",
    SQLALCHEMY_SILENCE_UBER_WARNING="1",
    TF_CPP_MIN_LOG_LEVEL="3",
    IEC_DATA_DIR=tempfile.mkdtemp(prefix="iec-tests-"),
    IEC_SECRET_KEY="the key of the tests",
)
os.environ.pop("IEC_DATABASE_URL", None)


@pytest.fixture(scope="session")
def trained_model_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model of the project as it stands, signed for the tests; trained first if it is stale."""
    from bot.cli.train import ensure_trained
    from bot.cli.training_state import MODEL
    from bot.model_signature import sign
    from bot.nlu.weights import build_weights
    from bot.settings import PROJECT_ROOT, settings

    build_weights()
    ensure_trained(PROJECT_ROOT, settings().log_dir / "train.log")
    copy = tmp_path_factory.mktemp("model") / MODEL.name
    shutil.copyfile(PROJECT_ROOT / MODEL, copy)
    sign(copy, settings().secret_key)
    return copy
