"""The application that a web server runs."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from bot.console.guard import Guard
from bot.console.headers import SecureHeaders
from bot.console.page import Page, check_pages
from bot.console.rendering import Templates
from bot.console.routes import PAGES
from bot.console.services import Services


def create_app(services: Services, pages: Iterable[Page] = PAGES) -> Starlette:
    """Return the console over these services.

    Raises:
        PageError: two pages share an address.
    """
    checked = check_pages(pages)
    titles = {name: program.title for name, program in services.knowledge.programs.items()}
    guard = Guard(services, Templates(titles), checked)
    routes = [
        Route(page.path, guard.endpoint(page), methods=[page.method], name=page.name)
        for page in checked
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(SecureHeaders)],
        exception_handlers={404: guard.not_found, 405: guard.not_allowed},
    )
