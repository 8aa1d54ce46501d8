"""What other sites' pages may read, with the very headers that `rasa run` sends.

Rasa has sanic-cors answer every request; none of its leave may reach a browser.
"""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.browser.servers import Assistant, EmbeddingSite

SHARED = ["/chat/session", "/chat/messages", "/chat/history", "/widget/widget.js"]
OTHERS = ["/", "/live", "/ready", "/version", "/status", "/webhooks/rest/webhook", "/nowhere"]
METHODS = ["GET", "POST", "OPTIONS"]


def leave(assistant: Assistant, method: str, path: str, origin: str) -> dict[str, str]:
    """Return the CORS headers of an answer, whatever its status."""
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    request = Request(assistant.address + path, method=method, headers=headers)
    try:
        with urlopen(request, timeout=10) as response:
            found = response.headers
    except HTTPError as refusal:
        found = refusal.headers
    return {
        name.lower(): value
        for name, value in found.items()
        if name.lower().startswith("access-control-")
    }


@pytest.mark.parametrize("path", SHARED + OTHERS)
def test_a_page_that_is_not_on_the_list_is_given_no_leave(assistant: Assistant, path: str) -> None:
    for method in METHODS:
        for origin in ("https://evil.example", "null"):
            assert leave(assistant, method, path, origin) == {}


@pytest.mark.parametrize("path", SHARED + OTHERS)
def test_a_page_on_the_list_may_read_the_chat_without_credentials_and_nothing_else(
    assistant: Assistant, site: EmbeddingSite, path: str
) -> None:
    for method in METHODS:
        given = leave(assistant, method, path, site.origin)
        assert "access-control-allow-credentials" not in given
        expected = site.origin if path in SHARED else None
        assert given.get("access-control-allow-origin") == expected
