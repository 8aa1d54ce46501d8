"""What our trainable graph components share: they learn once, store it, and read it again."""

# ruff: noqa: ARG003  -- Rasa calls with arguments that we do not need.
from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any, ClassVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import RasaException
from typing_extensions import Self

from bot.nlu import code_fingerprint


class NotReadable(RasaException):
    """What a component has learnt cannot be read; Rasa prints the message as one line."""


class LearningComponent(GraphComponent):
    """A graph component that learns from the examples; `learnt` is None until it has."""

    learns: ClassVar[str]
    """What it learns, for the message when that is not readable."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        learnt: Any = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._learnt = learnt

    @classmethod
    @abstractmethod
    def read(cls, folder: Path) -> Any:
        """Return what `write` wrote. Raises OSError, ValueError, TypeError, KeyError if damaged."""

    @abstractmethod
    def write(self, folder: Path) -> None:
        """Write what was learnt into `folder`."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Return what else, beside this class, a cached training depends on."""
        return code_fingerprint()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Return a component that has learnt nothing yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """Return the component with what it has stored.

        Raises:
            NotReadable: a file is missing or damaged.
        """
        try:
            with model_storage.read_from(resource) as folder:
                learnt = cls.read(folder)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise NotReadable(f"{cls.learns} is not readable ({error}): train again.") from error
        return cls(config, model_storage, resource, learnt)

    def _keep(self, learnt: Any) -> Resource:
        """Remember what was `learnt`, and store it."""
        self._learnt = learnt
        with self._model_storage.write_to(self._resource) as folder:
            self.write(folder)
        return self._resource
