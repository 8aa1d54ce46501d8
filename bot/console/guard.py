"""What happens to every request before and after its handler: nothing gets past this function.

Who is it, may they, is the form from one of our own pages; then the handler; then the audit. What
is not in the audit is not shown: when the line cannot be written, neither is the answer.
"""

from __future__ import annotations

import hmac
import logging
import traceback
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.console.cookies import SESSION_COOKIE
from bot.console.forms import Form, FormRefused, FormTooLarge, parse_form, read_form
from bot.console.page import NOTHING, Page
from bot.console.permissions import Permission
from bot.console.rendering import Templates
from bot.console.services import Services
from bot.console.visit import NotFound, Visit
from bot.waiting_list.errors import EntryNotFound, PoolNotFound, StoreError

log = logging.getLogger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]
STALE = "This form is from an earlier session, so nothing was changed. Please send it again."
UNAVAILABLE = "The database does not answer at the moment. Nothing was changed; try again soon."


class Guard:
    """Stands before all pages."""

    def __init__(self, services: Services, templates: Templates, pages: tuple[Page, ...]) -> None:
        self._services = services
        self._templates = templates
        self._pages = pages

    def endpoint(self, page: Page) -> Endpoint:
        """Return what the web server calls for `page`."""

        async def answer(request: Request) -> Response:
            try:
                form = await read_form(request) if page.method == "POST" else Form({})
                query = parse_form(request.url.query)
            except FormRefused as refusal:
                visit = self._visit(request, Form({}), Form({}))
                status = 413 if isinstance(refusal, FormTooLarge) else 400
                return self._error(visit, status, str(refusal))
            return await run_in_threadpool(self._answer, page, self._visit(request, form, query))

        return answer

    async def not_found(self, request: Request, _error: Exception) -> Response:
        """Answer an address that no page has."""
        visit = self._visit(request, Form({}), Form({}))
        return await run_in_threadpool(self._error, visit, 404, "There is no such page.")

    async def not_allowed(self, request: Request, _error: Exception) -> Response:
        """Answer a method that the page at this address does not take."""
        visit = self._visit(request, Form({}), Form({}))
        return await run_in_threadpool(self._error, visit, 405, "This address is used otherwise.")

    def _visit(self, request: Request, form: Form, query: Form) -> Visit:
        return Visit(request, self._services, self._templates, form, query, session=None)

    def _answer(self, page: Page, visit: Visit) -> Response:
        try:
            self._recognize(visit)
            refusal = self._refusal(page, visit)
            if refusal is not None:
                return refusal
            response = page.handler(visit)
            if page.records != NOTHING:
                self._services.audit.record(visit.who, page.records, visit.subject, visit.details)
            return response
        except (NotFound, EntryNotFound, PoolNotFound) as error:
            return self._error(visit, 404, str(error) or "There is no such page.")
        except FormRefused as error:
            return self._error(visit, 400, str(error))
        except (StoreError, SQLAlchemyError) as error:
            log.error("%s: the database failed (%s)", page.name, type(error).__name__)
            return self._error(visit, 503, UNAVAILABLE)
        except Exception as error:
            # The message of an unforeseen error may quote what somebody typed; the place may not.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s failed with %s\n%s", page.name, type(error).__name__, where)
            return self._error(visit, 500, "Something went wrong on our side.")

    def _recognize(self, visit: Visit) -> None:
        token = visit.request.cookies.get(SESSION_COOKIE)
        visit.session = self._services.office.sessions.find(token) if token else None
        if visit.session is None:
            return
        visit.who = visit.session.account.name
        if not visit.session.account.must_change:
            visit.menu = tuple(
                (page.path, page.menu)
                for page in self._pages
                if page.menu and page.permission.allows(visit.role)
            )

    def _refusal(self, page: Page, visit: Visit) -> Response | None:
        """Return the answer to somebody who may not go on to the handler."""
        if page.permission is Permission.PUBLIC:
            return None
        if visit.session is None:
            url = visit.request.url
            here = f"{url.path}?{url.query}" if url.query else url.path
            return visit.redirect(
                "/login" if page.method == "POST" else f"/login?next={quote(here)}"
            )
        if not page.permission.allows(visit.role):
            return self._error(
                visit,
                403,
                f"The role {visit.session.account.role.value} is not allowed to do this.",
            )
        if page.method == "POST" and not hmac.compare_digest(
            visit.form["csrf"].encode(), visit.csrf.encode()
        ):
            return self._error(visit, 403, STALE)
        if visit.session.account.must_change and page.permission is not Permission.ACCOUNT:
            return visit.redirect("/password")
        return None

    def _error(self, visit: Visit, status: int, message: str) -> Response:
        page = self._templates.render(
            "error.html", visit=visit, status=status, message=message, notices=[]
        )
        return Response(page, status_code=status, media_type="text/html")
