"""What visitors thought of answers: thumbs up or down, by the message that was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Column,
    DateTime,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    delete,
    insert,
    select,
)
from sqlalchemy.engine import Engine

from bot.transcripts.events_table import events_metadata

Verdict = Literal["up", "down"]

feedback = Table(
    "feedback",
    events_metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("message_id", String(255), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("given_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("conversation_id", "message_id"),
    Index("ix_feedback_verdict_given_at", "verdict", "given_at"),
)


def give_feedback(
    engine: Engine,
    conversation_id: str,
    message_id: str,
    verdict: Verdict | None,
    given_at: datetime,
) -> None:
    """Keep the visitor's latest `verdict` on the reply to the message; None takes it back.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer; nothing was changed.
    """
    this = {"conversation_id": conversation_id, "message_id": message_id}
    with engine.begin() as connection:
        connection.execute(delete(feedback).filter_by(**this))
        if verdict is not None:
            connection.execute(insert(feedback).values(verdict=verdict, given_at=given_at, **this))


def read_feedback(engine: Engine, conversation_id: str) -> Mapping[str, Verdict]:
    """Return the verdicts of a conversation by the id of the message that was answered.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    query = select(feedback).filter_by(conversation_id=conversation_id)
    with engine.begin() as connection:
        return {row.message_id: row.verdict for row in connection.execute(query)}
