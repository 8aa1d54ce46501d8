"""Deleting a conversation, wherever parts of it are kept."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.engine import Connection, Engine

from bot.clock import Clock, system_clock
from bot.handover import forget_handovers
from bot.mailroom.tables import inbox_messages
from bot.transcripts.events_table import events
from bot.transcripts.feedback import forget_feedback
from bot.transcripts.summaries import forget_summary


def forget_conversation(engine: Engine, conversation_id: str, clock: Clock = system_clock) -> None:
    """Delete events, summary, replies and feedback of the conversation; message ids stay.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer; nothing was deleted.
    """
    with engine.begin() as connection:
        connection.execute(delete(events).where(events.c.sender_id == conversation_id))
        forget_feedback(connection, conversation_id)
        forget_summary(connection, conversation_id)
        forget_handovers(connection, conversation_id)
        forget_replies(connection, conversation_id, clock, answered_only=False)


def forget_replies(
    connection: Connection, conversation_id: str, clock: Clock, *, answered_only: bool
) -> None:
    """Remove the replies of a conversation and keep its message ids.

    With `answered_only` the reply to the message in work may still be stored; without, it will not.
    """
    forgetting = update(inbox_messages).where(inbox_messages.c.conversation_id == conversation_id)
    if answered_only:
        forgetting = forgetting.where(inbox_messages.c.answered_at.is_not(None))
    connection.execute(forgetting.values(reply=None, offered=None, answered_at=clock()))
