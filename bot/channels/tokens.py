"""Signed conversation ids: only who was given a conversation can continue or read it."""

from __future__ import annotations

import uuid
from datetime import timedelta

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from bot.clock import Clock, system_clock

LIFETIME = timedelta(days=30)


class TokenError(ValueError):
    """The token was not made here, or was changed."""


class TokenExpired(TokenError):
    """The token was made here, too long ago."""


class Tokens:
    """Makes conversations and recognizes them again.

    The prefix keeps the conversations of one channel apart from those of all others.
    """

    def __init__(self, secret_key: str, prefix: str, clock: Clock = system_clock) -> None:
        class ClockSigner(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(clock().timestamp())

        self._prefix = prefix
        self._serializer = URLSafeTimedSerializer(
            secret_key, salt=f"{prefix} conversation", signer=ClockSigner
        )

    def new(self) -> str:
        """Return a token for a conversation that begins now."""
        token = self._serializer.dumps(f"{self._prefix}-{uuid.uuid4()}")
        return token if isinstance(token, str) else token.decode("ascii")

    def conversation_id(self, token: str) -> str:
        """Return the conversation that `token` stands for.

        Raises:
            TokenExpired: it is older than `LIFETIME`.
            TokenError: it was not made here.
        """
        try:
            return str(self._serializer.loads(token, max_age=int(LIFETIME.total_seconds())))
        except SignatureExpired as error:
            raise TokenExpired("the token has expired") from error
        except BadData as error:
            raise TokenError("the token was not made here") from error
