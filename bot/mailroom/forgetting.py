"""Deleting a conversation, wherever parts of it are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.engine import Connection, Engine

from bot.clock import Clock, system_clock
from bot.keeping import Person, keepers_in
from bot.mailroom.tables import inbox_messages

WORDS_ELSEWHERE = frozenset({"addresses", "handovers", "messages_with_staff", "riddles"})
"""The keepers of what is no event: words, and where a messenger finds the person."""


def forget_conversation(engine: Engine, conversation_id: str, clock: Clock = system_clock) -> None:
    """Delete what every room keeps of the conversation; message ids and applications stay.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer; nothing was deleted.
    """
    conversation = Person(conversations=frozenset({conversation_id}))
    with engine.begin() as connection:
        for keeper in keepers_in(connection):
            keeper.erase(connection, conversation, clock())


def forget_words(connection: Connection, conversation_id: str, now: datetime) -> None:
    """Delete what stands outside of the events: what staff saw of it, and the address."""
    conversation = Person(conversations=frozenset({conversation_id}))
    for keeper in keepers_in(connection):
        if keeper.kind in WORDS_ELSEWHERE:
            keeper.erase(connection, conversation, now)


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
