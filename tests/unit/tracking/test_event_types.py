"""Looking up the class of an event once must not change what is found."""

from __future__ import annotations

import pytest
from rasa.shared.core import events
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.utils.common import all_subclasses

from bot.tracking.event_types import remember_event_types


@pytest.fixture(autouse=True)
def remembering() -> None:
    remember_event_types()


def test_every_kind_of_event_is_found_as_rasa_finds_it() -> None:
    first: dict[str, type[Event]] = {}
    for kind in all_subclasses(Event):
        first.setdefault(kind.type_name, kind)
    assert len(first) > 15
    for _ in range(2):
        assert {name: Event.resolve_by_type(name) for name in first} == first


def test_an_unknown_kind_still_raises_and_a_default_still_counts() -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="nobody wrote"):
            Event.resolve_by_type("nobody wrote this")
    assert Event.resolve_by_type("nobody wrote this", ActionExecuted) is ActionExecuted
    assert Event.resolve_by_type("topic") is None


def test_rasa_walks_through_its_classes_once_for_each_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    walks = []

    def walk(kind: type[Event]) -> list[type[Event]]:
        walks.append(kind)
        return all_subclasses(kind)

    monkeypatch.setattr(events.rasa.shared.utils.common, "all_subclasses", walk)
    Event.resolve_by_type.cache_clear()  # type: ignore[attr-defined]
    for number in range(50):
        event = Event.from_parameters({"event": "slot", "name": "age", "value": number})
        assert event is not None
        assert event.as_dict()["value"] == number
    assert walks.count(Event) == 1


def test_remembering_twice_is_remembering_once() -> None:
    remembered = Event.resolve_by_type
    remember_event_types()
    assert Event.resolve_by_type is remembered
