"""Graph component: hands Rasa, as entities, what a message states about its speaker.

The forms read the text with the same functions (`bot.conversation.reading`), so both agree.
"""

# ruff: noqa: ARG003  -- Rasa calls with arguments that we do not need.
from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.clock import Clock, system_clock
from bot.conversation.reading import find_facts


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ApplicantFacts(GraphComponent, EntityExtractorMixin):
    """Reads applicant facts; one entity a fact, named like the form's slot."""

    def __init__(self, clock: Clock = system_clock) -> None:
        self._clock = clock

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ApplicantFacts:
        """Return a reader on the real clock."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the facts of each message that has a text to its entities."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                found = self.add_extractor_name(self._entities(text))
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _entities(self, text: str) -> list[dict[str, Any]]:
        today = self._clock().date()
        return [
            {
                ENTITY_ATTRIBUTE_TYPE: fact.field,
                ENTITY_ATTRIBUTE_START: fact.start,
                ENTITY_ATTRIBUTE_END: fact.end,
                ENTITY_ATTRIBUTE_VALUE: fact.value,
            }
            for fact in find_facts(text, today)
        ]
