"""The thresholds in `config.yml`."""

from __future__ import annotations

from pathlib import Path

from bot.nlu.zones import Thresholds

CLASSIFIER = "bot.nlu.topic_classifier.TopicClassifier"


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
    for component in content["pipeline"]:
        if component["name"] == CLASSIFIER:
            component["sure"], component["between"] = thresholds.sure, thresholds.between
            component.yaml_add_eol_comment(origin, "sure")
            break
    else:
        raise ValueError(f"{config.name} has no {CLASSIFIER} in its pipeline.")
    with config.open("w", encoding="utf-8") as stream:
        yaml.dump(content, stream)
