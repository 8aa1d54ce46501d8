"""One request of one member of staff: what a handler is given, and how it answers."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.console.forms import Form
from bot.console.permissions import Permission
from bot.console.rendering import Templates
from bot.console.services import Services
from bot.staff import Role, Session

ANONYMOUS = "anonymous"


class NotFound(LookupError):
    """There is no such page or thing."""


@dataclass
class Visit:
    """What a handler reads, and in `subject`, `details` and `who` what the audit gets to know."""

    request: Request
    services: Services
    templates: Templates
    form: Form
    query: Form
    session: Session | None
    menu: tuple[tuple[str, str], ...] = ()
    who: str = ANONYMOUS
    subject: str = "-"
    details: dict[str, Any] = field(default_factory=dict)
    notices: list[tuple[str, str]] = field(default_factory=list)

    @property
    def role(self) -> Role | None:
        """The role of who is signed in; None if nobody is."""
        return self.session.account.role if self.session else None

    @property
    def by(self) -> str:
        """The account that acts, as the history keeps it."""
        assert self.session is not None
        return self.session.account.name

    @property
    def address(self) -> str:
        """Where the request came from: what the outermost proxy of ours saw, or the connection."""
        client = self.request.client.host if self.request.client else ""
        proxies = self.services.settings.proxies
        passed_on = self.request.headers.get("x-forwarded-for", "").split(",")
        return passed_on[-proxies].strip() if 0 < proxies <= len(passed_on) else client

    @property
    def csrf(self) -> str:
        """What every form of this session must send back."""
        return csrf_token(self.session.token) if self.session else ""

    def may(self, permission: str) -> bool:
        """Return whether the visitor has the permission of this name, to show or hide a button."""
        return Permission[permission].allows(self.role)

    def param(self, name: str) -> str:
        """Return a part of the path, such as the reference in `/leads/{reference}`."""
        return str(self.request.path_params[name])

    def say(self, text: str, kind: str = "done") -> None:
        """Show a sentence on this page, or on the next one if this answer is a redirect.

        `kind` is "done", "note" or "problem".
        """
        self.notices.append((kind, text))

    def render(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return the page that `template` makes of `values`."""
        if self.session is not None:
            left = self.services.office.sessions.take_notices(self.session.token)
            self.notices = left + self.notices
        text = self.templates.render(template, visit=self, notices=self.notices, **values)
        self.notices = []
        return HTMLResponse(text, status_code=status)

    def redirect(self, path: str) -> Response:
        """Send the browser to `path`; what was said is shown there."""
        if self.session is not None:
            for kind, text in self.notices:
                self.services.office.sessions.leave_notice(self.session.token, kind, text)
        return RedirectResponse(quote(path, safe="/?=&%#:;+,@-._~"), status_code=303)

    def new_key(self) -> str:
        """Return a key that makes a form's change happen once, however often it is sent."""
        return secrets.token_urlsafe(12)


def csrf_token(secret: str) -> str:
    """Return the token that belongs to a session, which only pages of that session hold."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()
