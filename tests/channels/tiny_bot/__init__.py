"""A bot as small as Rasa allows, to see the channel work with the real thing."""

from __future__ import annotations

from pathlib import Path

from rasa.model_training import train

CONFIG = """
recipe: default.v1
language: en
assistant_id: tiny
pipeline:
  - name: KeywordIntentClassifier
policies:
  - name: RulePolicy
"""

DOMAIN = """
version: "3.1"
intents: [greet, where, boom, refuse, young, forget, meddle]
slots:
  under_age: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  forget_conversation: {type: any, influence_conversation: false, mappings: [{type: custom}]}
actions:
  - action_tiny_where
  - action_tiny_boom
  - action_tiny_refuse
  - action_tiny_young
  - action_tiny_forget
  - action_tiny_meddle
responses:
  utter_greet:
    - text: "Hello.\\n\\nWhat now?"
      buttons:
        - {title: Hello again, payload: /greet}
  utter_default:
    - text: I did not understand.
"""

INTENTS = {
    "greet": ("hello", "utter_greet"),
    "where": ("where", "action_tiny_where"),
    "boom": ("boom", "action_tiny_boom"),
    "refuse": ("refuse", "action_tiny_refuse"),
    "young": ("sixteen", "action_tiny_young"),
    "forget": ("forget", "action_tiny_forget"),
    "meddle": ("meddle", "action_tiny_meddle"),
}


def train_tiny_bot(folder: Path) -> Path:
    """Train the bot in `folder` and return its model."""
    nlu = "".join(
        f"  - intent: {intent}\n    examples: |\n      - {word}\n"
        for intent, (word, _) in INTENTS.items()
    )
    rules = "".join(
        f"  - rule: {intent}\n    steps:\n      - intent: {intent}\n      - action: {action}\n"
        for intent, (_, action) in INTENTS.items()
    )
    (folder / "config.yml").write_text(CONFIG)
    (folder / "domain.yml").write_text(DOMAIN)
    (folder / "data.yml").write_text(f'version: "3.1"\nnlu:\n{nlu}rules:\n{rules}')
    result = train(
        str(folder / "domain.yml"),
        str(folder / "config.yml"),
        [str(folder / "data.yml")],
        output=str(folder),
        fixed_model_name="tiny",
    )
    assert result.model is not None
    return Path(result.model)
