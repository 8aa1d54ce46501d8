"""Making a change that the rooms may refuse, and going back to the page it was asked from."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from bot.console.visit import Visit
from bot.handover import HandoverError
from bot.waiting_list import WaitingListError
from bot.waiting_list.errors import StoreError


def changed(visit: Visit, change: Callable[[], str], back_to: str) -> Response:
    """Make the change and go to `back_to`, which shows what was done, or why it was refused.

    `change` returns the sentence to show; an empty one shows nothing.

    Raises:
        StoreError: the list could not be read or written.
    """
    try:
        told = change()
    except StoreError:
        raise
    except (HandoverError, WaitingListError) as refusal:
        visit.details["result"] = "refused"
        visit.say(str(refusal), "problem")
    else:
        visit.details["result"] = "done"
        if told:
            visit.say(told)
    return visit.redirect(back_to)
