"""Finds the class of a stored event without walking through all of Rasa's classes each time."""

from __future__ import annotations

from functools import lru_cache

from rasa.shared.core.events import Event


def remember_event_types() -> None:
    """Have Rasa look up the class of each kind of event once.

    Rasa lists all subclasses anew for every single event that it reads back or that an action
    returns, and offers no setting for it. Kinds of events do not change while it runs; a kind that
    is unknown raises as before and is looked for again.
    """
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(  # type: ignore[method-assign]
            lru_cache(maxsize=128)(Event.resolve_by_type)
        )
