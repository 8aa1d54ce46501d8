"""Members of staff at their browsers, without a browser."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.console.cookies import SESSION_COOKIE
from bot.console.services import Services
from bot.console.visit import csrf_token
from bot.staff import Role

PASSWORD = "a rather long password"


class Browser:
    """One browser: it keeps cookies, follows no redirect by itself, and fills in the tokens."""

    def __init__(self, app: Starlette, address: str = "127.0.0.1") -> None:
        self.client = TestClient(
            app,
            base_url="http://127.0.0.1:8000",
            follow_redirects=False,
            client=(address, 50_000),
            raise_server_exceptions=False,
        )

    @property
    def token(self) -> str | None:
        return self.client.cookies.get(SESSION_COOKIE)

    @property
    def csrf(self) -> str:
        return csrf_token(self.token) if self.token else ""

    def get(self, path: str, **query: Any) -> Response:
        return self.client.get(path, params=query or None)

    def post(self, path: str, **fields: Any) -> Response:
        """Send a form of a page of this session."""
        return self.client.post(path, data={"csrf": self.csrf, **fields})

    def follow(self, response: Response) -> Response:
        """Open the page to which `response` sends the browser."""
        assert response.status_code == 303, response.text
        return self.get(response.headers["location"])

    def sign_in(self, name: str, password: str = PASSWORD, **fields: Any) -> Response:
        """Open the sign-in page and send its form."""
        page = self.get("/login").text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found is not None, page
        return self.client.post(
            "/login", data={"csrf": found[1], "name": name, "password": password, **fields}
        )


def words_of(response: Response) -> str:
    """Return what a person reads on a page: its text, without tags."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(text)).strip()


def employ(services: Services, name: str, role: Role) -> None:
    """Make an account that has its own password already."""
    once = services.office.accounts.add(name, role)
    services.office.accounts.change_password(name, once.password, PASSWORD)
