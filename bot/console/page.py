"""One route: what it answers to, who may ask, and what it leaves in the audit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from starlette.responses import Response

from bot.console.permissions import Permission
from bot.console.visit import Visit

Handler = Callable[[Visit], Response]
METHODS = ("GET", "POST")
NOTHING = ""
"""The page shows and changes nothing that the audit must know."""


class PageError(TypeError):
    """A route is declared in a way that cannot be served safely."""


@dataclass(frozen=True)
class Page:
    """A route of the console.

    `records` is the action that goes into the audit each time the handler has answered, with
    `visit.subject` and `visit.details`; NOTHING must be said in so many words. `menu` is the
    title under which the page stands in the navigation of those who may open it.

    Raises:
        PageError: the permission is missing, or a GET that is no page of its own, and the like.
    """

    method: str
    path: str
    handler: Handler
    permission: Permission
    records: str
    menu: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.permission, Permission):
            raise PageError(f"{self.path}: a page needs a permission")
        if not isinstance(self.records, str):
            raise PageError(f"{self.path}: say what the audit records, or NOTHING")
        if self.method not in METHODS or not self.path.startswith("/"):
            raise PageError(f"{self.method} {self.path}: not a route")

    @property
    def name(self) -> str:
        """Return the method and the path, which no two pages share."""
        return f"{self.method} {self.path}"


def check_pages(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Return `pages`.

    Raises:
        PageError: two of them answer to the same method and path.
    """
    known: dict[str, Page] = {}
    for page in pages:
        if page.name in known:
            raise PageError(f"{page.name} is declared twice")
        known[page.name] = page
    return tuple(known.values())
