"""The waiting list in an SQL database, one transaction at a time, on SQLite or PostgreSQL.

A writer locks the rows of its pools first (`pools.lock`). PostgreSQL does it by SELECT ... FOR
UPDATE; on SQLite BEGIN IMMEDIATE has already made the writers queue up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.encryption import EncryptionError
from bot.waiting_list.entry_store import EntryStore
from bot.waiting_list.errors import StoreError
from bot.waiting_list.history import History
from bot.waiting_list.outbox import Outbox
from bot.waiting_list.pool_store import PoolStore
from bot.waiting_list.tables import DoneRow

__all__ = ["Engine", "SqlStore", "Transaction"]


class SqlStore:
    """Opens transactions on one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Yield a transaction that is kept if the block ends well, and undone otherwise.

        Raises:
            StoreError: the database failed. The original error is not passed on, because it
                quotes what people typed.
        """
        try:
            with Session(self._engine, future=True) as session, session.begin():
                yield Transaction(session)
        except SQLAlchemyError as error:
            cause = type(getattr(error, "orig", None) or error).__name__
            raise StoreError(f"The waiting list's database failed ({cause}).") from None
        except EncryptionError as error:
            raise StoreError(str(error)) from None


class Transaction:
    """All that is read and written between begin and commit."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.pools = PoolStore(session)
        self.entries = EntryStore(session)
        self.history = History(session)
        self.outbox = Outbox(session)

    @contextmanager
    def undone_on_error(self) -> Iterator[None]:
        """Undo what the block wrote if it raises, and leave the rest of the transaction intact."""
        with self._session.begin_nested():
            yield

    def result_of(self, scope: str, key: str | None) -> Any:
        """Return what was remembered for this key in this scope; None if nothing was."""
        if key is None:
            return None
        row = self._session.get(DoneRow, (scope, _hash(key)))
        return row.result if row else None

    def remember(self, scope: str, key: str | None, result: Any, now: datetime) -> None:
        """Keep a result that holds nothing personal, to be found again by its key."""
        if key is not None:
            self._session.add(DoneRow(scope=scope, key_hash=_hash(key), result=result, done_at=now))
            self._session.flush()


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
