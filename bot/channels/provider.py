"""Calls to a messenger's API, and what their failures mean for a reply."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Mapping
from typing import Any

import aiohttp

TIMEOUT_SECONDS = 10.0
LONGEST_ERROR = 200


class Refused(RuntimeError):
    """The provider will never take this message."""


class Unavailable(RuntimeError):
    """The provider did not take the message now; `retry_after` is the pause that it asks for."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Provider:
    """One provider's API below `base_url`; `headers` carry our credentials."""

    def __init__(self, base_url: str, headers: Mapping[str, str]) -> None:
        self._base_url = base_url.rstrip("/")
        self._headers = dict(headers)
        self._session: aiohttp.ClientSession | None = None

    async def post(
        self, path: str, content: Any = None, form: Mapping[str, str] | None = None
    ) -> Any:
        """Send `content` as JSON, or `form`; return the JSON of an answer that says yes.

        Raises:
            Unavailable: no answer in time, 401, 429 or 5xx: nothing is wrong with the message.
            Refused: any other answer.
        """
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
            self._session = aiohttp.ClientSession(headers=self._headers, timeout=timeout)
        try:
            async with self._session.post(
                self._base_url + path, json=content, data=form, allow_redirects=False
            ) as response:
                body = _json(await response.read())
                status, headers = response.status, response.headers
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise Unavailable(type(error).__name__) from None
        if 200 <= status < 300:
            return body
        if status in (401, 429) or status >= 500:
            raise Unavailable(f"HTTP {status}", _pause_asked_for(headers, body))
        raise Refused(f"HTTP {status} {_error_code(body)}".strip()[:LONGEST_ERROR])

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _pause_asked_for(headers: Mapping[str, str], body: Any) -> float | None:
    """Return the seconds of `Retry-After`; Telegram states them in the body."""
    parameters = body.get("parameters") if isinstance(body, dict) else None
    asked = headers.get("Retry-After") or (parameters or {}).get("retry_after")
    try:
        seconds = float(str(asked))
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _error_code(body: Any) -> str:
    """Return the provider's number for the error; its words may repeat an address or a text."""
    if not isinstance(body, dict):
        return ""
    error = body.get("error")
    code = error.get("code") if isinstance(error, dict) else body.get("code")
    return f"code {code}" if isinstance(code, int) else ""
