"""The thresholds in `config.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.nlu.zones import Thresholds

CLASSIFIER = "bot.nlu.topic_classifier.TopicClassifier"


def read_thresholds(config: Path) -> Thresholds:
    """Return the thresholds of the classifier in `config`.

    Raises:
        ValueError: the pipeline in `config` has no topic classifier.
    """
    from ruamel.yaml import YAML

    classifier = _classifier(YAML(typ="safe").load(config.read_text(encoding="utf-8")), config)
    return Thresholds(sure=classifier["sure"], between=classifier["between"])


def write_thresholds(config: Path, thresholds: Thresholds, origin: str) -> None:
    """Put `thresholds` into the classifier's place in `config`, with a comment on their `origin`.

    Everything else in the file, comments included, stays as it is.

    Raises:
        ValueError: the pipeline in `config` has no topic classifier.
    """
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    content = yaml.load(config.read_text(encoding="utf-8"))
    classifier = _classifier(content, config)
    classifier["sure"], classifier["between"] = thresholds.sure, thresholds.between
    classifier.yaml_add_eol_comment(origin, "sure")
    with config.open("w", encoding="utf-8") as stream:
        yaml.dump(content, stream)


def _classifier(content: Any, config: Path) -> Any:
    for component in content["pipeline"]:
        if component["name"] == CLASSIFIER:
            return component
    raise ValueError(f"{config.name} has no {CLASSIFIER} in its pipeline.")
