"""What every test shares: data of its own, no telemetry, and the trained model."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

os.environ.update(
    RASA_TELEMETRY_ENABLED="false",
    SQLALCHEMY_SILENCE_UBER_WARNING="1",
    TF_CPP_MIN_LOG_LEVEL="3",
    IEC_DATA_DIR=tempfile.mkdtemp(prefix="iec-tests-"),
)
os.environ.pop("IEC_DATABASE_URL", None)


@pytest.fixture(scope="session")
def trained_model_path() -> Path:
    """The model of the project as it stands; trained first if anything has changed."""
    from bot.cli.train import prepare_model
    from bot.cli.training_state import MODEL
    from bot.settings import PROJECT_ROOT, settings

    prepare_model(settings())
    return PROJECT_ROOT / MODEL
